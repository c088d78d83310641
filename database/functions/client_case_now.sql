-- The case whose client is acting, signed in with their case phrase; null for everybody else.
-- The program sets it from their session, as it sets a person's.
create or replace function unwatched.client_case_now() returns uuid language sql stable parallel safe
as $$ select case when unwatched.task_now() = 'client' then nullif(current_setting('unwatched.client_case', true), '')::uuid end $$;

revoke execute on function unwatched.client_case_now() from public;
grant execute on function unwatched.client_case_now() to unwatched_program;
