-- The word of the access map on a way to reach a client is written by whoever changes the map, in the transaction that
-- changes it, whether or not that person may see how the client is reached.

-- The instant from which what a verdict rests on is too old; null where its own age alone counts.
alter table unwatched.channel_verdict add column counts_until timestamptz;

-- Only who has opened the map to change it says what the map says; people speak with the contact open, as before.
alter policy channel_verdict_read on unwatched.channel_verdict
  using (clinic_id = unwatched.clinic_now()
         and (case_id in (select unwatched.opened_cases('contact', 'read'))
              or (from_map and case_id in (select unwatched.opened_cases('map', 'read')))));
alter policy channel_verdict_make on unwatched.channel_verdict
  with check (clinic_id = unwatched.clinic_now() and by_person = unwatched.person_now() and at = unwatched.time_now()
              and ((not from_map and case_id in (select unwatched.opened_cases('contact', 'write')))
                   or (from_map and case_id in (select unwatched.opened_cases('map', 'write')))));

-- Stops what waits on a channel, and says which messages those were. Whoever changes the map can stop, and sees no more
-- of a message than that.
create function unwatched.stop_waiting(the_case uuid, the_channel text, the_reason text) returns setof uuid
language plpgsql volatile security definer set search_path = unwatched, pg_temp as $$
begin
  if not exists (select 1 from opened_cases('contact', 'write') o where o = the_case)
     and not exists (select 1 from opened_cases('map', 'write') o where o = the_case) then return; end if;
  return query
    update message m set state = 'stopped', because = the_reason, changed_at = time_now()
    where m.clinic_id = clinic_now() and m.case_id = the_case and m.channel_id = the_channel and m.state = 'waiting'
    returning m.message_id;
end $$;
revoke all on function unwatched.stop_waiting(uuid, text, text) from public;
grant execute on function unwatched.stop_waiting(uuid, text, text) to unwatched_program;
