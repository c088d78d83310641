-- Blocks of the names of the clinic, in no order, for those who may compare them. The function asks once.
create or replace function unwatched.name_blocks(the_case uuid, generations uuid[], numbers integer[])
returns table (generation uuid, number integer, body bytea)
language plpgsql stable rows 50 security definer set search_path = unwatched, pg_temp
-- Planned once a session: its plan is the same however many blocks are asked for.
set plan_cache_mode = force_generic_plan as $$
begin
  if not compares_names(the_case) then return; end if;
  -- Behind a fence: a server that has not counted a new generation yet would look through the whole of it.
  return query
    select b.generation, b.number, b.body from unnest(generations, numbers) as w (generation, number)
    cross join lateral (
      select r.* from name_block r
      where r.clinic_id = clinic_now() and r.generation = w.generation and r.number = w.number offset 0) b;
end $$;

revoke execute on function unwatched.name_blocks(uuid, uuid[], integer[]) from public;
grant execute on function unwatched.name_blocks(uuid, uuid[], integer[]) to unwatched_program;
