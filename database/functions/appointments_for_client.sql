-- What a client's own appointments are told from, for the client; the program tells them when the next one is, and no more.
create or replace function unwatched.appointments_for_client()
returns table (appointment_id uuid, sealed bytea, zone text)
language plpgsql stable rows 10 security definer set search_path = unwatched, pg_temp as $$
begin
  -- Not in plain SQL: it is asked at every look at the client's first page, and took twice as long without a plan that is kept.
  return query
    select a.appointment_id, a.sealed, f.zone
    from appointment a join case_file f on f.clinic_id = a.clinic_id and f.case_id = a.case_id
    where a.clinic_id = clinic_now() and a.case_id = client_case_now()
      and a.case_id in (select opened_cases('appointment', 'read'));
end $$;

revoke execute on function unwatched.appointments_for_client() from public;
grant execute on function unwatched.appointments_for_client() to unwatched_program;
