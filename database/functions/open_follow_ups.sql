-- Who did not come and has not been followed up, of cases in sight.
create or replace function unwatched.open_follow_ups()
returns table (appointment_id uuid, case_id uuid, reference text, client_name text, sealed bytea)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select u.appointment_id, u.case_id, f.reference, f.client_name, u.sealed
  from follow_up u join case_file f on f.clinic_id = u.clinic_id and f.case_id = u.case_id
  where u.clinic_id = clinic_now() and client_case_now() is null and u.is_open
    and u.case_id in (select cases_in_sight('appointment', 'read'))
$$;

revoke execute on function unwatched.open_follow_ups() from public;
grant execute on function unwatched.open_follow_ups() to unwatched_program;
