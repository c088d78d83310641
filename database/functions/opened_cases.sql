-- The cases whose part this transaction has opened, for reading or for changing.
-- An access opens a case for the transaction that recorded it, which is known by its number. Numbers belong to a server:
-- on another one, to which rows were brought by other means than our own restore, an old number comes up again.
-- So the access must also carry the instant of this transaction, which an old one cannot.
-- It opens the part of the case that it names, and no other: anyone who opened a case for its overview reads none of its
-- evidence, even in SQL that no operation of ours sends. An access to change a part is one to read it too.
-- Rule S5 was asked when the access was written, and is not asked again until the transaction ends: a consent that is
-- withdrawn meanwhile takes effect at the next request. Only open_case and its like write such an act, so that nobody who
-- may send SQL as the program says of themselves that they opened a case.
create or replace function unwatched.opened_cases(part text, mode text) returns setof uuid
language plpgsql stable rows 1 security definer set search_path = unwatched, pg_temp as $$
begin
  return query
    -- By the transaction alone: a server that has not counted yet how many acts there are would go through those of the case,
    -- or of the clinic.
    with a as materialized (select * from act n where n.xid = pg_current_xact_id())
    select distinct a.case_id from a
    where a.at = time_now() and a.clinic_id = clinic_now() and a.verb = 'case-opened'
      and a.part = $1 and a.detail ->> 'mode' in ('write', $2)
      and a.person_id is not distinct from person_now() and a.task is not distinct from task_now();
end $$;

revoke execute on function unwatched.opened_cases(text, text) from public;
grant execute on function unwatched.opened_cases(text, text) to unwatched_program;
