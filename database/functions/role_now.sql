-- The role of the person acting, while they are at work; null for everybody else.
-- The functions that the policies ask are asked for every statement. In plpgsql a session plans each of them once; as
-- SQL they were planned again every time, which was most of the work of a page.
create or replace function unwatched.role_now() returns text
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
begin
  return (select role from person where clinic_id = clinic_now() and person_id = person_now() and state = 'active');
end $$;

revoke execute on function unwatched.role_now() from public;
grant execute on function unwatched.role_now() to unwatched_program;
