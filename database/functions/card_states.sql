-- How the cards of a case stand, for anyone who opened its safety plan: an action made of a card follows it there, also for
-- people the map is not for.
create or replace function unwatched.card_states(the_case uuid) returns table (card_id uuid, state text)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select each.key::uuid, each.value
  from (select l.cards from lock_out l
        where l.clinic_id = clinic_now() and l.case_id = the_case
          and the_case in (select opened_cases('plan', 'read'))
        order by l.revision desc limit 1) newest, jsonb_each_text(newest.cards) as each
$$;

revoke execute on function unwatched.card_states(uuid) from public;
grant execute on function unwatched.card_states(uuid) to unwatched_program;
