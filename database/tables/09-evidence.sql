-- What arrived, how, and every touch since. Originals are never changed or removed.
-- Evidence as it lies in the tables tells nothing to anyone who holds a copy of a file, its digest, its size or its name,
-- but not the key (decision 36). What a row says is sealed as one under the key of its case and padded. In the open stay
-- ids, states, times, who did what, and the order of the custody log, which rows are found and sorted by.
-- What is derived has bounds: for a file, a case and the clinic. What is kept is counted as it changes, so that nobody
-- counts millions of records to know whether there is room for one more. The counts are sealed: how many messages a chat
-- has, anyone who wrote half of them knows (decision 36). Where one is null it was never counted, and the program counts the
-- records themselves, once.

-- An original, once for each of its contents.
create table unwatched.item (
  clinic_id             uuid not null,
  case_id               uuid not null,
  item_id               uuid not null,
  blob_id               text not null,
  received_at           timestamptz not null,
  received_by           uuid,
  -- The same bytes and the same reference are found again by fingerprints under a key of the case. A reference never
  -- changes once issued.
  file_fingerprint      text not null check (file_fingerprint ~ '^[0-9a-f]{64}$'),
  reference_fingerprint text not null check (reference_fingerprint ~ '^[0-9a-f]{64}$'),
  sealed                bytea not null,
  primary key (clinic_id, case_id, item_id),
  unique (clinic_id, case_id, file_fingerprint),
  unique (clinic_id, case_id, reference_fingerprint),
  foreign key (clinic_id, case_id) references unwatched.case_file
);

alter table unwatched.item enable row level security;
-- Who may read the chronology may know which exhibits it rests on.
create policy item_read on unwatched.item for select
  using (clinic_id = unwatched.clinic_now()
         and (case_id in (select unwatched.opened_cases('evidence', 'read'))
           or case_id in (select unwatched.opened_cases('chronology', 'read'))));
create policy item_make on unwatched.item for insert
  with check (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('evidence', 'write')));
grant select on unwatched.item to unwatched_program;
grant insert (clinic_id, case_id, item_id, blob_id, received_at, received_by, file_fingerprint, reference_fingerprint,
  sealed) on unwatched.item to unwatched_program;
create trigger item_is_kept before update or delete or truncate on unwatched.item
  for each statement execute function unwatched.refuse_change();

-- The same bytes arriving twice are one item with two arrivals.
create table unwatched.arrival (
  clinic_id   uuid not null,
  case_id     uuid not null,
  arrival_id  uuid not null,
  item_id     uuid not null,
  arrived_at  timestamptz not null,
  received_by uuid,
  form_token  text,
  -- How many lines the custody log had with this arrival's: the order of arrivals, which no two share.
  log_size    bigint not null check (log_size > 0),
  -- With the receipt as it was given: item digest, time, log size and signed head.
  sealed      bytea not null,
  primary key (clinic_id, case_id, arrival_id),
  foreign key (clinic_id, case_id, item_id) references unwatched.item
);
create index arrival_by_item on unwatched.arrival (clinic_id, case_id, item_id);
-- The same form sent twice is one arrival of each of its files.
create unique index arrival_once on unwatched.arrival (clinic_id, case_id, form_token, item_id);

alter table unwatched.arrival enable row level security;
-- Who may read the chronology may know which exhibits it rests on.
create policy arrival_read on unwatched.arrival for select
  using (clinic_id = unwatched.clinic_now()
         and (case_id in (select unwatched.opened_cases('evidence', 'read'))
           or case_id in (select unwatched.opened_cases('chronology', 'read'))));
create policy arrival_make on unwatched.arrival for insert
  with check (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('evidence', 'write')));
grant select on unwatched.arrival to unwatched_program;
grant insert (clinic_id, case_id, arrival_id, item_id, arrived_at, received_by, form_token, log_size,
  sealed) on unwatched.arrival to unwatched_program;
create trigger arrival_is_kept before update or delete or truncate on unwatched.arrival
  for each statement execute function unwatched.refuse_change();

-- The custody log of a case, line by line.
create table unwatched.custody_line (
  clinic_id  uuid not null,
  case_id    uuid not null,
  sequence   bigint not null check (sequence >= 0),
  item_id    uuid,
  -- The line in canonical JSON, exactly as it was digested.
  sealed     bytea not null,
  primary key (clinic_id, case_id, sequence)
);
create index custody_by_item on unwatched.custody_line (clinic_id, case_id, item_id);

