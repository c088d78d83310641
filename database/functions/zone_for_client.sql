-- The clock a client reads their own times by.
create or replace function unwatched.zone_for_client() returns text
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select f.zone from case_file f where f.clinic_id = clinic_now() and f.case_id = (select case_behind(client_case_now()))
$$;

revoke execute on function unwatched.zone_for_client() from public;
grant execute on function unwatched.zone_for_client() to unwatched_program;
