-- Whether the program is at a job, or the command line.
-- They are the only tasks that may look into cases, and each case access is recorded like any other.
create or replace function unwatched.is_job() returns boolean language sql stable parallel safe
as $$ select coalesce(unwatched.task_now() like 'job-%', false) $$;

revoke execute on function unwatched.is_job() from public;
grant execute on function unwatched.is_job() to unwatched_program;
