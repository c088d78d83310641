-- Whom these forms suspect, sealed, of those that a coordinator sees in triage and nobody has opened: to find out which of
-- them are about the reader.
create or replace function unwatched.suspects_of_unopened(cases uuid[]) returns table (case_id uuid, suspect_name text)
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
declare
  barred constant uuid[] := barred_from();
begin
  if coalesce(role_now(), '') <> 'coordinator' then return; end if;
  return query
    select r.case_id, r.suspect_name from referral r
    where r.clinic_id = clinic_now() and r.case_id = any (cases) and r.state in ('waiting', 'triaged') and not r.is_matched
      and r.case_id <> all (barred);
end $$;

revoke execute on function unwatched.suspects_of_unopened(uuid[]) from public;
grant execute on function unwatched.suspects_of_unopened(uuid[]) to unwatched_program;
