-- A way to reach a client that the access map knows nothing of is not known, and not known is silence. What she says of
-- it herself can lift that, for a while: who wrote it down, when, how she said it, and until when it counts. It never
-- lifts "observable", and it ends when the map comes to say something else, or somebody does.
create table unwatched.client_word (
  clinic_id     uuid not null,
  case_id       uuid not null,
  word_id       bigint generated always as identity,
  channel_id    text not null check (channel_id ~ '^c[0-9]{1,3}$'),
  -- Never a message on the way it is about: whoever reads it there can write there too.
  heard         text not null check (heard in ('face-to-face', 'on-a-call', 'through-somebody')),
  at            timestamptz not null,
  by_person     uuid not null,
  -- The instant from which it counts no longer: thirty days and the rest of the last one at most.
  counts_until  timestamptz not null check (counts_until > at and counts_until <= at + interval '32 days'),
  -- What she said, under the key of the case.
  sealed        bytea not null,
  ended_at      timestamptz,
  ended_because text check (ended_because in ('taken-back', 'said-otherwise', 'map-changed', 'said-anew')),
  primary key (clinic_id, case_id, word_id),
  foreign key (clinic_id, case_id) references unwatched.case_file,
  check ((ended_at is null) = (ended_because is null))
);
create index client_word_in_force on unwatched.client_word (clinic_id, case_id, channel_id) where ended_at is null;
create trigger client_word_stays before delete or truncate on unwatched.client_word
  for each statement execute function unwatched.refuse_change();
alter table unwatched.client_word enable row level security;

-- Whether the newest word of the map, or of people, is that this way can be observed.
create function unwatched.is_way_observable(the_case uuid, the_channel text) returns boolean
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select exists (
    select 1 from (
      select distinct on (from_map) verdict from channel_verdict
      where clinic_id = clinic_now() and case_id = the_case and channel_id = the_channel and has_opened(the_case)
      order by from_map, verdict_id desc) newest
    where verdict = 'observable')
$$;

create policy client_word_read on unwatched.client_word for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('contact', 'read')));
create policy client_word_make on unwatched.client_word for insert
  with check (clinic_id = unwatched.clinic_now() and by_person = unwatched.person_now() and at = unwatched.time_now()
              and ended_at is null
              and case_id in (select unwatched.opened_cases('contact', 'write'))
              and not unwatched.is_way_observable(case_id, channel_id));
grant select, insert on unwatched.client_word to unwatched_program;

-- Ends what she said, on one way or on all of them, and says on which. Whoever changes the map ends it without seeing it.
create function unwatched.end_client_words(the_case uuid, the_channel text, the_reason text) returns setof text
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

-- Whether something may be on its way out by it: the map says that it is safe, by answers that are not too old, and no
-- person doubts it; or she says so. The same rule is contact/weigh-verdicts.ts.
create function unwatched.is_way_open(the_case uuid, the_channel text) returns boolean
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

-- Before anything waits to leave, or is taken up to leave, the database asks as well.
create or replace function unwatched.keep_message() returns trigger language plpgsql
as $$ begin
  if tg_op = 'INSERT' then
    if new.state = 'waiting' and not unwatched.is_way_open(new.case_id, new.channel_id) then
      raise exception 'unwatched: nothing waits for a way that is not known to be safe' using errcode = 'insufficient_privilege';
    end if;
    return new;
  end if;
  if old.state in ('sent', 'refused', 'stopped', 'failed', 'not-known') then
    raise exception 'unwatched: what became of a message does not change' using errcode = 'insufficient_privilege';
  end if;
  if unwatched.person_now() is not null and new.state <> 'stopped' then
    raise exception 'unwatched: a person stops a message and does no more to it' using errcode = 'insufficient_privilege';
  end if;
  if new.state = 'sent' and old.state <> 'sending' then
    raise exception 'unwatched: a message is sent from sending alone' using errcode = 'insufficient_privilege';
  end if;
  if new.state = 'sending' and unwatched.task_now() is not null
     and not unwatched.is_way_open(new.case_id, new.channel_id) then
    raise exception 'unwatched: nothing leaves by a way that is not known to be safe' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger message_begins_safe before insert on unwatched.message
  for each row execute function unwatched.keep_message();

revoke all on function unwatched.is_way_observable(uuid, text), unwatched.end_client_words(uuid, text, text),
  unwatched.is_way_open(uuid, text) from public;
grant execute on function unwatched.is_way_observable(uuid, text), unwatched.end_client_words(uuid, text, text),
  unwatched.is_way_open(uuid, text) to unwatched_program;
