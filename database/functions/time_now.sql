-- The program's clock, so that a rule and a policy judge by the same instant.
create or replace function unwatched.time_now() returns timestamptz language sql stable parallel safe
as $$ select coalesce(nullif(current_setting('unwatched.now', true), '')::timestamptz, statement_timestamp()) $$;

revoke execute on function unwatched.time_now() from public;
grant execute on function unwatched.time_now() to unwatched_program;
