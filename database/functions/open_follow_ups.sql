-- A page of who did not come and has not been followed up, of cases in sight, the longest wait first: an appointment's number
-- rises with the day on which it was made. Those of `first_cases` come before. See caseload and open_tasks, which list in
-- the same manner.
create or replace function unwatched.open_follow_ups(
  first_cases uuid[], after_appointment uuid, skipped integer, at_most integer)
returns table (place integer, counted integer, appointment_id uuid, case_id uuid, reference text, client_name text,
               sealed bytea)
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
declare
  clinic constant uuid := clinic_now();
  agency constant uuid := agency_now();
  instant constant timestamptz := time_now();
  barred constant uuid[] := barred_from();
  listed uuid[];
begin
  if person_now() is null or not coalesce(role_covers(role_now(), 'appointment', 'read'), false) then return; end if;
  if after_appointment is null then
    listed := array(
      select u.appointment_id from follow_up u join agency_case a
        on a.clinic_id = u.clinic_id and a.agency_id = agency and a.case_id = u.case_id
      where u.clinic_id = clinic and u.case_id = any (first_cases) and u.is_open
        and lets_in(a.parts, a.in_force_from, a.in_force_until, 'appointment', instant) and a.case_id <> all (barred)
      order by u.appointment_id limit 1001);
  end if;
  listed := listed || array(
    select u.appointment_id from follow_up u join agency_case a
      on a.clinic_id = u.clinic_id and a.agency_id = agency and a.case_id = u.case_id
    where u.clinic_id = clinic and u.is_open
      and u.appointment_id > coalesce(after_appointment, '00000000-0000-0000-0000-000000000000')
      and lets_in(a.parts, a.in_force_from, a.in_force_until, 'appointment', instant)
      and a.case_id <> all (barred) and a.case_id <> all (first_cases)
    order by u.appointment_id limit 1001);
  return query
    select p.place, least(cardinality(listed), 1001), u.appointment_id, u.case_id, f.reference, f.client_name, u.sealed
    from page_of(listed, skipped, at_most) p
    join follow_up u on u.clinic_id = clinic and u.is_open and u.appointment_id = p.id
    join case_file f on f.clinic_id = clinic and f.case_id = u.case_id
    order by p.place;
end $$;

revoke execute on function unwatched.open_follow_ups(uuid[], uuid, integer, integer) from public;
grant execute on function unwatched.open_follow_ups(uuid[], uuid, integer, integer) to unwatched_program;
