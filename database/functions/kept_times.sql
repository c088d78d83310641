-- Which appointments lie between two quarters, of one person or of everybody: sealed, so that without the clinic's key
-- it says no more than taken_quarters does. Whose they are in sight of, diary_lines says.
create or replace function unwatched.kept_times(first_quarter integer, last_quarter integer, the_person uuid)
returns table (seat_of uuid, quarter integer, sealed bytea)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select s.seat_of, s.quarter, s.sealed from appointment_seat s
  where s.clinic_id = clinic_now() and books_appointments() and client_case_now() is null and s.sealed is not null
    and s.quarter between first_quarter and last_quarter and (the_person is null or s.seat_of = the_person)
$$;

revoke execute on function unwatched.kept_times(integer, integer, uuid) from public;
grant execute on function unwatched.kept_times(integer, integer, uuid) to unwatched_program;