alter table unwatched.custody_line enable row level security;
-- Any part of the work on a case may add a line of custody (a bundle leaving is one); the log is read with the evidence.
create policy custody_line_read on unwatched.custody_line for select
  using (clinic_id = unwatched.clinic_now()
         and (case_id in (select unwatched.opened_cases('evidence', 'read'))
              or case_id in (select unwatched.opened_cases('bundle', 'read'))));
create policy custody_line_make on unwatched.custody_line for insert
  with check (clinic_id = unwatched.clinic_now()
         and (case_id in (select unwatched.opened_cases('evidence', 'read'))
              or case_id in (select unwatched.opened_cases('bundle', 'read'))));
grant select on unwatched.custody_line to unwatched_program;
grant insert (clinic_id, case_id, sequence, item_id, sealed) on unwatched.custody_line to unwatched_program;
create trigger custody_line_is_kept before update or delete or truncate on unwatched.custody_line
  for each statement execute function unwatched.refuse_change();

-- One row a case, locked while a line is appended, so lines never race.
create table unwatched.custody_head (
  clinic_id  uuid not null,
  case_id    uuid not null,
  -- What the engine needs to append without reading the log again, and the signed head. Empty before the first line.
  sealed     bytea not null default '',
  primary key (clinic_id, case_id)
);

alter table unwatched.custody_head enable row level security;
create policy custody_head_all on unwatched.custody_head for all
  using (clinic_id = unwatched.clinic_now()
         and (case_id in (select unwatched.opened_cases('evidence', 'read'))
              or case_id in (select unwatched.opened_cases('bundle', 'read'))))
  with check (clinic_id = unwatched.clinic_now()
         and (case_id in (select unwatched.opened_cases('evidence', 'read'))
              or case_id in (select unwatched.opened_cases('bundle', 'read'))));
grant select on unwatched.custody_head to unwatched_program;
grant insert (clinic_id, case_id, sealed) on unwatched.custody_head to unwatched_program;
grant update (sealed) on unwatched.custody_head to unwatched_program;

-- One reading of an item by an importer; the newest one that is done holds the records in force.
create table unwatched.reading (
  clinic_id   uuid not null,
  case_id     uuid not null,
  item_id     uuid not null,
  state       text not null check (state in ('waiting', 'reading', 'asking', 'done', 'failed')),
  -- The code of the fault that ended the last attempt.
  failure     text not null default '',
  started_at  timestamptz,
  ended_at    timestamptz,
  -- What the importer says of it: format, account, questions and answers.
  sealed      bytea not null,
  -- What a person asked to be read: sealed; empty for the whole.
  asked       jsonb not null default '{}',
  -- Moves on whenever something else is asked for: a reading that began before then keeps nothing.
  asked_count integer not null default 0,
  -- What the reading keeps, records and bytes of text: sealed under the key of the case.
  kept        bytea,
  -- How far a reading at work has come: sealed under the key of the case. Null where none is at work.
  progress    bytea,
  primary key (clinic_id, case_id, item_id),
  foreign key (clinic_id, case_id, item_id) references unwatched.item
);
-- The list of items: by how a reading stands, as far as that lies in the open, and by age.
create index reading_by_state on unwatched.reading (clinic_id, case_id, state, item_id);

alter table unwatched.reading enable row level security;
-- Who may read the chronology must be told how its sources were read, and what in them could not be.
create policy reading_read on unwatched.reading for select
  using (clinic_id = unwatched.clinic_now()
         and (case_id in (select unwatched.opened_cases('evidence', 'read'))
              or case_id in (select unwatched.opened_cases('chronology', 'read'))));
create policy reading_make on unwatched.reading for insert
  with check (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('evidence', 'write')));
create policy reading_change on unwatched.reading for update
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('evidence', 'write')));
grant select on unwatched.reading to unwatched_program;
grant insert (clinic_id, case_id, item_id, state, failure, started_at, ended_at, sealed, asked, asked_count,
  kept) on unwatched.reading to unwatched_program;
grant update (state, failure, started_at, ended_at, sealed, asked, asked_count,
  kept, progress) on unwatched.reading to unwatched_program;

-- What all readings of a case keep: sealed under the key of the case.
create table unwatched.derived_of_case (
  clinic_id  uuid not null,
  case_id    uuid not null,
  sealed     bytea,
  primary key (clinic_id, case_id),
  foreign key (clinic_id, case_id) references unwatched.case_file
);

