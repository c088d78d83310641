-- Whether a person is invited, active or suspended, for anybody who asks.
create or replace function unwatched.state_of(the_person uuid) returns text
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select state from person where clinic_id = clinic_now() and person_id = the_person
$$;

revoke execute on function unwatched.state_of(uuid) from public;
grant execute on function unwatched.state_of(uuid) to unwatched_program;
