-- One timeline: the records of `record_block` (09-evidence.sql) and incidents made by people.
-- S8: what an incident was lies sealed under the key of its case.
-- Nothing here is ever deleted.


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
create index diary_entry_in_order on unwatched.diary_entry (clinic_id, case_id, written_at, entry_id)
  where corrects is null;
create index diary_entry_by_corrected on unwatched.diary_entry (clinic_id, case_id, corrects) where corrects is not null;

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
