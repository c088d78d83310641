-- Of these appointments those of cases in sight, with enough to find them. Looking inside needs open_case.
create or replace function unwatched.diary_lines(cases uuid[], appointments uuid[])
returns table (appointment_id uuid, case_id uuid, reference text, client_name text, sealed bytea)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select a.appointment_id, a.case_id, f.reference, f.client_name, a.sealed
  from unnest(cases, appointments) as asked (case_id, appointment_id)
  join appointment a on a.clinic_id = clinic_now() and a.case_id = asked.case_id and a.appointment_id = asked.appointment_id
  join case_file f on f.clinic_id = a.clinic_id and f.case_id = a.case_id
  where client_case_now() is null and a.case_id in (select cases_in_sight('appointment', 'read'))
$$;

revoke execute on function unwatched.diary_lines(uuid[], uuid[]) from public;
grant execute on function unwatched.diary_lines(uuid[], uuid[]) to unwatched_program;
