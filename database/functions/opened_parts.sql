-- The parts of a case that this transaction has opened, by the same acts as opened_cases: that answers for one part, this for
-- all of them at once.
create or replace function unwatched.opened_parts(the_case uuid) returns setof text
language plpgsql stable rows 10 security definer set search_path = unwatched, pg_temp as $$
begin
  return query
    -- By the transaction first: the acts of a case are as many as its trail is long.
    with mine as materialized (
      select a.case_id, a.part from act a
      where a.xid = pg_current_xact_id() and a.at = time_now() and a.clinic_id = clinic_now() and a.verb = 'case-opened'
        and a.detail ->> 'mode' in ('write', 'read')
        and a.person_id is not distinct from person_now() and a.task is not distinct from task_now())
    select distinct m.part from mine m where m.case_id = the_case;
end $$;

revoke execute on function unwatched.opened_parts(uuid) from public;
grant execute on function unwatched.opened_parts(uuid) to unwatched_program;
