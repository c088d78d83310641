-- Whether this transaction has opened the case, for whatever part. See opened_cases.
create or replace function unwatched.has_opened(the_case uuid) returns boolean
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
begin
  return (
    -- By the transaction alone, as in opened_cases.
    with a as materialized (select * from act n where n.xid = pg_current_xact_id())
    select exists (select 1 from a
      where a.at = time_now() and a.clinic_id = clinic_now() and a.verb = 'case-opened' and a.case_id = the_case
        and a.person_id is not distinct from person_now() and a.task is not distinct from task_now()));
end $$;

revoke execute on function unwatched.has_opened(uuid) from public;
grant execute on function unwatched.has_opened(uuid) to unwatched_program;
