-- Of these appointments those of cases in sight, with enough to find them. Looking inside needs open_case. Each case is asked
-- for by itself, and no other of the agency is gone through.
create or replace function unwatched.diary_lines(cases uuid[], appointments uuid[])
returns table (appointment_id uuid, case_id uuid, reference text, client_name text, sealed bytea)
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
declare
  clinic constant uuid := clinic_now();
  agency constant uuid := agency_now();
  instant constant timestamptz := time_now();
  barred constant uuid[] := barred_from();
begin
  if person_now() is null or not coalesce(role_covers(role_now(), 'appointment', 'read'), false) then return; end if;
  return query
    select k.appointment_id, k.case_id, f.reference, f.client_name, k.sealed
    from unnest(cases, appointments) as asked (case_id, appointment_id)
    join agency_case a on a.clinic_id = clinic and a.agency_id = agency and a.case_id = asked.case_id
    join appointment k
      on k.clinic_id = clinic and k.case_id = asked.case_id and k.appointment_id = asked.appointment_id
    join case_file f on f.clinic_id = clinic and f.case_id = k.case_id
    where lets_in(a.parts, a.in_force_from, a.in_force_until, 'appointment', instant) and a.case_id <> all (barred);
end $$;

revoke execute on function unwatched.diary_lines(uuid[], uuid[]) from public;
grant execute on function unwatched.diary_lines(uuid[], uuid[]) to unwatched_program;
