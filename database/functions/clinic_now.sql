-- The clinic that acts in this transaction.
-- Every transaction of the program names its actor in three settings; with none set, every table reads as empty.
create or replace function unwatched.clinic_now() returns uuid language sql stable parallel safe
as $$ select nullif(current_setting('unwatched.clinic', true), '')::uuid $$;

revoke execute on function unwatched.clinic_now() from public;
grant execute on function unwatched.clinic_now() to unwatched_program;
