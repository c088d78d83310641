-- The cases whose appointments this transaction has opened, for staff.
-- The client covers this part too, and still reads none of these rows: what they see is appointments_for_client() alone.
create or replace function unwatched.opened_for_appointments(mode text) returns setof uuid language sql stable
as $$ select c from unwatched.opened_cases('appointment', mode) c where unwatched.client_case_now() is null $$;

revoke execute on function unwatched.opened_for_appointments(text) from public;
grant execute on function unwatched.opened_for_appointments(text) to unwatched_program;
