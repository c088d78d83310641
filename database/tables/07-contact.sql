-- Reaching a client: how they may be reached, what may be observed, what was asked for and what became of it.

-- The safe contact plan: revisions, never edits, sealed whole under the key of the case.
create table unwatched.contact_plan (
  clinic_id  uuid not null,
  case_id    uuid not null,
  revision   integer not null check (revision > 0),
  at         timestamptz not null,
  -- What was said about contact at the referral is carried over by the program when a case opens. No person wrote that
  -- revision of the plan, and none is named for it; every other revision is written by the person who is named.
  by_person  uuid,
  sealed     bytea not null,
  primary key (clinic_id, case_id, revision),
  foreign key (clinic_id, case_id) references unwatched.case_file
);

alter table unwatched.contact_plan enable row level security;
create policy contact_plan_read on unwatched.contact_plan for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('contact', 'read')));
create policy contact_plan_make on unwatched.contact_plan for insert
  with check (clinic_id = unwatched.clinic_now() and at = unwatched.time_now()
              and by_person is not distinct from unwatched.person_now()
              and (by_person is not null or (unwatched.task_now() = 'job-carry-over-contact' and revision = 1))
              and case_id in (select unwatched.opened_cases('contact', 'write')));
grant select on unwatched.contact_plan to unwatched_program;
grant insert (clinic_id, case_id, revision, at, by_person, sealed) on unwatched.contact_plan to unwatched_program;
create trigger contact_plan_is_append_only before update or delete or truncate on unwatched.contact_plan
  for each statement execute function unwatched.refuse_change();

-- Whether the suspected person can observe a channel, as the access map or a person has it. The newest word counts.
create table unwatched.channel_verdict (
  clinic_id    uuid not null,
  case_id      uuid not null,
  verdict_id   bigint generated always as identity,
  channel_id   text not null check (channel_id ~ '^c[0-9]{1,3}$'),
  verdict      text not null check (verdict in ('observable', 'not-observable', 'unknown')),
  -- A person, or the map that a person changed.
  from_map     boolean not null,
  at           timestamptz not null,
  -- Before a message leaves, the program calculates again what the map says of its channel, by the catalogue of today: no
  -- person says that, the map does.
  by_person    uuid,
  -- Why, in words: the path on the map, or what the person knows.
  sealed       bytea not null,
  -- The instant from which what a verdict rests on is too old; null where its own age alone counts.
  counts_until timestamptz,
  -- The name of the rules by which the map was calculated, and what it was tied to: a home, a device, or both. Of another
  -- release, or tied to what cannot carry it, a word of the map counts no longer.
  by_rules     text,
  carried_by   text check (carried_by in ('place', 'device', 'both')),
  primary key (clinic_id, case_id, verdict_id),
  foreign key (clinic_id, case_id) references unwatched.case_file,
  check (by_person is not null or from_map)
);

alter table unwatched.channel_verdict enable row level security;
-- Only who has opened the map to change it says what the map says; people speak with the contact open.
create policy channel_verdict_read on unwatched.channel_verdict for select
  using (clinic_id = unwatched.clinic_now()
         and (case_id in (select unwatched.opened_cases('contact', 'read'))
              or (from_map and case_id in (select unwatched.opened_cases('map', 'read')))));
-- The word of the access map on a channel to a client is written by anyone who changes the map, in the transaction that
-- changes it, whether or not that person may see how the client is reached.
create policy channel_verdict_make on unwatched.channel_verdict for insert
  with check (clinic_id = unwatched.clinic_now() and by_person is not distinct from unwatched.person_now()
              and at = unwatched.time_now()
              and ((not from_map and case_id in (select unwatched.opened_cases('contact', 'write')))
                   or (from_map and case_id in (select unwatched.opened_cases('map', 'write')))));
grant select on unwatched.channel_verdict to unwatched_program;
grant insert (clinic_id, case_id, channel_id, verdict, from_map, at, by_person, sealed,
  counts_until, by_rules, carried_by) on unwatched.channel_verdict to unwatched_program;
create trigger channel_verdict_is_append_only before update or delete or truncate on unwatched.channel_verdict
  for each statement execute function unwatched.refuse_change();

-- A channel that the access map knows nothing of is not known, and not known is silence. What they say
-- of it themselves can lift that, for a while: who wrote it down, when, how they said it, and until when it counts. It
-- never lifts "observable", and it ends when the map comes to say something else, or somebody does.
create table unwatched.client_word (
  clinic_id     uuid not null,
  case_id       uuid not null,
  word_id       bigint generated always as identity,
  channel_id    text not null check (channel_id ~ '^c[0-9]{1,3}$'),
  -- Never a message on the channel it is about: anyone who reads it there can write there too.
  heard         text not null check (heard in ('face-to-face', 'on-a-call', 'through-somebody')),
  at            timestamptz not null,
  by_person     uuid not null,
  -- The instant from which it counts no longer: thirty days and the rest of the last one at most.
  counts_until  timestamptz not null check (counts_until > at and counts_until <= at + interval '32 days'),
  -- What they said, under the key of the case.
  sealed        bytea not null,
  ended_at      timestamptz,
  ended_because text check (ended_because in ('taken-back', 'said-otherwise', 'map-changed', 'said-again')),
  primary key (clinic_id, case_id, word_id),
  foreign key (clinic_id, case_id) references unwatched.case_file,
  check ((ended_at is null) = (ended_because is null))
);
create index client_word_in_force on unwatched.client_word (clinic_id, case_id, channel_id) where ended_at is null;

