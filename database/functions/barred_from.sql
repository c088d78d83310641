-- The cases from which the person acting is barred by name, now: all at once, for functions that list.
create or replace function unwatched.barred_from() returns uuid[]
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select coalesce(array_agg(b.case_id), '{}') from bar b
  where b.clinic_id = clinic_now() and b.person_id = person_now() and b.lifted_at is null
$$;

revoke execute on function unwatched.barred_from() from public;
