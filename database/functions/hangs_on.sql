-- What hangs on a case, for the page that stands before a consent is withdrawn or the case closed: how many messages and
-- tasks, never what; and its appointments, sealed.
create or replace function unwatched.hangs_on(the_case uuid)
returns table (appointments uuid[], sealed bytea[], messages integer, tasks integer)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select
    (select coalesce(array_agg(a.appointment_id order by a.appointment_id), '{}') from appointment a
      where a.clinic_id = clinic_now() and a.case_id = the_case),
    (select coalesce(array_agg(a.sealed order by a.appointment_id), '{}') from appointment a
      where a.clinic_id = clinic_now() and a.case_id = the_case),
    (select count(*)::int from message m where m.clinic_id = clinic_now() and m.case_id = the_case and m.state = 'waiting'),
    (select count(*)::int from task t where t.clinic_id = clinic_now() and t.case_id = the_case and t.done_at is null)
  where exists (select 1 from opened_cases('consent', 'write') o where o = the_case)
     or exists (select 1 from opened_cases('triage', 'write') o where o = the_case)
$$;

revoke execute on function unwatched.hangs_on(uuid) from public;
grant execute on function unwatched.hangs_on(uuid) to unwatched_program;
