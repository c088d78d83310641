-- The records of a case that hold all of the words `sought`, and none of `unwanted`, as tokens.
-- They are matched here and not under row security: the operator is not leakproof, so the index would stay unused and
-- a search would read every row of the clinic. The function repeats the check that the policy makes.
-- What is narrowed down and where a page begins are given here too, so that no more rows leave than a page shows.
-- The records found come out of the search themselves: joined to the table afterwards, they were looked for among all
-- records of the case. Tokens belong to one case, because its key makes them: the index of words alone finds the records.
-- Asked for the case as well, a server that has not counted a long chat yet read the whole of it.
create or replace function unwatched.search_records(the_case uuid, sought bigint[], unwanted bigint[], kinds text[], senders bigint[],
                                         items uuid[], from_time timestamp, until_time timestamp,
                                         after_time timestamp, after_item uuid, after_ordinal integer, at_most integer)
returns setof unwatched.record
language plpgsql stable rows 50 security definer set search_path = unwatched, pg_temp set enable_seqscan = off as $$
declare
  -- Rare words are looked up in the index of words and put in order; common ones are met soon along the timeline itself.
  rare constant integer := 5000;
  found integer;
begin
  if not exists (select 1 from opened_cases('chronology', 'read') o where o = the_case) then return; end if;
  select count(*) into found from (select 1 from record r where r.words @> sought limit rare) f;
  if found < rare then
    return query
      with f as materialized (select * from record r where r.words @> sought)
      select r.* from f r
      where r.clinic_id = clinic_now() and r.case_id = the_case and not r.words && unwanted
        and (kinds is null or r.kind = any (kinds)) and (senders is null or r.sender_key = any (senders))
        and (items is null or r.item_id = any (items))
        and r.timeline_time between from_time and until_time
        and (r.timeline_time, r.item_id, r.ordinal) > (after_time, after_item, after_ordinal)
      order by r.timeline_time, r.item_id, r.ordinal limit least(at_most, 1000);
  else
    return query
      select r.* from record r
      where r.clinic_id = clinic_now() and r.case_id = the_case and r.words @> sought and not r.words && unwanted
        and (kinds is null or r.kind = any (kinds)) and (senders is null or r.sender_key = any (senders))
        and (items is null or r.item_id = any (items))
        and r.timeline_time between from_time and until_time
        and (r.timeline_time, r.item_id, r.ordinal) > (after_time, after_item, after_ordinal)
      order by r.timeline_time, r.item_id, r.ordinal limit least(at_most, 1000);
  end if;
end $$;

revoke execute on function unwatched.search_records(uuid, bigint[], bigint[], text[], bigint[], uuid[], timestamp,
  timestamp, timestamp, uuid, integer, integer) from public;
grant execute on function unwatched.search_records(uuid, bigint[], bigint[], text[], bigint[], uuid[], timestamp,
  timestamp, timestamp, uuid, integer, integer) to unwatched_program;
