-- Keeps in agency_case what lists are sorted by, when a case is opened, revised, closed or opened again.
create or replace function unwatched.list_case() returns trigger
language plpgsql security definer set search_path = unwatched, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into agency_case (clinic_id, agency_id, case_id, parts, in_force_from, in_force_until, state, opened_at, urgency,
                             stalker_type)
    select c.clinic_id, c.agency_id, c.case_id, c.parts, c.in_force_from, c.in_force_until, new.state, new.opened_at,
           new.urgency, new.stalker_type
    from consent c where c.clinic_id = new.clinic_id and c.case_id = new.case_id and c.withdrawn_at is null;
  else
    update agency_case a set state = new.state, urgency = new.urgency, stalker_type = new.stalker_type
    where a.clinic_id = new.clinic_id and a.case_id = new.case_id;
  end if;
  return null;
end $$;

revoke execute on function unwatched.list_case() from public;
