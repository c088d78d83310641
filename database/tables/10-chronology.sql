-- One line of time: records read from items, incidents made by people, identities as sources know them.
-- S8: what a message says, who sent it and what an incident was lie sealed under the key of their case. Words are found
-- through tokens: keyed digests, cut to 64 bits, that say nothing without that key. In the open stay the kind, the time
-- and how surely it is known, so that the line is put in order, narrowed down and counted without opening anything.
-- Records are derived and may be replaced when a question is answered; nothing else here is ever deleted.

-- One record that an importer read from an item.
create table unwatched.record (
  clinic_id        uuid not null,
  case_id          uuid not null,
  item_id          uuid not null,
  ordinal          integer not null,
  -- Whose words a line holds is a fact beside its sender: the app's, a person's, or not decided. The fact itself lies
  -- sealed with the rest of a record; the kind says only what the line counts as.
  kind             text not null,
  sent_at          timestamptz,
  sent_local       timestamp,
  zone             text,
  zone_how         text not null default 'unknown',
  precision        text not null default '',
  marks            text[] not null default '{}',
  -- Set when another record tells the same message: marked, never dropped.
  same_as_item     uuid,
  same_as_ordinal  integer,
  -- Where it stands on the line; a plain column, because row security keeps an expression out of the index.
  timeline_time        timestamp not null generated always as (coalesce(sent_local, 'infinity'::timestamp)) stored,
  sealed           bytea not null,
  sender_key       bigint,
  -- The same for two records that say the same, for telling duplicates.
  text_key         bigint,
  words            bigint[] not null default '{}',
  primary key (clinic_id, case_id, item_id, ordinal),
  foreign key (clinic_id, case_id, item_id) references unwatched.item
);
create index record_by_time on unwatched.record (clinic_id, case_id, timeline_time, item_id, ordinal);
create index record_by_words on unwatched.record using gin (words);
-- A bundle asks of each stretch of records which others tell the same again: found without looking through the case.
create index record_told_again on unwatched.record (clinic_id, case_id, same_as_item, same_as_ordinal)
  where same_as_item is not null;

alter table unwatched.record enable row level security;
create policy record_read on unwatched.record for select
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'read')));
create policy record_make on unwatched.record for insert
  with check (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'write')));
create policy record_change on unwatched.record for update
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'write')));
create policy record_replace on unwatched.record for delete
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'write')));
grant select, delete on unwatched.record to unwatched_program;
grant insert (clinic_id, case_id, item_id, ordinal, kind, sent_at, sent_local, zone, zone_how, precision, marks,
  same_as_item, same_as_ordinal, sealed, sender_key, text_key, words) on unwatched.record to unwatched_program;
grant update (kind, sent_at, sent_local, zone, zone_how, precision, marks, same_as_item, same_as_ordinal, sealed,
  sender_key, text_key, words) on unwatched.record to unwatched_program;

-- The name behind each sender's token, as its sources write it.
create table unwatched.record_sender (
  clinic_id   uuid not null,
  case_id     uuid not null,
  sender_key  bigint not null,
  sealed      bytea not null,
  primary key (clinic_id, case_id, sender_key)
);

alter table unwatched.record_sender enable row level security;
create policy record_sender_read on unwatched.record_sender for select
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'read')));
create policy record_sender_make on unwatched.record_sender for insert
  with check (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'write')));
grant select on unwatched.record_sender to unwatched_program;
grant insert (clinic_id, case_id, sender_key, sealed) on unwatched.record_sender to unwatched_program;

-- How many records there are by source, kind, sender and hour, duplicates left out: what the pictures count from,
-- so that opening a long line costs no more than opening a short one. An hour of null is a time nobody knows.
create table unwatched.record_tally (
  clinic_id  uuid not null,
  case_id    uuid not null,
  item_id    uuid not null,
  kind       text not null,
  hour       timestamp,
  counted    integer not null,
  sender_key bigint
);
create index record_tally_by_case on unwatched.record_tally (clinic_id, case_id);

alter table unwatched.record_tally enable row level security;
create policy record_tally_read on unwatched.record_tally for select
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'read')));
create policy record_tally_make on unwatched.record_tally for insert
  with check (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'write')));
create policy record_tally_change on unwatched.record_tally for update
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'write')));
create policy record_tally_replace on unwatched.record_tally for delete
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'write')));
grant select, delete on unwatched.record_tally to unwatched_program;
grant insert (clinic_id, case_id, item_id, kind, hour, counted,
  sender_key) on unwatched.record_tally to unwatched_program;

