-- A client signs in with a phrase of words, looks at their own case while it is open, and writes in their diary.
-- The second phrase opens the same pages as the first, over a file of its own that is empty. The alarm is the use itself:
-- it stands from the transaction of the sign-in until somebody writes down what was done.

-- One for each case that has phrases, whether or not the second one is ever used. It is no case: it has a key, notes and
-- acts, and no name, no reference, no consent and no row in any list of cases.
create table unwatched.companion (
  clinic_id    uuid not null,
  case_id      uuid not null,
  companion_id uuid not null,
  made_at      timestamptz not null,
  primary key (clinic_id, case_id),
  unique (clinic_id, companion_id),
  foreign key (clinic_id, case_id) references unwatched.case_file
);

alter table unwatched.companion enable row level security;
create policy companion_read on unwatched.companion for select
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.task_now() in ('sign-in', 'job-tell-on-call')
              or case_id in (select unwatched.opened_cases('contact', 'write'))));
grant select on unwatched.companion to unwatched_program;

-- Of a phrase the clinic keeps where to find it (a keyed digest of its first two words) and an Argon2id verifier that
-- is bound to the case. `open` lets the client in; `duress` opens the same pages over the companion file, and tells the clinic.
create table unwatched.case_phrase (
  clinic_id  uuid not null,
  case_id    uuid not null,
  handle     text not null check (handle ~ '^[0-9a-f]{64}$'),
  kind       text not null check (kind in ('open', 'duress')),
  verifier   text not null check (verifier like '$argon2id$%'),
  made_at    timestamptz not null,
  made_by    uuid not null,
  ended_at   timestamptz,
  primary key (clinic_id, case_id, handle),
  foreign key (clinic_id, case_id) references unwatched.case_file,
  -- No phrase without one: neither of a pair could let anybody in to less than the other.
  constraint case_phrase_has_companion foreign key (clinic_id, case_id) references unwatched.companion
);
create unique index case_phrase_by_handle on unwatched.case_phrase (clinic_id, handle) where ended_at is null;
create unique index case_phrase_of_each_kind on unwatched.case_phrase (clinic_id, case_id, kind) where ended_at is null;

alter table unwatched.case_phrase enable row level security;
-- The phrases of a case are made and ended by anyone who keeps safe contact with the client.
create policy case_phrase_read on unwatched.case_phrase for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('contact', 'write')));
create policy case_phrase_make on unwatched.case_phrase for insert
  with check (clinic_id = unwatched.clinic_now() and made_by = unwatched.person_now() and ended_at is null
              and case_id in (select unwatched.opened_cases('contact', 'write')));
create policy case_phrase_end on unwatched.case_phrase for update
  using (clinic_id = unwatched.clinic_now() and ended_at is null
         and case_id in (select unwatched.opened_cases('contact', 'write')))
  with check (clinic_id = unwatched.clinic_now() and ended_at is not null);
create policy case_phrase_waits on unwatched.case_phrase as restrictive for insert
  with check (not unwatched.is_fresh_now());
grant select on unwatched.case_phrase to unwatched_program;
grant insert (clinic_id, case_id, handle, kind, verifier, made_at, made_by,
  ended_at) on unwatched.case_phrase to unwatched_program;
grant update (ended_at) on unwatched.case_phrase to unwatched_program;

-- One row for each browser a client is signed in at; only the hash of its token. It has the kind of the phrase.
create table unwatched.client_session (
  clinic_id    uuid not null,
  token_hash   text not null,
  case_id      uuid not null,
  kind         text not null check (kind in ('open', 'duress')),
  started_at   timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at   timestamptz not null,
  primary key (clinic_id, token_hash),
  foreign key (clinic_id, case_id) references unwatched.case_file
);
create index client_session_by_case on unwatched.client_session (clinic_id, case_id);

alter table unwatched.client_session enable row level security;
create policy client_session_sign_in on unwatched.client_session for all
  using (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'sign-in')
  with check (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'sign-in');
-- A new phrase ends the sessions of the one before.
create policy client_session_read on unwatched.client_session for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('contact', 'write')));
create policy client_session_end on unwatched.client_session for delete
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('contact', 'write')));
grant select, delete on unwatched.client_session to unwatched_program;
grant insert (clinic_id, token_hash, case_id, kind, started_at, last_seen_at,
  expires_at) on unwatched.client_session to unwatched_program;
