-- Who can sit in an appointment of a case that is open: rule S5 asked for others, so that nobody is invited who could
-- not see it. It never says why somebody is not among them.
create or replace function unwatched.who_may_join(the_case uuid)
returns table (person_id uuid, name text, role text, agency_id uuid)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select p.person_id, p.name, p.role, p.agency_id
  from person p
  where p.clinic_id = clinic_now() and p.state = 'active' and p.role in ('cyber-adviser', 'stalking-advocate', 'idva')
    and role_covers(p.role, 'appointment', 'write')
    and the_case in (select opened_for_appointments('read'))
    and exists (select 1 from consent c
                where c.clinic_id = p.clinic_id and c.case_id = the_case and c.agency_id = p.agency_id
                  and 'appointment' = any (c.parts) and c.in_force_from <= time_now()
                  and (c.in_force_until is null or c.in_force_until > time_now())
                  and c.withdrawn_at is null)
    and not exists (select 1 from bar b where b.clinic_id = p.clinic_id and b.case_id = the_case
                    and b.person_id = p.person_id and b.lifted_at is null)
$$;

revoke execute on function unwatched.who_may_join(uuid) from public;
grant execute on function unwatched.who_may_join(uuid) to unwatched_program;
