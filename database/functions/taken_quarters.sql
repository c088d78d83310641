-- Which quarters somebody keeps, for whatever case: free or not free, never for whom.
create or replace function unwatched.taken_quarters(seats uuid[], first_quarter integer, last_quarter integer)
returns table (seat_of uuid, quarter integer)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select s.seat_of, s.quarter from appointment_seat s
  where s.clinic_id = clinic_now() and books_appointments() and s.seat_of = any (seats)
    and s.quarter between first_quarter and last_quarter
$$;

revoke execute on function unwatched.taken_quarters(uuid[], integer, integer) from public;
grant execute on function unwatched.taken_quarters(uuid[], integer, integer) to unwatched_program;
