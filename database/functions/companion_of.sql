-- The companion file of a case whose trail, or whose contact, this transaction opened.
-- Staff who may see who looked at a case see what was done in the visits of its second phrase as well, and with it who
-- looked into them; a client sees the acts of what they are let in to, and no others.
create or replace function unwatched.companion_of(the_case uuid) returns uuid
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select c.companion_id from companion c
  where c.clinic_id = clinic_now() and c.case_id = the_case and client_case_now() is null
    and (the_case in (select opened_cases('trail', 'read')) or the_case in (select opened_cases('contact', 'write')))
$$;

revoke execute on function unwatched.companion_of(uuid) from public;
grant execute on function unwatched.companion_of(uuid) to unwatched_program;
