-- A page of the open tasks of cases in sight, the oldest first. They hold codes alone, so no case is opened for it. An
-- agency with few cases goes through the tasks of these; one with many goes through the tasks, which an index has in order,
-- and asks of each whether its case is in sight. See caseload, which lists in the same manner.
create or replace function unwatched.open_tasks(after_task uuid, skipped integer, at_most integer)
returns table (place integer, counted integer, task_id uuid, case_id uuid, reference text, kind text, because text,
               subject text, raised_at timestamptz)
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
declare
  clinic constant uuid := clinic_now();
  agency constant uuid := agency_now();
  instant constant timestamptz := time_now();
  barred constant uuid[] := barred_from();
  last task;
  few uuid[];
  listed uuid[];
begin
  if person_now() is null or not coalesce(role_covers(role_now(), 'contact', 'read'), false) then return; end if;
  select * into last from task t where t.clinic_id = clinic and t.task_id = after_task;
  few := array(select a.case_id from agency_case a where a.clinic_id = clinic and a.agency_id = agency
                order by a.case_id limit 1001);
  if cardinality(few) <= 1000 then
    listed := array(
      select t.task_id from agency_case a join task t on t.clinic_id = a.clinic_id and t.case_id = a.case_id
      where a.clinic_id = clinic and a.agency_id = agency and t.done_at is null
        and (t.raised_at, t.task_id)
            > (coalesce(last.raised_at, '-infinity'), coalesce(last.task_id, '00000000-0000-0000-0000-000000000000'))
        and lets_in(a.parts, a.in_force_from, a.in_force_until, 'contact', instant) and a.case_id <> all (barred)
      order by t.raised_at, t.task_id limit 1001);
  else
    listed := array(
      select t.task_id from task t join agency_case a
        on a.clinic_id = t.clinic_id and a.agency_id = agency and a.case_id = t.case_id
      where t.clinic_id = clinic and t.done_at is null
        and (t.raised_at, t.task_id)
            > (coalesce(last.raised_at, '-infinity'), coalesce(last.task_id, '00000000-0000-0000-0000-000000000000'))
        and lets_in(a.parts, a.in_force_from, a.in_force_until, 'contact', instant) and a.case_id <> all (barred)
      order by t.raised_at, t.task_id limit 1001);
  end if;
  return query
    select p.place, least(cardinality(listed), 1001), t.task_id, t.case_id, f.reference, t.kind, t.because, t.subject,
           t.raised_at
    from page_of(listed, skipped, at_most) p
    join task t on t.clinic_id = clinic and t.task_id = p.id
    join case_file f on f.clinic_id = clinic and f.case_id = t.case_id
    order by p.place;
end $$;

revoke execute on function unwatched.open_tasks(uuid, integer, integer) from public;
grant execute on function unwatched.open_tasks(uuid, integer, integer) to unwatched_program;
