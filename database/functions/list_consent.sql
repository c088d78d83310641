-- Keeps a row of agency_case for every consent that is not withdrawn, of a file that is a case.
create or replace function unwatched.list_consent() returns trigger
language plpgsql security definer set search_path = unwatched, pg_temp as $$
begin
  if new.withdrawn_at is null then
    insert into agency_case (clinic_id, agency_id, case_id, parts, in_force_from, in_force_until, state, opened_at, urgency,
                             stalker_type, review_on)
    select new.clinic_id, new.agency_id, new.case_id, new.parts, new.in_force_from, new.in_force_until, f.state, f.opened_at,
           f.urgency, f.stalker_type,
           (select p.next_review_on from plan_revision p where p.clinic_id = f.clinic_id and p.case_id = f.case_id
            order by p.revision desc limit 1)
    from case_file f where f.clinic_id = new.clinic_id and f.case_id = new.case_id
    on conflict (clinic_id, agency_id, case_id) do update
      set parts = excluded.parts, in_force_from = excluded.in_force_from, in_force_until = excluded.in_force_until;
  elsif tg_op = 'UPDATE' then
    delete from agency_case a
    where a.clinic_id = new.clinic_id and a.agency_id = new.agency_id and a.case_id = new.case_id;
  end if;
  return null;
end $$;

revoke execute on function unwatched.list_consent() from public;