alter table unwatched.derived_of_case enable row level security;
create policy derived_of_case_read on unwatched.derived_of_case for select
  using (clinic_id = unwatched.clinic_now()
         and (case_id in (select unwatched.opened_cases('evidence', 'read'))
              or case_id in (select unwatched.opened_cases('chronology', 'read'))));
create policy derived_of_case_make on unwatched.derived_of_case for insert
  with check (clinic_id = unwatched.clinic_now()
         and unwatched.is_job() and case_id in (select unwatched.opened_cases('evidence', 'write')));
create policy derived_of_case_change on unwatched.derived_of_case for update
  using (clinic_id = unwatched.clinic_now()
         and unwatched.is_job() and case_id in (select unwatched.opened_cases('evidence', 'write')));
grant select on unwatched.derived_of_case to unwatched_program;
grant insert (clinic_id, case_id, sealed) on unwatched.derived_of_case to unwatched_program;
grant update (sealed) on unwatched.derived_of_case to unwatched_program;

-- What all cases hold: sealed under the key of the clinic.
create table unwatched.derived_of_clinic (
  clinic_id  uuid primary key references unwatched.clinic,
  sealed     bytea
);

alter table unwatched.derived_of_clinic enable row level security;
-- How much a whole clinic holds is nobody's to see who reads one case.
create policy derived_of_clinic_all on unwatched.derived_of_clinic for all
  using (clinic_id = unwatched.clinic_now() and unwatched.is_job())
  with check (clinic_id = unwatched.clinic_now() and unwatched.is_job());
grant select on unwatched.derived_of_clinic to unwatched_program;
grant insert (clinic_id, sealed) on unwatched.derived_of_clinic to unwatched_program;
grant update (sealed) on unwatched.derived_of_clinic to unwatched_program;

-- What in an original could lead somebody to the client. One row an item, made again with each reading. What was found
-- and where lies sealed under the key of the case; `searched_for` tells whether it was looked for with the same details of
-- the client, and nothing about them.
create table unwatched.giveaway_search (
  clinic_id   uuid not null,
  case_id     uuid not null,
  item_id     uuid not null,
  at          timestamptz not null,
  searched_for  text not null check (searched_for ~ '^[0-9a-f]{64}$'),
  sealed      bytea not null,
  primary key (clinic_id, case_id, item_id),
  foreign key (clinic_id, case_id, item_id) references unwatched.item
);

alter table unwatched.giveaway_search enable row level security;
create policy giveaway_search_read on unwatched.giveaway_search for select
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('evidence', 'read')));
create policy giveaway_search_make on unwatched.giveaway_search for insert
  with check (clinic_id = unwatched.clinic_now()
         and unwatched.is_job() and case_id in (select unwatched.opened_cases('evidence', 'write')));
create policy giveaway_search_change on unwatched.giveaway_search for update
  using (clinic_id = unwatched.clinic_now()
         and unwatched.is_job() and case_id in (select unwatched.opened_cases('evidence', 'write')));
grant select on unwatched.giveaway_search to unwatched_program;
grant insert (clinic_id, case_id, item_id, at, searched_for, sealed) on unwatched.giveaway_search to unwatched_program;
grant update (at, searched_for, sealed) on unwatched.giveaway_search to unwatched_program;

-- A picture made afresh from the pixels of an original. It is derived and never the original: it has no exhibit reference
-- of its own, and the custody log says from what it was made.
create table unwatched.working_copy (
  clinic_id  uuid not null,
  case_id    uuid not null,
  item_id    uuid not null,
  blob_id    text not null,
  made_at    timestamptz not null,
  sealed     bytea not null,
  primary key (clinic_id, case_id, item_id),
  foreign key (clinic_id, case_id, item_id) references unwatched.item
);

alter table unwatched.working_copy enable row level security;
create policy working_copy_read on unwatched.working_copy for select
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('evidence', 'read')));
create policy working_copy_make on unwatched.working_copy for insert
  with check (clinic_id = unwatched.clinic_now()
         and unwatched.is_job() and case_id in (select unwatched.opened_cases('evidence', 'read'))
         and case_id in (select unwatched.opened_cases('bundle', 'write')));
grant select on unwatched.working_copy to unwatched_program;
grant insert (clinic_id, case_id, item_id, blob_id, made_at, sealed) on unwatched.working_copy to unwatched_program;
create trigger working_copy_is_kept before update or delete or truncate on unwatched.working_copy
  for each statement execute function unwatched.refuse_change();

