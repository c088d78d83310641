-- Whether the newest word of the map, or of people, is that the suspected person can observe this channel.
create or replace function unwatched.is_channel_observable(the_case uuid, the_channel text) returns boolean
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select exists (
    select 1 from (
      select distinct on (from_map) verdict from channel_verdict
      where clinic_id = clinic_now() and case_id = the_case and channel_id = the_channel and has_opened(the_case)
      order by from_map, verdict_id desc) newest
    where verdict = 'observable')
$$;

revoke execute on function unwatched.is_channel_observable(uuid, text) from public;
grant execute on function unwatched.is_channel_observable(uuid, text) to unwatched_program;
