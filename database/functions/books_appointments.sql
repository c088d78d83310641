-- Whether the person acting is in a role that books appointments.
create or replace function unwatched.books_appointments() returns boolean language sql stable
as $$ select coalesce(unwatched.role_covers(unwatched.role_now(), 'appointment', 'write'), false) $$;

revoke execute on function unwatched.books_appointments() from public;
grant execute on function unwatched.books_appointments() to unwatched_program;