grant update (case_id, kind, started_at, last_seen_at, expires_at) on unwatched.client_session to unwatched_program;

-- What was done about it, by whom: sealed, and kept for ever.
create table unwatched.phrase_access (
  clinic_id  uuid not null,
  case_id    uuid not null,
  access_id    uuid not null,
  at         timestamptz not null,
  by_person  uuid not null,
  sealed     bytea not null,
  primary key (clinic_id, case_id, access_id),
  foreign key (clinic_id, case_id) references unwatched.case_file
);

alter table unwatched.phrase_access enable row level security;
create policy phrase_access_read on unwatched.phrase_access for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('contact', 'write')));
create policy phrase_access_make on unwatched.phrase_access for insert
  with check (clinic_id = unwatched.clinic_now() and by_person = unwatched.person_now() and at = unwatched.time_now()
              and case_id in (select unwatched.opened_cases('contact', 'write')));
grant select on unwatched.phrase_access to unwatched_program;
grant insert (clinic_id, case_id, access_id, at, by_person, sealed) on unwatched.phrase_access to unwatched_program;
create trigger phrase_access_is_kept before update or delete or truncate on unwatched.phrase_access
  for each statement execute function unwatched.refuse_change();

-- Every time a phrase let somebody in. A use of the duress phrase stays open until a person says what was done about it.
create table unwatched.phrase_use (
  clinic_id  uuid not null,
  case_id    uuid not null,
  use_id     uuid not null,
  kind       text not null check (kind in ('open', 'duress')),
  at         timestamptz not null,
  seen_at    timestamptz,
  seen_by    uuid,
  access_id    uuid,
  -- Since when it is open again, because something was written in such a visit after it was looked into.
  again_at   timestamptz,
  -- What became of the mail to those on call, when, and which of their addresses have it.
  told       text check (told in ('sent', 'trying', 'held', 'refused', 'no-address', 'no-mail-here', 'words-give-away',
                                  'given-up')),
  told_at    timestamptz,
  told_to    text[] not null default '{}',
  -- When something was last written in its visit; what was told before that was not told of it.
  noted_at   timestamptz,
  -- When the last mail to those on call because of it began to leave.
  mailed_at  timestamptz,
  primary key (clinic_id, case_id, use_id),
  foreign key (clinic_id, case_id) references unwatched.case_file,
  foreign key (clinic_id, case_id, access_id) references unwatched.phrase_access,
  check ((seen_at is null) = (seen_by is null))
);
create index phrase_use_open on unwatched.phrase_use (clinic_id, case_id) where kind = 'duress' and seen_at is null;

alter table unwatched.phrase_use enable row level security;
create policy phrase_use_make on unwatched.phrase_use for insert
  with check (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'sign-in' and seen_at is null);
create policy phrase_use_read on unwatched.phrase_use for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('contact', 'write')));
create policy phrase_use_seen on unwatched.phrase_use for update
  using (clinic_id = unwatched.clinic_now() and seen_at is null
         and case_id in (select unwatched.opened_cases('contact', 'write')))
  with check (clinic_id = unwatched.clinic_now() and seen_by = unwatched.person_now());
-- The job that writes to those on call sees that there was a use, and no case.
create policy phrase_use_tell_read on unwatched.phrase_use for select
  using (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'job-tell-on-call');
create policy phrase_use_tell on unwatched.phrase_use for update
  using (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'job-tell-on-call' and seen_at is null)
  with check (clinic_id = unwatched.clinic_now() and seen_at is null);
grant select on unwatched.phrase_use to unwatched_program;
grant insert (clinic_id, case_id, use_id, kind, at, seen_at, seen_by, access_id, again_at, told, told_at, told_to,
  noted_at, mailed_at) on unwatched.phrase_use to unwatched_program;
grant update (seen_at, seen_by, access_id, told, told_at, told_to,
  mailed_at) on unwatched.phrase_use to unwatched_program;
create trigger phrase_use_closes_with_a_note before update on unwatched.phrase_use
  for each row execute function unwatched.keep_phrase_use();
