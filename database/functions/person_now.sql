-- The member of staff who acts in this transaction; null for everybody else.
create or replace function unwatched.person_now() returns uuid language sql stable parallel safe
as $$ select nullif(current_setting('unwatched.person', true), '')::uuid $$;

revoke execute on function unwatched.person_now() from public;
grant execute on function unwatched.person_now() to unwatched_program;
