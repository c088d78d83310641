-- How many coming appointments somebody sits in: a number, for anyone who is about to suspend them.
create or replace function unwatched.coming_appointments_of(the_person uuid) returns integer
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select case when role_now() = 'administrator' then (
    select count(*)::int from appointment_seat s
    where s.clinic_id = clinic_now() and s.seat_of = the_person and s.sealed is not null
      and s.quarter::bigint * 900 > extract(epoch from time_now())) end
$$;

revoke execute on function unwatched.coming_appointments_of(uuid) from public;
grant execute on function unwatched.coming_appointments_of(uuid) to unwatched_program;
