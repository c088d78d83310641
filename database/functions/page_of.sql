-- The ids of one page of a list, each with its place, counted from 1: at most 100, the last page where the one that is
-- asked for lies behind the end, and none of what lies behind the 1 000 that are counted. The number
-- of rows is promised to the planner, which would look every case up at once for a thousand of them.
create or replace function unwatched.page_of(ids uuid[], skipped integer, at_most integer)
returns table (place integer, id uuid)
language plpgsql immutable parallel safe rows 25 as $$
declare
  size constant integer := greatest(1, least(at_most, 100));
  many constant integer := least(cardinality(ids), 1000);
  start constant integer := least(greatest(skipped, 0), greatest(many - 1, 0) / size * size);
begin
  return query select (start + o)::integer, i
    from unnest(ids[start + 1 : least(start + size, many)]) with ordinality as u (i, o);
end $$;

revoke execute on function unwatched.page_of(uuid[], integer, integer) from public;
grant execute on function unwatched.page_of(uuid[], integer, integer) to unwatched_program;
