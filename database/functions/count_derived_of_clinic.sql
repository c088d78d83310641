-- No job sees the records of all cases; how many they are, one may know that has not counted yet. The sealed content is
-- somewhat longer than its text.
create or replace function unwatched.count_derived_of_clinic() returns table (records bigint, bytes bigint)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select count(*), coalesce(sum(octet_length(r.sealed)), 0)::bigint from unwatched.record r
  where r.clinic_id = unwatched.clinic_now() and unwatched.is_job()
$$;

revoke execute on function unwatched.count_derived_of_clinic() from public;
grant execute on function unwatched.count_derived_of_clinic() to unwatched_program;
