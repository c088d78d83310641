-- The role of a person, for anybody who asks; null of nobody we know.
create or replace function unwatched.role_of(the_person uuid) returns text
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select role from person where clinic_id = clinic_now() and person_id = the_person
$$;

revoke execute on function unwatched.role_of(uuid) from public;
grant execute on function unwatched.role_of(uuid) to unwatched_program;
