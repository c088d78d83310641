-- Stops what waits on a channel, and says which messages those were. Anyone who changes the map can stop, and sees no more
-- of a message than that.
create or replace function unwatched.stop_waiting(the_case uuid, the_channel text, the_reason text) returns setof uuid
language plpgsql volatile security definer set search_path = unwatched, pg_temp as $$
begin
  if not exists (select 1 from opened_cases('contact', 'write') o where o = the_case)
     and not exists (select 1 from opened_cases('map', 'write') o where o = the_case) then return; end if;
  return query
    update message m set state = 'stopped', because = the_reason, changed_at = time_now()
    where m.clinic_id = clinic_now() and m.case_id = the_case and m.channel_id = the_channel and m.state = 'waiting'
    returning m.message_id;
end $$;

revoke execute on function unwatched.stop_waiting(uuid, text, text) from public;
grant execute on function unwatched.stop_waiting(uuid, text, text) to unwatched_program;
