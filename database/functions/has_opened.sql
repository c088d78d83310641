-- Whether this transaction has opened the case, for whatever part. See opened_cases.
create or replace function unwatched.has_opened(the_case uuid) returns boolean
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
begin
  -- By the transaction first: the acts of a case are as many as its trail is long.
  return (
    with mine as materialized (
      select a.case_id from act a
      where a.xid = pg_current_xact_id() and a.at = time_now() and a.clinic_id = clinic_now() and a.verb = 'case-opened'
        and a.person_id is not distinct from person_now() and a.task is not distinct from task_now())
    select exists (select 1 from mine m where m.case_id = the_case));
end $$;

revoke execute on function unwatched.has_opened(uuid) from public;
grant execute on function unwatched.has_opened(uuid) to unwatched_program;
