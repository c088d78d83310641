-- Gives a new case a row for each part that has a glance, so that a change of the part always finds one to take away.
create or replace function unwatched.begin_glances() returns trigger
language plpgsql security definer set search_path = unwatched, pg_temp as $$
begin
  insert into case_glance (clinic_id, case_id, part) select new.clinic_id, new.case_id, p from unnest(tg_argv) p;
  return null;
end $$;

revoke execute on function unwatched.begin_glances() from public;
