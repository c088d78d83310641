-- Whether a use stands open in a case whose contact this transaction has opened.
create or replace function unwatched.second_phrase_is_open(the_case uuid) returns boolean
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select client_case_now() is null and the_case in (select opened_cases('contact', 'read'))
    and exists (select 1 from phrase_use u where u.clinic_id = clinic_now() and u.case_id = the_case
                and u.kind = 'duress' and u.seen_at is null)
$$;

revoke execute on function unwatched.second_phrase_is_open(uuid) from public;
grant execute on function unwatched.second_phrase_is_open(uuid) to unwatched_program;
