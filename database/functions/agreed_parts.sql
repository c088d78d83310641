-- The parts of a case that the agency of the person acting is party to by consents in force now; none for somebody whom a
-- bar names, and none for anybody who is not at work. What their role covers of these they see (rule S5).
-- A consent that was withdrawn holds no longer, whatever a clock says: lists drop it at once as well (list_consent).
-- The person is looked up once, and so is the case, however many parts are asked about.
create or replace function unwatched.agreed_parts(the_case uuid) returns text[]
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
declare
  the_clinic constant uuid := clinic_now();
  the_person constant uuid := person_now();
  the_time constant timestamptz := time_now();
begin
  return (
    select array_agg(p)
    from person w
    join consent c on c.clinic_id = w.clinic_id and c.case_id = the_case and c.agency_id = w.agency_id
      and c.in_force_from <= the_time
      and (c.in_force_until is null or c.in_force_until > the_time)
      and c.withdrawn_at is null
    cross join unnest(c.parts) p
    where w.clinic_id = the_clinic and w.person_id = the_person and w.state = 'active'
      and not exists (select 1 from bar b where b.clinic_id = the_clinic and b.case_id = the_case
                      and b.person_id = the_person and b.lifted_at is null));
end $$;

revoke execute on function unwatched.agreed_parts(uuid) from public;
