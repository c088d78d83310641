-- Whether a link for this person was used up in this very transaction, as an enrolment does.
create or replace function unwatched.link_was_used_now(the_person uuid) returns boolean
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select exists (select 1 from invitation i where i.clinic_id = clinic_now() and i.person_id = the_person
                 and i.purpose = 'enrol' and i.used_at = time_now() and i.xmin = pg_current_xact_id()::xid)
$$;

revoke execute on function unwatched.link_was_used_now(uuid) from public;
grant execute on function unwatched.link_was_used_now(uuid) to unwatched_program;
