-- The agency of the person acting, while they are at work; null for everybody else.
-- In plpgsql, so that a session plans it once; see role_now.
create or replace function unwatched.agency_now() returns uuid
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
begin
  return (select agency_id from person where clinic_id = clinic_now() and person_id = person_now() and state = 'active');
end $$;

revoke execute on function unwatched.agency_now() from public;
grant execute on function unwatched.agency_now() to unwatched_program;
