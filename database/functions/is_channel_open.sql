-- Whether something may leave by this channel: the map says that it is safe, by answers that are not too old, and no
-- person doubts it; or the client says so. The same rule is contact/decide-channel-verdict.ts;
-- by which rules the map was calculated is asked there alone, and before a message leaves it is calculated again.
create or replace function unwatched.is_channel_open(the_case uuid, the_channel text) returns boolean
language sql stable security definer set search_path = unwatched, pg_temp as $$
  with newest as (
    select distinct on (from_map) from_map, verdict, at, counts_until from channel_verdict
    where clinic_id = clinic_now() and case_id = the_case and channel_id = the_channel
    order by from_map, verdict_id desc)
  select has_opened(the_case)
    and not exists (select 1 from newest where verdict = 'observable')
    and ((exists (select 1 from newest where from_map and verdict = 'not-observable'
                    and at >= time_now() - interval '90 days'
                    and (counts_until is null or counts_until > time_now()))
          and not exists (select 1 from newest where not from_map and verdict = 'unknown'))
         or exists (select 1 from client_word w
                    where w.clinic_id = clinic_now() and w.case_id = the_case and w.channel_id = the_channel
                      and w.ended_at is null and w.counts_until > time_now()))
$$;

revoke execute on function unwatched.is_channel_open(uuid, text) from public;
grant execute on function unwatched.is_channel_open(uuid, text) to unwatched_program;
