-- Whether the client of this case may be signed in: while the case is open.
create or replace function unwatched.portal_is_open(the_case uuid) returns boolean
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select exists (select 1 from case_file f where f.clinic_id = clinic_now() and task_now() = 'sign-in'
                 and f.case_id = the_case and f.state = 'open')
$$;

revoke execute on function unwatched.portal_is_open(uuid) from public;
grant execute on function unwatched.portal_is_open(uuid) to unwatched_program;