alter table unwatched.client_word enable row level security;
create policy client_word_read on unwatched.client_word for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('contact', 'read')));
create policy client_word_make on unwatched.client_word for insert
  with check (clinic_id = unwatched.clinic_now() and by_person = unwatched.person_now() and at = unwatched.time_now()
              and ended_at is null
              and case_id in (select unwatched.opened_cases('contact', 'write'))
              and not unwatched.is_channel_observable(case_id, channel_id));
grant select on unwatched.client_word to unwatched_program;
grant insert (clinic_id, case_id, channel_id, heard, at, by_person, counts_until, sealed, ended_at,
  ended_because) on unwatched.client_word to unwatched_program;
create trigger client_word_stays before delete or truncate on unwatched.client_word
  for each statement execute function unwatched.refuse_change();

-- What was asked to be sent. A message is never asked for twice about the same thing.
create table unwatched.message (
  clinic_id    uuid not null,
  case_id      uuid not null,
  message_id   uuid not null,
  purpose      text not null check (purpose in ('appointment-reminder')),
  channel_id   text not null,
  -- What a message is about tells when: it lies sealed, and in the open only whether two are about the same.
  about        text not null,
  asked_at     timestamptz not null,
  asked_by     uuid not null,
  state        text not null check (state in ('waiting', 'sending', 'sent', 'refused', 'stopped', 'failed', 'not-known')),
  because      text,
  attempts     integer not null default 0,
  changed_at   timestamptz not null,
  about_sealed bytea not null,
  primary key (clinic_id, case_id, message_id),
  foreign key (clinic_id, case_id) references unwatched.case_file
);
create unique index message_once on unwatched.message (clinic_id, case_id, purpose, about, channel_id)
  where state in ('waiting', 'sending', 'sent', 'not-known');

alter table unwatched.message enable row level security;
create policy message_read on unwatched.message for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('contact', 'read')));
create policy message_ask on unwatched.message for insert
  with check (clinic_id = unwatched.clinic_now() and asked_by = unwatched.person_now() and asked_at = unwatched.time_now()
              and state in ('waiting', 'refused')
              and case_id in (select unwatched.opened_cases('contact', 'write')));
create policy message_change on unwatched.message for update
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('contact', 'write')))
  with check (clinic_id = unwatched.clinic_now());
grant select on unwatched.message to unwatched_program;
grant insert (clinic_id, case_id, message_id, purpose, channel_id, about, asked_at, asked_by, state,
  because, attempts, changed_at, about_sealed) on unwatched.message to unwatched_program;
grant update (state, because, attempts, changed_at) on unwatched.message to unwatched_program;
create trigger message_keeps_its_end before update on unwatched.message
  for each row execute function unwatched.keep_message();
create trigger message_begins_safe before insert on unwatched.message
  for each row execute function unwatched.keep_message();

-- What only a person can do, raised by the program or by a colleague: a code, never words.
create table unwatched.task (
  clinic_id  uuid not null,
  task_id    uuid not null,
  case_id    uuid not null,
  kind       text not null check (kind ~ '^[a-z][a-z-]{2,40}$'),
  because    text not null check (because ~ '^[a-z][a-z-]{2,60}$'),
  subject    text,
  raised_at  timestamptz not null,
  raised_by  uuid,
  done_at    timestamptz,
  done_by    uuid,
  sealed     bytea,
  primary key (clinic_id, task_id),
  foreign key (clinic_id, case_id) references unwatched.case_file
);
create index task_open on unwatched.task (clinic_id, raised_at, task_id) where done_at is null;
create index task_open_of_case on unwatched.task (clinic_id, case_id) where done_at is null;
create index task_by_case on unwatched.task (clinic_id, case_id, raised_at);

alter table unwatched.task enable row level security;
-- Of a case that was opened. The list of all tasks, which hold codes alone, is open_tasks.
create policy task_read on unwatched.task for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('contact', 'read')));
create policy task_raise on unwatched.task for insert
  with check (clinic_id = unwatched.clinic_now() and done_at is null and raised_at = unwatched.time_now()
              and raised_by is not distinct from unwatched.person_now() and unwatched.has_opened(case_id));
create policy task_do on unwatched.task for update
  using (clinic_id = unwatched.clinic_now() and done_at is null
         and case_id in (select unwatched.opened_cases('contact', 'write')))
  with check (clinic_id = unwatched.clinic_now() and done_by = unwatched.person_now() and done_at = unwatched.time_now());
grant select on unwatched.task to unwatched_program;
grant insert (clinic_id, task_id, case_id, kind, because, subject, raised_at, raised_by, done_at, done_by,
  sealed) on unwatched.task to unwatched_program;
grant update (done_at, done_by, sealed) on unwatched.task to unwatched_program;

-- What anyone who looks after the machine was told of it by mail, and when: of each kind of trouble once, and then once a day.
create table unwatched.machine_notice (
  clinic_id uuid not null references unwatched.clinic,
  trouble   text not null check (length(trouble) between 1 and 60),
  since     timestamptz not null,
  told_at   timestamptz not null,
  primary key (clinic_id, trouble)
);

alter table unwatched.machine_notice enable row level security;
create policy machine_notice_job on unwatched.machine_notice for all
  using (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'job-watch-machine')
  with check (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'job-watch-machine');
grant select, delete on unwatched.machine_notice to unwatched_program;
grant insert (clinic_id, trouble, since, told_at) on unwatched.machine_notice to unwatched_program;
grant update (since, told_at) on unwatched.machine_notice to unwatched_program;
