-- The work that the program does on its own account: a job, the sign-in, the public form, the first set-up; null for people.
create or replace function unwatched.task_now() returns text language sql stable parallel safe
as $$ select nullif(current_setting('unwatched.task', true), '') $$;

revoke execute on function unwatched.task_now() from public;
grant execute on function unwatched.task_now() to unwatched_program;
