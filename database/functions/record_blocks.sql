-- Blocks of the records of a case, in no order. They are fetched one by one and not under row security, which would ask
-- for each block whether the case is open; the function asks once, as the policy does.
create or replace function unwatched.record_blocks(the_case uuid, generations uuid[], numbers integer[])
returns table (generation uuid, number integer, body bytea)
language plpgsql stable rows 50 security definer set search_path = unwatched, pg_temp
-- Planned once a session: its plan is the same however many blocks are asked for.
set plan_cache_mode = force_generic_plan as $$
begin
  if not exists (select 1 from opened_cases('chronology', 'read') o where o = the_case) then return; end if;
  -- Behind a fence: a server that has not counted a new generation yet would look through the whole of it.
  return query
    select b.generation, b.number, b.body from unnest(generations, numbers) as w (generation, number)
    cross join lateral (
      select r.* from record_block r
      where r.clinic_id = clinic_now() and r.case_id = the_case
        and r.generation = w.generation and r.number = w.number offset 0) b;
end $$;

revoke execute on function unwatched.record_blocks(uuid, uuid[], integer[]) from public;
grant execute on function unwatched.record_blocks(uuid, uuid[], integer[]) to unwatched_program;