-- How many records there are by week, and by hour of the week, each by source, kind and sender: what the pictures show
-- while no days are chosen. A line has far fewer weeks than messages; only chosen days are counted from the hours.
create table unwatched.record_summary (
  clinic_id  uuid not null,
  case_id    uuid not null,
  item_id    uuid not null,
  kind       text not null,
  span       text not null check (span in ('week', 'hour-of-week')),
  -- The Monday, or the first time it was that hour of the week; null for a time nobody knows.
  at         timestamp,
  counted    integer not null,
  sender_key bigint
);
create index record_summary_by_case on unwatched.record_summary (clinic_id, case_id);

alter table unwatched.record_summary enable row level security;
create policy record_summary_read on unwatched.record_summary for select
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'read')));
create policy record_summary_make on unwatched.record_summary for insert
  with check (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'write')));
create policy record_summary_replace on unwatched.record_summary for delete
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'write')));
grant select, delete on unwatched.record_summary to unwatched_program;
grant insert (clinic_id, case_id, item_id, kind, span, at, counted,
  sender_key) on unwatched.record_summary to unwatched_program;

-- Which readings the duplicates were marked and the tally was made from; another fingerprint means: do it again.
create table unwatched.timeline_count (
  clinic_id    uuid not null,
  case_id      uuid not null,
  fingerprint  text not null,
  counted_at  timestamptz not null,
  primary key (clinic_id, case_id)
);

alter table unwatched.timeline_count enable row level security;
create policy timeline_count_read on unwatched.timeline_count for select
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'read')));
create policy timeline_count_make on unwatched.timeline_count for insert
  with check (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'write')));
create policy timeline_count_change on unwatched.timeline_count for update
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'write')));
create policy timeline_count_replace on unwatched.timeline_count for delete
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'write')));
grant select on unwatched.timeline_count to unwatched_program;
grant insert (clinic_id, case_id, fingerprint, counted_at) on unwatched.timeline_count to unwatched_program;
grant update (fingerprint, counted_at) on unwatched.timeline_count to unwatched_program;

-- Something that happened, as a person puts it on the line.
create table unwatched.incident (
  clinic_id    uuid not null,
  case_id      uuid not null,
  incident_id  uuid not null,
  number       integer not null,
  made_at      timestamptz not null,
  made_by      uuid not null,
  form_token   text,
  primary key (clinic_id, case_id, incident_id),
  unique (clinic_id, case_id, number),
  foreign key (clinic_id, case_id) references unwatched.case_file
);

alter table unwatched.incident enable row level security;
create policy incident_read on unwatched.incident for select
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'read')));
create policy incident_make on unwatched.incident for insert
  with check (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'write')));
create policy incident_change on unwatched.incident for update
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'write')));
create policy incident_replace on unwatched.incident for delete
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'write')));
grant select on unwatched.incident to unwatched_program;
grant insert (clinic_id, case_id, incident_id, number, made_at, made_by,
  form_token) on unwatched.incident to unwatched_program;

-- Revisions, never edits: the newest one is shown, the older ones stay.
create table unwatched.incident_revision (
  clinic_id      uuid not null,
  case_id        uuid not null,
  incident_id    uuid not null,
  revision       integer not null,
  at             timestamptz not null,
  by_person      uuid not null,
  -- exact: starts_at alone; about: starts_at, give or take; between: starts_at to ends_at; unknown: neither.
  precision      text not null check (precision in ('exact', 'about', 'between', 'unknown')),
  starts_at      timestamptz,
  ends_at        timestamptz,
  zone           text not null,
  noticed_on     date,
  -- Each text of a revision is sealed by itself; a text that is empty stays empty.
  what           bytea not null check (length(what) > 0),
  her_words      bytea not null,
  changed        bytea not null,
  where_coarse   bytea not null,
  told_to        bytea not null,
  platform       bytea not null,
  -- Protection from Harassment Act 1997, s.2A(3): the acts it lists, and "other" because the list is not closed
  codes          text[] not null default '{}',
  origin         text not null check (origin in ('records', 'told-by-client')),
  reason         bytea not null,
  -- Who was told of an incident, when, and under which reference: a day of its own, so that "it went on after somebody
  -- was told" is counted from the telling.
  told_whom      text not null default '' check (told_whom in ('', 'police', 'authority', 'other')),
  told_on        date,
  told_reference bytea not null default '',
  -- What an incident shows beside the acts it is coded with.
  shows          text[] not null default '{}'
                 check (shows <@ array['threat', 'place', 'in-person', 'new-channel', 'others', 'worse']),
  primary key (clinic_id, case_id, incident_id, revision),
  foreign key (clinic_id, case_id, incident_id) references unwatched.incident,
  check (codes <@ array['A_FOLLOW', 'B_CONTACT', 'C_PUBLISH', 'D_MONITOR', 'E_LOITER', 'F_INTERFERE', 'G_WATCH', 'X_OTHER'])
);

alter table unwatched.incident_revision enable row level security;
create policy incident_revision_read on unwatched.incident_revision for select
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'read')));
create policy incident_revision_make on unwatched.incident_revision for insert
  with check (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'write')));
