-- The parts of a case that this transaction has opened, by the same acts as opened_cases: that answers for one part, this for
-- all of them at once.
create or replace function unwatched.opened_parts(the_case uuid) returns setof text
language plpgsql stable rows 10 security definer set search_path = unwatched, pg_temp as $$
begin
  return query
    -- By the transaction alone, as there.
    with a as materialized (select * from act n where n.xid = pg_current_xact_id())
    select distinct a.part from a
    where a.at = time_now() and a.clinic_id = clinic_now() and a.verb = 'case-opened' and a.case_id = the_case
      and a.detail ->> 'mode' in ('write', 'read')
      and a.person_id is not distinct from person_now() and a.task is not distinct from task_now();
end $$;

revoke execute on function unwatched.opened_parts(uuid) from public;
grant execute on function unwatched.opened_parts(uuid) to unwatched_program;
