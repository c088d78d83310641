-- Whether what takes two people has to wait for the person acting. See is_fresh.
create or replace function unwatched.is_fresh_now() returns boolean
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select coalesce(is_fresh(person_now()), false)
$$;

revoke execute on function unwatched.is_fresh_now() from public;
grant execute on function unwatched.is_fresh_now() to unwatched_program;