create policy incident_revision_change on unwatched.incident_revision for update
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'write')));
create policy incident_revision_replace on unwatched.incident_revision for delete
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'write')));
grant select on unwatched.incident_revision to unwatched_program;
grant insert (clinic_id, case_id, incident_id, revision, at, by_person, precision, starts_at, ends_at, zone,
  noticed_on, what, her_words, changed, where_coarse, told_to, platform, codes, origin, reason, told_whom, told_on,
  told_reference, shows) on unwatched.incident_revision to unwatched_program;
create trigger incident_revision_is_kept before update or delete or truncate on unwatched.incident_revision
  for each statement execute function unwatched.refuse_change();

-- Which records a revision rests on; a later revision names its own, and the earlier ones stay.
create table unwatched.incident_record (
  clinic_id    uuid not null,
  case_id      uuid not null,
  incident_id  uuid not null,
  revision     integer not null,
  item_id      uuid not null,
  ordinal      integer not null,
  primary key (clinic_id, case_id, incident_id, revision, item_id, ordinal),
  foreign key (clinic_id, case_id, incident_id, revision) references unwatched.incident_revision
);

alter table unwatched.incident_record enable row level security;
create policy incident_record_read on unwatched.incident_record for select
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'read')));
create policy incident_record_make on unwatched.incident_record for insert
  with check (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'write')));
create policy incident_record_change on unwatched.incident_record for update
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'write')));
create policy incident_record_replace on unwatched.incident_record for delete
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'write')));
grant select on unwatched.incident_record to unwatched_program;
grant insert (clinic_id, case_id, incident_id, revision, item_id,
  ordinal) on unwatched.incident_record to unwatched_program;
create trigger incident_record_is_kept before update or delete or truncate on unwatched.incident_record
  for each statement execute function unwatched.refuse_change();

-- Which incidents a person takes for one course of conduct, from which a time limit for a charge counts. Revisions, never
-- edits: the newest counts, the older ones stay. All of it lies sealed under the key of the case: which incidents, the
-- days the police or the prosecutor told, and the reason.
create table unwatched.conduct_choice (
  clinic_id  uuid not null,
  case_id    uuid not null,
  revision   integer not null check (revision > 0),
  at         timestamptz not null,
  by_person  uuid not null,
  sealed     bytea not null,
  primary key (clinic_id, case_id, revision),
  foreign key (clinic_id, case_id) references unwatched.case_file
);

alter table unwatched.conduct_choice enable row level security;
create policy conduct_choice_read on unwatched.conduct_choice for select
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'read')));
create policy conduct_choice_make on unwatched.conduct_choice for insert
  with check (clinic_id = unwatched.clinic_now()
         and by_person = unwatched.person_now() and at = unwatched.time_now()
         and case_id in (select unwatched.opened_cases('chronology', 'write')));
grant select on unwatched.conduct_choice to unwatched_program;
grant insert (clinic_id, case_id, revision, at, by_person, sealed) on unwatched.conduct_choice to unwatched_program;
create trigger conduct_choice_is_append_only before update or delete or truncate on unwatched.conduct_choice
  for each statement execute function unwatched.refuse_change();

-- What the client writes down between appointments: sealed whole with the key of their case. A correction is an entry of
-- its own that names the one it corrects; nothing is changed and nothing goes.
create table unwatched.diary_entry (
  clinic_id  uuid not null,
  case_id    uuid not null,
  entry_id   uuid not null,
  written_at timestamptz not null,
  corrects   uuid,
  body       bytea not null,
  primary key (clinic_id, case_id, entry_id),
  -- Notes belong to whatever has a key: a case, or a companion.
  constraint diary_entry_has_key foreign key (clinic_id, case_id) references unwatched.file_key,
  foreign key (clinic_id, case_id, corrects) references unwatched.diary_entry
);

alter table unwatched.diary_entry enable row level security;
create policy diary_entry_read on unwatched.diary_entry for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('diary', 'read')));
-- The client's own words: nobody else writes here.
create policy diary_entry_make on unwatched.diary_entry for insert
  with check (clinic_id = unwatched.clinic_now() and case_id = unwatched.client_case_now()
              and written_at = unwatched.time_now()
              and case_id in (select unwatched.opened_cases('diary', 'write')));
grant select on unwatched.diary_entry to unwatched_program;
grant insert (clinic_id, case_id, entry_id, written_at, corrects, body) on unwatched.diary_entry to unwatched_program;
create trigger diary_entry_is_kept before update or delete or truncate on unwatched.diary_entry
  for each statement execute function unwatched.refuse_change();
create trigger diary_entry_opens_its_use after insert on unwatched.diary_entry
  for each row execute function unwatched.open_phrase_use_again();