-- What is looked at of a picture: made again from its pixels, and derived. Each try is a row and none is changed; the newest
-- counts. Where none could be made the reason lies sealed, and no blob is named.
create table unwatched.safe_copy (
  clinic_id  uuid not null,
  case_id    uuid not null,
  item_id    uuid not null,
  attempt    integer not null check (attempt > 0),
  blob_id    text,
  tried_at   timestamptz not null,
  -- With a small picture for the list; padded, so that its length tells nothing of it.
  sealed     bytea not null,
  primary key (clinic_id, case_id, item_id, attempt),
  foreign key (clinic_id, case_id, item_id) references unwatched.item
);

alter table unwatched.safe_copy enable row level security;
create policy safe_copy_read on unwatched.safe_copy for select
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('evidence', 'read')));
create policy safe_copy_make on unwatched.safe_copy for insert
  with check (clinic_id = unwatched.clinic_now()
         and unwatched.is_job() and case_id in (select unwatched.opened_cases('evidence', 'write')));
grant select on unwatched.safe_copy to unwatched_program;
grant insert (clinic_id, case_id, item_id, attempt, blob_id, tried_at, sealed) on unwatched.safe_copy to unwatched_program;
create trigger safe_copy_is_kept before update or delete or truncate on unwatched.safe_copy
  for each statement execute function unwatched.refuse_change();

-- What a picture says, in a short form, as a person typed it off. Each revision is a row and none is changed; the newest counts.
create table unwatched.transcript (
  clinic_id  uuid not null,
  case_id    uuid not null,
  item_id    uuid not null,
  revision   integer not null check (revision > 0),
  at         timestamptz not null,
  by_person  uuid,
  sealed     bytea not null,
  primary key (clinic_id, case_id, item_id, revision),
  foreign key (clinic_id, case_id, item_id) references unwatched.item
);

alter table unwatched.transcript enable row level security;
create policy transcript_read on unwatched.transcript for select
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('evidence', 'read')));
create policy transcript_make on unwatched.transcript for insert
  with check (clinic_id = unwatched.clinic_now()
         and by_person = unwatched.person_now() and case_id in (select unwatched.opened_cases('evidence', 'write')));
grant select on unwatched.transcript to unwatched_program;
grant insert (clinic_id, case_id, item_id, revision, at, by_person, sealed) on unwatched.transcript to unwatched_program;
create trigger transcript_is_kept before update or delete or truncate on unwatched.transcript
  for each statement execute function unwatched.refuse_change();

-- The records of a case, sealed: blocks of one size, in generations that are written once and never changed. Segments,
-- leaves, directories and what only fills a generation up to a power of two of blocks look alike, so that neither how
-- many messages there are nor how long they are gives a case away (S8). A block opens only in its own place, of its own
-- generation, in its own case.
create table unwatched.record_block (
  clinic_id   uuid not null,
  case_id     uuid not null,
  generation  uuid not null,
  number      integer not null,
  -- Two of them fill a page of the table, and none is stored elsewhere.
  body        bytea not null check (length(body) = 4000),
  primary key (clinic_id, case_id, generation, number),
  foreign key (clinic_id, case_id) references unwatched.case_file
);
alter table unwatched.record_block alter column body set storage plain;

alter table unwatched.record_block enable row level security;
create policy record_block_read on unwatched.record_block for select
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'read')));
create policy record_block_make on unwatched.record_block for insert
  with check (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'write')));
create policy record_block_replace on unwatched.record_block for delete
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'write')));
grant select, delete on unwatched.record_block to unwatched_program;
grant insert (clinic_id, case_id, generation, number, body) on unwatched.record_block to unwatched_program;

-- Which generations a case has now, sealed whole: what is not named in it is no part of the case, and is cleared by the
-- next who writes.
create table unwatched.record_root (
  clinic_id  uuid not null,
  case_id    uuid not null,
  sealed     bytea not null,
  primary key (clinic_id, case_id),
  foreign key (clinic_id, case_id) references unwatched.case_file
);

alter table unwatched.record_root enable row level security;
create policy record_root_read on unwatched.record_root for select
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'read')));
create policy record_root_make on unwatched.record_root for insert
  with check (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'write')));
create policy record_root_change on unwatched.record_root for update
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('chronology', 'write')));
grant select on unwatched.record_root to unwatched_program;
grant insert (clinic_id, case_id, sealed) on unwatched.record_root to unwatched_program;
grant update (sealed) on unwatched.record_root to unwatched_program;
