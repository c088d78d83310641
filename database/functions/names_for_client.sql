-- Who did these acts, for the client who reads the trail of their own case; nobody's name for anybody else, and none of an
-- act that is not in that trail.
create or replace function unwatched.names_for_client(the_case uuid, the_acts bigint[])
returns table (act_id bigint, name text)
language plpgsql stable strict security definer set search_path = unwatched, pg_temp rows 100 as $$
begin
  if the_case is distinct from client_case_now() or not has_opened(the_case) then return; end if;
  return query
    select a.act_id, p.name from unnest(the_acts) asked (id)
    -- Each by its number: joined, the planner may go through the whole trail for each of them.
    cross join lateral (select n.* from act n where n.clinic_id = clinic_now() and n.act_id = asked.id offset 0) a
    join person p on p.clinic_id = a.clinic_id and p.person_id = a.person_id
    where a.case_id = the_case;
end $$;

revoke execute on function unwatched.names_for_client(uuid, bigint[]) from public;
grant execute on function unwatched.names_for_client(uuid, bigint[]) to unwatched_program;
