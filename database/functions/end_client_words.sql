-- Ends what the client said, on one channel or on all of them, and says on which. Anyone who changes the map ends it without seeing it.
create or replace function unwatched.end_client_words(the_case uuid, the_channel text, the_reason text) returns setof text
language plpgsql volatile security definer set search_path = unwatched, pg_temp as $$
begin
  if not exists (select 1 from opened_cases('contact', 'write') o where o = the_case)
     and not exists (select 1 from opened_cases('map', 'write') o where o = the_case) then return; end if;
  return query
    with ended as (
      update client_word w set ended_at = time_now(), ended_because = the_reason
      where w.clinic_id = clinic_now() and w.case_id = the_case and w.ended_at is null
        and (the_channel is null or w.channel_id = the_channel)
      returning w.channel_id, w.counts_until)
    select distinct e.channel_id from ended e where e.counts_until > time_now();
end $$;

revoke execute on function unwatched.end_client_words(uuid, text, text) from public;
grant execute on function unwatched.end_client_words(uuid, text, text) to unwatched_program;
