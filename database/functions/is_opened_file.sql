-- Whether a referral has become a case.
create or replace function unwatched.is_opened_file(the_case uuid) returns boolean
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select exists (select 1 from case_file where clinic_id = clinic_now() and case_id = the_case)
$$;

revoke execute on function unwatched.is_opened_file(uuid) from public;
grant execute on function unwatched.is_opened_file(uuid) to unwatched_program;
