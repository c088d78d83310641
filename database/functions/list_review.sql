-- Keeps in agency_case the day of the next review by date, when a safety plan is revised.
create or replace function unwatched.list_review() returns trigger
language plpgsql security definer set search_path = unwatched, pg_temp as $$
begin
  update agency_case a set review_on = new.next_review_on
  where a.clinic_id = new.clinic_id and a.case_id = new.case_id
    and not exists (select from plan_revision n where n.clinic_id = new.clinic_id and n.case_id = new.case_id
                    and n.revision > new.revision);
  return null;
end $$;

revoke execute on function unwatched.list_review() from public;
