-- The tables as the first release made them, which the changes begin from. Never edited, and not the tables of today:
-- those are in tables/. An older backup is brought back into these, and then takes the changes it has not had.

create table unwatched.clinic (
  clinic_id  uuid primary key,
  slug       text not null unique check (slug ~ '^[a-z0-9-]{2,60}$'),
  name       text not null,
  profile    jsonb not null,
  key_id     text not null,
  is_demo    boolean not null default false,
  opened_at  timestamptz not null
);
alter table unwatched.clinic enable row level security;
create table unwatched.form_once (
  clinic_id  uuid not null references unwatched.clinic,
  token      text not null check (length(token) between 8 and 100),
  at         timestamptz not null,
  answer     text not null,
  primary key (clinic_id, token)
);
alter table unwatched.form_once enable row level security;
create table unwatched.file_key (
  clinic_id  uuid not null references unwatched.clinic,
  case_id    uuid not null,
  wrapped    bytea not null,
  made_at    timestamptz not null,
  primary key (clinic_id, case_id)
);
alter table unwatched.file_key enable row level security;
create table unwatched.job_run (
  clinic_id  uuid not null references unwatched.clinic,
  job_id     bigint not null,
  job        text not null check (job ~ '^[a-z][a-z-]{1,60}$'),
  presence   integer,
  started_at timestamptz not null default now(),
  deaths     integer not null default 0 check (deaths >= 0),
  primary key (clinic_id, job_id)
);
alter table unwatched.job_run enable row level security;
create table unwatched.write_check (
  clinic_id uuid primary key references unwatched.clinic,
  at        timestamptz not null,
  filler    bytea not null
);
alter table unwatched.write_check alter column filler set storage external;
alter table unwatched.write_check enable row level security;
create table unwatched.origin_tally (
  clinic_id uuid not null references unwatched.clinic,
  digest    text not null check (digest ~ '^[0-9a-f]{64}$'),
  ends_at   timestamptz not null,
  sealed    bytea not null,
  primary key (clinic_id, digest)
);
create index origin_tally_by_end on unwatched.origin_tally (clinic_id, ends_at);
alter table unwatched.origin_tally enable row level security;
create table unwatched.act (
  clinic_id  uuid not null references unwatched.clinic,
  act_id     bigint generated always as identity,
  at         timestamptz not null,
  person_id  uuid,
  agency_id  uuid,
  task       text,
  verb       text not null check (verb ~ '^[a-z][a-z-]{2,60}$'),
  case_id    uuid,
  part       text,
  subject    text,
  detail     jsonb not null default '{}',
  xid        xid8 not null default pg_current_xact_id(),
  sealed     bytea,
  is_copy    boolean not null default false,
  set_up_again_at timestamptz,
  by_itself boolean not null generated always as (task is not null and task in ('setup', 'job-build-bundle',
    'job-carry-over-contact', 'job-keep-names', 'job-look-at-phrase-use', 'job-queue', 'job-read-item', 'job-review-due',
    'job-send-message', 'job-tell-on-call', 'job-watch-machine')) stored,
  primary key (clinic_id, act_id),
  constraint act_detail_is_sealed
    check (case_id is null or detail = '{}' or verb in ('case-opened', 'case-refused'))
);
create index act_by_case on unwatched.act (clinic_id, case_id, by_itself, act_id);
create index act_by_transaction on unwatched.act (xid);
create index act_of_clinic on unwatched.act (clinic_id, act_id)
  where (case_id is null or task = 'job-command-line' and verb = 'case-opened') and not is_copy;
alter table unwatched.act enable row level security;
create table unwatched.agency (
  clinic_id  uuid not null references unwatched.clinic,
  agency_id  uuid not null,
  slug       text not null,
  name       text not null,
  kind       text not null check (kind in ('domestic-abuse-service', 'cyber-helpline', 'stalking-charity', 'police', 'other')),
  is_lead    boolean not null default false,
  primary key (clinic_id, agency_id),
  unique (clinic_id, slug)
);
alter table unwatched.agency enable row level security;
create table unwatched.person (
  clinic_id    uuid not null,
  person_id    uuid not null,
  agency_id    uuid not null,
  role         text not null check (role in ('call-handler', 'coordinator', 'cyber-adviser', 'stalking-advocate',
                                             'idva', 'police-liaison', 'manager', 'administrator')),
  name         text not null check (length(name) between 1 and 200),
  sign_in_name text not null check (length(sign_in_name) between 3 and 200),
  state        text not null default 'invited' check (state in ('invited', 'active', 'suspended')),
  joined_at    timestamptz not null,
  primary key (clinic_id, person_id),
  unique (clinic_id, sign_in_name),
  foreign key (clinic_id, agency_id) references unwatched.agency
);
create index person_by_name on unwatched.person (clinic_id, name, person_id);
alter table unwatched.person enable row level security;
create table unwatched.link_request (
  clinic_id     uuid not null references unwatched.clinic,
  request_id    uuid not null,
  person_id     uuid not null,
  kind          text not null check (kind in ('new-person', 'new-link', 'return')),
  name          text check (length(name) between 1 and 200),
  sign_in_name  text check (length(sign_in_name) between 3 and 200),
  role          text,
  agency_id     uuid,
  state         text not null check (state in ('asked', 'approved', 'refused', 'withdrawn')),
  asked_by      uuid not null,
  asked_at      timestamptz not null,
  decided_by    uuid,
  decided_at    timestamptz,
  reason        text not null default '' check (length(reason) <= 2000),
  asked_because text not null default '' check (length(asked_because) <= 2000),
  code_kept     text check (code_kept ~ '^[0-9a-f]{64}$'),
  primary key (clinic_id, request_id),
  foreign key (clinic_id, agency_id) references unwatched.agency,
  foreign key (clinic_id, asked_by) references unwatched.person,
  check ((kind = 'new-person') = (name is not null and sign_in_name is not null and role is not null and agency_id is not null)),
  check (kind = 'new-person' or coalesce(name, sign_in_name, role, agency_id::text) is null),
  check ((state = 'asked') = (decided_by is null and decided_at is null)),
  check (state not in ('approved', 'refused') or decided_by not in (asked_by, person_id)),
  check (state <> 'refused' or reason <> ''),
  constraint link_request_return_says_why check ((kind = 'return') = (asked_because <> '')),
  constraint link_request_has_code check (kind = 'return' or code_kept is not null)
);
create unique index link_request_once on unwatched.link_request (clinic_id, person_id) where state = 'asked';
create unique index link_request_one_name on unwatched.link_request (clinic_id, sign_in_name)
  where state = 'asked' and kind = 'new-person';
alter table unwatched.link_request enable row level security;
create table unwatched.invitation (
  clinic_id     uuid not null,
  token_hash    text not null check (token_hash ~ '^[0-9a-f]{64}$'),
  person_id     uuid not null,
  purpose       text not null check (purpose in ('enrol', 'demo-sign-in')),
  made_at       timestamptz not null,
  expires_at    timestamptz not null,
  used_at       timestamptz,
  request_id    uuid,
  code_kept     text check (code_kept ~ '^[0-9a-f]{64}$'),
  witness_kept  text check (witness_kept ~ '^[0-9a-f]{64}$'),
  witnessed_by  uuid,
  witness_until timestamptz,
  second_by     text check (second_by in ('nothing-agreed-yet', 'second-secret', 'witness')),
  primary key (clinic_id, token_hash),
  foreign key (clinic_id, person_id) references unwatched.person,
  foreign key (clinic_id, request_id) references unwatched.link_request,
  check ((witness_kept is null) = (witnessed_by is null) and (witness_kept is null) = (witness_until is null))
);
create unique index invitation_by_request on unwatched.invitation (clinic_id, request_id);
alter table unwatched.invitation enable row level security;
create table unwatched.credential (
  clinic_id       uuid not null,
  person_id       uuid not null,
  password_hash   text,
  code_secret     bytea,
  last_code_step  bigint not null default 0,
  enrolled_at     timestamptz,
  second_kept     text check (second_kept ~ '^[0-9a-f]{64}$'),
  second_made_at  timestamptz,
  primary key (clinic_id, person_id),
  foreign key (clinic_id, person_id) references unwatched.person
);
alter table unwatched.credential enable row level security;
create table unwatched.credential_change (
  clinic_id     uuid not null,
  change_id     bigint generated always as identity,
  person_id     uuid not null,
  at            timestamptz not null,
  kind          text not null check (kind in ('joined', 'set-up-again', 'password', 'code-app', 'second-secret')),
  asked_by      uuid,
  approved_by   uuid,
  witnessed_by  uuid,
  at_machine    boolean not null default false,
  waits_until   timestamptz,
  freed_by      uuid,
  freed_at      timestamptz,
  known_at      timestamptz,
  primary key (clinic_id, change_id),
  foreign key (clinic_id, person_id) references unwatched.person,
  check ((freed_by is null) = (freed_at is null)),
  check (freed_by is null or freed_by not in (person_id, coalesce(asked_by, person_id), coalesce(approved_by, person_id),
                                              coalesce(witnessed_by, person_id)))
);
create index credential_change_by_person on unwatched.credential_change (clinic_id, person_id, change_id);
alter table unwatched.credential_change enable row level security;
create table unwatched.session (
  clinic_id     uuid not null,
  token_hash    text not null check (token_hash ~ '^[0-9a-f]{64}$'),
  person_id     uuid not null,
  started_at    timestamptz not null,
  last_seen_at  timestamptz not null,
  expires_at    timestamptz not null,
  session_id    uuid not null default gen_random_uuid(),
  device        text not null default 'unknown' check (device in ('phone', 'tablet', 'computer', 'unknown')),
  network       text not null default '' check (length(network) <= 40),
  proved_at     timestamptz not null,
  primary key (clinic_id, token_hash),
  foreign key (clinic_id, person_id) references unwatched.person
);
create index session_by_person on unwatched.session (clinic_id, person_id);
create unique index session_by_id on unwatched.session (clinic_id, session_id);
alter table unwatched.session enable row level security;
create table unwatched.wrong_guess (
  clinic_id  uuid not null references unwatched.clinic,
  guess_id   bigint generated always as identity,
  subject    text not null check (subject ~ '^[0-9a-f]{64}$'),
  at         timestamptz not null,
  primary key (clinic_id, guess_id)
);
create index wrong_guess_by_subject on unwatched.wrong_guess (clinic_id, subject, at);
alter table unwatched.wrong_guess enable row level security;
create table unwatched.service_check (
  clinic_id  uuid not null,
  check_id   uuid not null,
  service    text not null check (length(service) between 1 and 120),
  entry      text not null check (entry ~ '^[0-9a-f]{64}$'),
  checked_at timestamptz not null,
  checked_by uuid not null,
  method     text not null check (method in ('telephone', 'website', 'told-by-them')),
  finding    text not null check (finding in ('right', 'wrong')),
  note       text not null check (length(note) <= 1000),
  primary key (clinic_id, check_id),
  foreign key (clinic_id, checked_by) references unwatched.person
);
create index service_check_by_entry on unwatched.service_check (clinic_id, service, entry, checked_at desc);
alter table unwatched.service_check enable row level security;
create table unwatched.referral (
  clinic_id    uuid not null references unwatched.clinic,
  case_id      uuid not null,
  reference    text not null,
  form_token   text not null,
  received_by  text not null check (received_by in ('phone', 'public-form')),
  received_at  timestamptz not null,
  taken_by     uuid,
  referred_by  text not null,
  state        text not null check (state in ('waiting', 'triaged', 'opened', 'not-ours', 'set-aside', 'cleared')),
  client_name  text not null,
  suspect_name text not null default '',
  answers      jsonb not null,
  decision     jsonb not null,
  is_matched   boolean not null default true,
  urgency      text not null default 'routine' check (urgency in ('today', 'two-days', 'seven-days', 'routine')),
  urgency_rank integer not null
    generated always as (array_position(array['today', 'two-days', 'seven-days', 'routine'], urgency)) stored,
  primary key (clinic_id, case_id),
  unique (clinic_id, reference),
  unique (clinic_id, form_token)
);
create index referral_waiting on unwatched.referral (clinic_id, urgency_rank, received_at, case_id)
  where state in ('waiting', 'triaged');
create index referral_unmatched on unwatched.referral (clinic_id, received_at)
  where state in ('waiting', 'triaged') and not is_matched;
alter table unwatched.referral enable row level security;
create table unwatched.name_block (
  clinic_id   uuid not null,
  generation  uuid not null,
  number      integer not null,
  body        bytea not null check (length(body) = 4000),
  primary key (clinic_id, generation, number)
);
alter table unwatched.name_block alter column body set storage plain;
alter table unwatched.name_block enable row level security;
create table unwatched.name_root (
  clinic_id  uuid primary key,
  sealed     bytea not null
);
alter table unwatched.name_root enable row level security;
create table unwatched.name_change (
  clinic_id  uuid not null,
  case_id    uuid not null,
  change_id  uuid not null default gen_random_uuid(),
  was_kept   boolean not null,
  primary key (clinic_id, case_id)
);
alter table unwatched.name_change enable row level security;
create table unwatched.sealed_field (
  clinic_id    uuid not null,
  case_id      uuid not null,
  kind         text not null check (kind ~ '^[a-z-]{2,40}$'),
  sealed       bytea not null,
  recorded_at  timestamptz not null,
  recorded_by  uuid,
  primary key (clinic_id, case_id, kind)
);
alter table unwatched.sealed_field enable row level security;
create table unwatched.triage (
  clinic_id       uuid not null,
  case_id         uuid not null,
  triage_id       bigint generated always as identity,
  at              timestamptz not null,
  by_person       uuid not null,
  stalker_type    text not null check (stalker_type in ('stranger-online', 'known-control', 'both', 'not-clear-yet')),
  type_reasons    text[] not null,
  urgency         text not null check (urgency in ('today', 'two-days', 'seven-days', 'routine')),
  urgency_reasons text[] not null,
  conflicts       jsonb not null default '""',
  note            text not null default '',
  primary key (clinic_id, case_id, triage_id)
);
alter table unwatched.triage enable row level security;
create table unwatched.case_file (
  clinic_id     uuid not null,
  case_id       uuid not null,
  reference     text not null,
  client_name   text not null,
  stalker_type  text not null,
  urgency       text not null,
  state         text not null default 'open' check (state in ('open', 'closed')),
  opened_at     timestamptz not null,
  opened_by     uuid not null,
  zone          text not null default 'Europe/London',
  closed_at     timestamptz,
  closed_by     uuid,
  outcome       text check (outcome in ('contact-stopped', 'contact-less', 'contact-same', 'contact-more', 'not-known')),
  primary key (clinic_id, case_id),
  unique (clinic_id, reference),
  foreign key (clinic_id, case_id) references unwatched.referral
);
alter table unwatched.case_file enable row level security;
create table unwatched.consent (
  clinic_id      uuid not null,
  case_id        uuid not null,
  consent_id     uuid not null,
  agency_id      uuid not null,
  parts          text[] not null check (cardinality(parts) > 0),
  basis          text not null check (basis in ('consent', 'lawful-exception')),
  how            text not null,
  reason         text not null default '',
  recorded_at    timestamptz not null,
  recorded_by    uuid not null,
  approved_by    uuid,
  in_force_from  timestamptz not null,
  in_force_until timestamptz,
  withdrawn_at   timestamptz,
  withdrawn_by   uuid,
  words          text not null default '',
  words_edition  text not null default '' check (length(words_edition) <= 40),
  primary key (clinic_id, case_id, consent_id),
  foreign key (clinic_id, agency_id) references unwatched.agency,
  constraint consent_without_consent_names_two
    check (basis = 'consent' or (approved_by is not null and approved_by <> recorded_by))
);
create unique index consent_in_force on unwatched.consent (clinic_id, case_id, agency_id) where withdrawn_at is null;
alter table unwatched.consent enable row level security;
create table unwatched.agency_case (
  clinic_id      uuid not null,
  agency_id      uuid not null,
  case_id        uuid not null,
  parts          text[] not null,
  in_force_from  timestamptz not null,
  in_force_until timestamptz,
  state          text not null,
  opened_at      timestamptz not null,
  urgency        text not null,
  urgency_rank   integer
    generated always as (array_position(array['today', 'two-days', 'seven-days', 'routine'], urgency)) stored,
  stalker_type   text not null,
  review_on      date,
  primary key (clinic_id, agency_id, case_id)
);
create index agency_case_newest on unwatched.agency_case (clinic_id, agency_id, state, opened_at, case_id);
create index agency_case_urgent on unwatched.agency_case (clinic_id, agency_id, state, urgency_rank, opened_at, case_id);
create index agency_case_review on unwatched.agency_case (clinic_id, agency_id, review_on, case_id)
  where review_on is not null;
create index agency_case_by_case on unwatched.agency_case (clinic_id, case_id, agency_id);
alter table unwatched.agency_case enable row level security;
create table unwatched.exception_request (
  clinic_id        uuid not null,
  case_id          uuid not null,
  request_id       uuid not null,
  agency_id        uuid not null,
  parts            text[] not null check (cardinality(parts) > 0),
  legal_basis      text not null check (legal_basis in (
    'vital-interests', 'safeguarding-child', 'safeguarding-adult-at-risk', 'crime-prevention', 'public-task-request',
    'civil-emergency', 'legal-obligation', 'safeguarding-vulnerable-individual', 'court-order')),
  reason           text not null,
  is_told          boolean not null,
  not_told_because text not null,
  until_time       timestamptz not null,
  state            text not null check (state in ('asked', 'approved', 'refused', 'withdrawn')),
  asked_by         uuid not null,
  asked_at         timestamptz not null,
  decided_by       uuid,
  decided_at       timestamptz,
  note             text not null default '',
  basis_answers    text not null default '',
  primary key (clinic_id, case_id, request_id),
  foreign key (clinic_id, case_id) references unwatched.case_file,
  foreign key (clinic_id, agency_id) references unwatched.agency,
  constraint exception_request_has_reason check (reason <> ''),
  check (is_told = (not_told_because = '')),
  check (until_time > asked_at and until_time <= asked_at + interval '720 hours'),
  check ((state = 'asked') = (decided_by is null and decided_at is null)),
  check (state <> 'approved' or decided_at < until_time),
  constraint exception_request_names_two check ((state = 'withdrawn') = (decided_by is not distinct from asked_by)),
  constraint exception_request_says_why check (state in ('asked', 'withdrawn') or note <> '')
);
alter table unwatched.exception_request enable row level security;
create table unwatched.bar (
  clinic_id   uuid not null,
  case_id     uuid not null,
  person_id   uuid not null,
  reason      text not null,
  made_at     timestamptz not null,
  made_by     uuid,
  lifted_at   timestamptz,
  lifted_by   uuid,
  lift_reason text,
  bar_id      uuid not null default gen_random_uuid(),
  primary key (clinic_id, case_id, bar_id)
);
create unique index bar_in_force on unwatched.bar (clinic_id, case_id, person_id) where lifted_at is null;
create index bar_by_person on unwatched.bar (clinic_id, person_id) where lifted_at is null;
alter table unwatched.bar enable row level security;
create table unwatched.suspect (
  clinic_id    uuid not null,
  case_id      uuid not null,
  suspect_id   uuid not null,
  name         text not null,
  relation     text not null default '',
  recorded_at  timestamptz not null,
  recorded_by  uuid not null,
  primary key (clinic_id, case_id, suspect_id)
);
alter table unwatched.suspect enable row level security;
create table unwatched.public_form (
  clinic_id   uuid not null,
  case_id     uuid not null,
  at          timestamptz not null,
  source      text not null check (source ~ '^[0-9a-f]{64}$'),
  network     text not null check (network ~ '^[0-9a-f]{64}$'),
  set_aside   boolean not null,
  danger      boolean not null,
  clearing_id uuid,
  primary key (clinic_id, case_id),
  foreign key (clinic_id, case_id) references unwatched.referral,
  check (set_aside = (clearing_id is null))
);
create index public_form_in_pile on unwatched.public_form (clinic_id, source) where set_aside;
create index public_form_by_clearing on unwatched.public_form (clinic_id, clearing_id);
alter table unwatched.public_form enable row level security;
create table unwatched.pile_clearing (
  clinic_id   uuid not null references unwatched.clinic,
  clearing_id uuid not null,
  at          timestamptz not null,
  by_person   uuid not null,
  reason      text not null check (length(reason) between 1 and 500),
  forms       integer not null check (forms > 0),
  undone_at   timestamptz,
  undone_by   uuid,
  primary key (clinic_id, clearing_id),
  foreign key (clinic_id, by_person) references unwatched.person,
  foreign key (clinic_id, undone_by) references unwatched.person
);
alter table unwatched.pile_clearing enable row level security;
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
  constraint case_phrase_has_companion foreign key (clinic_id, case_id) references unwatched.companion
);
create unique index case_phrase_by_handle on unwatched.case_phrase (clinic_id, handle) where ended_at is null;
create unique index case_phrase_of_each_kind on unwatched.case_phrase (clinic_id, case_id, kind) where ended_at is null;
alter table unwatched.case_phrase enable row level security;
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
create table unwatched.phrase_use (
  clinic_id  uuid not null,
  case_id    uuid not null,
  use_id     uuid not null,
  kind       text not null check (kind in ('open', 'duress')),
  at         timestamptz not null,
  seen_at    timestamptz,
  seen_by    uuid,
  access_id    uuid,
  again_at   timestamptz,
  told       text check (told in ('sent', 'trying', 'held', 'refused', 'no-address', 'no-mail-here', 'words-give-away',
                                  'given-up')),
  told_at    timestamptz,
  told_to    text[] not null default '{}',
  noted_at   timestamptz,
  mailed_at  timestamptz,
  primary key (clinic_id, case_id, use_id),
  foreign key (clinic_id, case_id) references unwatched.case_file,
  foreign key (clinic_id, case_id, access_id) references unwatched.phrase_access,
  check ((seen_at is null) = (seen_by is null))
);
create index phrase_use_open on unwatched.phrase_use (clinic_id, case_id) where kind = 'duress' and seen_at is null;
alter table unwatched.phrase_use enable row level security;
create table unwatched.contact_plan (
  clinic_id  uuid not null,
  case_id    uuid not null,
  revision   integer not null check (revision > 0),
  at         timestamptz not null,
  by_person  uuid,
  sealed     bytea not null,
  primary key (clinic_id, case_id, revision),
  foreign key (clinic_id, case_id) references unwatched.case_file
);
alter table unwatched.contact_plan enable row level security;
create table unwatched.channel_verdict (
  clinic_id    uuid not null,
  case_id      uuid not null,
  verdict_id   bigint generated always as identity,
  channel_id   text not null check (channel_id ~ '^c[0-9]{1,3}$'),
  verdict      text not null check (verdict in ('observable', 'not-observable', 'unknown')),
  from_map     boolean not null,
  at           timestamptz not null,
  by_person    uuid,
  sealed       bytea not null,
  counts_until timestamptz,
  primary key (clinic_id, case_id, verdict_id),
  foreign key (clinic_id, case_id) references unwatched.case_file,
  check (by_person is not null or from_map)
);
alter table unwatched.channel_verdict enable row level security;
create table unwatched.client_word (
  clinic_id     uuid not null,
  case_id       uuid not null,
  word_id       bigint generated always as identity,
  channel_id    text not null check (channel_id ~ '^c[0-9]{1,3}$'),
  heard         text not null check (heard in ('face-to-face', 'on-a-call', 'through-somebody')),
  at            timestamptz not null,
  by_person     uuid not null,
  counts_until  timestamptz not null check (counts_until > at and counts_until <= at + interval '32 days'),
  sealed        bytea not null,
  ended_at      timestamptz,
  ended_because text check (ended_because in ('taken-back', 'said-otherwise', 'map-changed', 'said-again')),
  primary key (clinic_id, case_id, word_id),
  foreign key (clinic_id, case_id) references unwatched.case_file,
  check ((ended_at is null) = (ended_because is null))
);
create index client_word_in_force on unwatched.client_word (clinic_id, case_id, channel_id) where ended_at is null;
alter table unwatched.client_word enable row level security;
create table unwatched.message (
  clinic_id    uuid not null,
  case_id      uuid not null,
  message_id   uuid not null,
  purpose      text not null check (purpose in ('appointment-reminder')),
  channel_id   text not null,
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
create table unwatched.machine_notice (
  clinic_id uuid not null references unwatched.clinic,
  trouble   text not null check (length(trouble) between 1 and 60),
  since     timestamptz not null,
  told_at   timestamptz not null,
  primary key (clinic_id, trouble)
);
alter table unwatched.machine_notice enable row level security;
create table unwatched.access_map (
  clinic_id  uuid not null,
  case_id    uuid not null,
  revision   integer not null check (revision > 0),
  at         timestamptz not null,
  by_person  uuid not null,
  change     text not null check (change ~ '^[a-z][a-z-]{2,40}$'),
  sealed     bytea not null,
  primary key (clinic_id, case_id, revision),
  foreign key (clinic_id, case_id) references unwatched.case_file
);
alter table unwatched.access_map enable row level security;
create table unwatched.lock_out (
  clinic_id  uuid not null,
  case_id    uuid not null,
  revision   integer not null check (revision > 0),
  at         timestamptz not null,
  by_person  uuid not null,
  change     text not null check (change ~ '^[a-z][a-z-]{2,40}$'),
  cards      jsonb not null check (jsonb_typeof(cards) = 'object'),
  sealed     bytea not null,
  primary key (clinic_id, case_id, revision),
  foreign key (clinic_id, case_id) references unwatched.case_file
);
alter table unwatched.lock_out enable row level security;
create table unwatched.device_check (
  clinic_id    uuid not null,
  case_id      uuid not null,
  check_id     uuid not null,
  revision     integer not null check (revision > 0),
  thing_id     text not null check (thing_id ~ '^t[0-9]{1,4}$'),
  at           timestamptz not null,
  by_person    uuid not null,
  change       text not null check (change ~ '^[a-z][a-z-]{2,40}$'),
  sealed       bytea not null,
  sealed_list  bytea check (sealed_list is null or revision = 1),
  primary key (clinic_id, case_id, check_id, revision),
  foreign key (clinic_id, case_id) references unwatched.case_file
);
alter table unwatched.device_check enable row level security;
create table unwatched.leak_log (
  clinic_id  uuid not null,
  case_id    uuid not null,
  revision   integer not null check (revision > 0),
  at         timestamptz not null,
  by_person  uuid not null,
  change     text not null check (change ~ '^[a-z][a-z-]{2,40}$'),
  sealed     bytea not null,
  primary key (clinic_id, case_id, revision),
  foreign key (clinic_id, case_id) references unwatched.case_file
);
alter table unwatched.leak_log enable row level security;
create table unwatched.item (
  clinic_id             uuid not null,
  case_id               uuid not null,
  item_id               uuid not null,
  blob_id               text not null,
  received_at           timestamptz not null,
  received_by           uuid,
  file_fingerprint      text not null check (file_fingerprint ~ '^[0-9a-f]{64}$'),
  reference_fingerprint text not null check (reference_fingerprint ~ '^[0-9a-f]{64}$'),
  sealed                bytea not null,
  primary key (clinic_id, case_id, item_id),
  unique (clinic_id, case_id, file_fingerprint),
  unique (clinic_id, case_id, reference_fingerprint),
  foreign key (clinic_id, case_id) references unwatched.case_file
);
alter table unwatched.item enable row level security;
create table unwatched.arrival (
  clinic_id   uuid not null,
  case_id     uuid not null,
  arrival_id  uuid not null,
  item_id     uuid not null,
  arrived_at  timestamptz not null,
  received_by uuid,
  form_token  text,
  log_size    bigint not null check (log_size > 0),
  sealed      bytea not null,
  primary key (clinic_id, case_id, arrival_id),
  foreign key (clinic_id, case_id, item_id) references unwatched.item
);
create index arrival_by_item on unwatched.arrival (clinic_id, case_id, item_id);
create unique index arrival_once on unwatched.arrival (clinic_id, case_id, form_token, item_id);
alter table unwatched.arrival enable row level security;
create table unwatched.custody_line (
  clinic_id  uuid not null,
  case_id    uuid not null,
  sequence   bigint not null check (sequence >= 0),
  item_id    uuid,
  sealed     bytea not null,
  primary key (clinic_id, case_id, sequence)
);
create index custody_by_item on unwatched.custody_line (clinic_id, case_id, item_id);
alter table unwatched.custody_line enable row level security;
create table unwatched.custody_head (
  clinic_id  uuid not null,
  case_id    uuid not null,
  sealed     bytea not null default '',
  primary key (clinic_id, case_id)
);
alter table unwatched.custody_head enable row level security;
create table unwatched.reading (
  clinic_id   uuid not null,
  case_id     uuid not null,
  item_id     uuid not null,
  state       text not null check (state in ('waiting', 'reading', 'asking', 'done', 'failed')),
  failure     text not null default '',
  started_at  timestamptz,
  ended_at    timestamptz,
  sealed      bytea not null,
  asked       jsonb not null default '{}',
  asked_count integer not null default 0,
  kept        bytea,
  progress    bytea,
  primary key (clinic_id, case_id, item_id),
  foreign key (clinic_id, case_id, item_id) references unwatched.item
);
create index reading_by_state on unwatched.reading (clinic_id, case_id, state, item_id);
alter table unwatched.reading enable row level security;
create table unwatched.derived_of_case (
  clinic_id  uuid not null,
  case_id    uuid not null,
  sealed     bytea,
  primary key (clinic_id, case_id),
  foreign key (clinic_id, case_id) references unwatched.case_file
);
alter table unwatched.derived_of_case enable row level security;
create table unwatched.derived_of_clinic (
  clinic_id  uuid primary key references unwatched.clinic,
  sealed     bytea
);
alter table unwatched.derived_of_clinic enable row level security;
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
create table unwatched.record_block (
  clinic_id   uuid not null,
  case_id     uuid not null,
  generation  uuid not null,
  number      integer not null,
  body        bytea not null check (length(body) = 4000),
  primary key (clinic_id, case_id, generation, number),
  foreign key (clinic_id, case_id) references unwatched.case_file
);
alter table unwatched.record_block alter column body set storage plain;
alter table unwatched.record_block enable row level security;
create table unwatched.record_root (
  clinic_id  uuid not null,
  case_id    uuid not null,
  sealed     bytea not null,
  primary key (clinic_id, case_id),
  foreign key (clinic_id, case_id) references unwatched.case_file
);
alter table unwatched.record_root enable row level security;
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
create table unwatched.incident_revision (
  clinic_id      uuid not null,
  case_id        uuid not null,
  incident_id    uuid not null,
  revision       integer not null,
  at             timestamptz not null,
  by_person      uuid not null,
  precision      text not null check (precision in ('exact', 'about', 'between', 'unknown')),
  starts_at      timestamptz,
  ends_at        timestamptz,
  zone           text not null,
  noticed_on     date,
  what           bytea not null check (length(what) > 0),
  her_words      bytea not null,
  changed        bytea not null,
  where_coarse   bytea not null,
  told_to        bytea not null,
  platform       bytea not null,
  codes          text[] not null default '{}',
  origin         text not null check (origin in ('records', 'told-by-client')),
  reason         bytea not null,
  told_whom      text not null default '' check (told_whom in ('', 'police', 'authority', 'other')),
  told_on        date,
  told_reference bytea not null default '',
  shows          text[] not null default '{}'
                 check (shows <@ array['threat', 'place', 'in-person', 'new-channel', 'others', 'worse']),
  primary key (clinic_id, case_id, incident_id, revision),
  foreign key (clinic_id, case_id, incident_id) references unwatched.incident,
  check (codes <@ array['A_FOLLOW', 'B_CONTACT', 'C_PUBLISH', 'D_MONITOR', 'E_LOITER', 'F_INTERFERE', 'G_WATCH', 'X_OTHER'])
);
alter table unwatched.incident_revision enable row level security;
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
create table unwatched.diary_entry (
  clinic_id  uuid not null,
  case_id    uuid not null,
  entry_id   uuid not null,
  written_at timestamptz not null,
  corrects   uuid,
  body       bytea not null,
  primary key (clinic_id, case_id, entry_id),
  constraint diary_entry_has_key foreign key (clinic_id, case_id) references unwatched.file_key,
  foreign key (clinic_id, case_id, corrects) references unwatched.diary_entry
);
create index diary_entry_in_order on unwatched.diary_entry (clinic_id, case_id, written_at, entry_id)
  where corrects is null;
create index diary_entry_by_corrected on unwatched.diary_entry (clinic_id, case_id, corrects) where corrects is not null;
alter table unwatched.diary_entry enable row level security;
create table unwatched.working_hours (
  clinic_id   uuid not null,
  person_id   uuid not null,
  hours_id    uuid not null,
  weekday     smallint not null check (weekday between 1 and 7),
  starts_at   smallint not null check (starts_at between 0 and 1439),
  ends_at     smallint not null check (ends_at between 1 and 1440),
  valid_from  date not null,
  valid_until date,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  removed_at  timestamptz,
  removed_by  uuid,
  primary key (clinic_id, person_id, hours_id),
  foreign key (clinic_id, person_id) references unwatched.person,
  check (starts_at < ends_at),
  check (valid_until is null or valid_until >= valid_from)
);
alter table unwatched.working_hours enable row level security;
create table unwatched.absence (
  clinic_id   uuid not null,
  person_id   uuid not null,
  absence_id  uuid not null,
  starts_at   timestamptz not null,
  ends_at     timestamptz not null,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  removed_at  timestamptz,
  removed_by  uuid,
  primary key (clinic_id, person_id, absence_id),
  foreign key (clinic_id, person_id) references unwatched.person,
  check (starts_at < ends_at)
);
alter table unwatched.absence enable row level security;
create table unwatched.appointment (
  clinic_id      uuid not null,
  case_id        uuid not null,
  appointment_id uuid not null,
  sealed         bytea not null,
  notes          bytea,
  primary key (clinic_id, case_id, appointment_id),
  foreign key (clinic_id, case_id) references unwatched.case_file
);
alter table unwatched.appointment enable row level security;
create table unwatched.appointment_seat (
  clinic_id uuid not null,
  seat_of   uuid not null,
  quarter   integer not null,
  sealed    bytea,
  bound     bytea not null check (length(bound) = 32),
  primary key (clinic_id, seat_of, quarter)
);
create index appointment_seat_by_quarter on unwatched.appointment_seat (clinic_id, quarter) where sealed is not null;
alter table unwatched.appointment_seat enable row level security;
create table unwatched.follow_up (
  clinic_id      uuid not null,
  case_id        uuid not null,
  appointment_id uuid not null,
  is_open        boolean not null,
  sealed         bytea not null,
  primary key (clinic_id, case_id, appointment_id),
  foreign key (clinic_id, case_id, appointment_id) references unwatched.appointment
);
create index follow_up_open on unwatched.follow_up (clinic_id, appointment_id) where is_open;
alter table unwatched.follow_up enable row level security;
create table unwatched.plan_revision (
  clinic_id       uuid not null,
  case_id         uuid not null,
  revision        integer not null check (revision > 0),
  at              timestamptz not null,
  by_person       uuid not null,
  change          text not null check (change ~ '^[a-z][a-z-]{2,40}$'),
  state           text not null check (state in ('open', 'closed')),
  next_review_on  date,
  sealed          bytea not null,
  primary key (clinic_id, case_id, revision),
  foreign key (clinic_id, case_id) references unwatched.case_file,
  check (state = 'open' or next_review_on is null)
);
alter table unwatched.plan_revision enable row level security;
create table unwatched.order_revision (
  clinic_id  uuid not null,
  case_id    uuid not null,
  order_id   uuid not null,
  revision   integer not null check (revision > 0),
  at         timestamptz not null,
  by_person  uuid not null,
  change     text not null check (change ~ '^[a-z][a-z-]{2,40}$'),
  served_at  timestamptz,
  ends_on    date,
  sealed     bytea not null,
  primary key (clinic_id, case_id, order_id, revision),
  foreign key (clinic_id, case_id) references unwatched.case_file
);
alter table unwatched.order_revision enable row level security;
create table unwatched.breach_decision (
  clinic_id    uuid not null,
  case_id      uuid not null,
  order_id     uuid not null,
  incident_id  uuid not null,
  decision     integer not null check (decision > 0),
  at           timestamptz not null,
  by_person    uuid not null,
  is_confirmed boolean not null,
  sealed       bytea not null,
  primary key (clinic_id, case_id, order_id, incident_id, decision),
  foreign key (clinic_id, case_id, incident_id) references unwatched.incident
);
alter table unwatched.breach_decision enable row level security;
create table unwatched.bundle (
  clinic_id     uuid not null,
  case_id       uuid not null,
  bundle_id     uuid not null,
  purpose       text not null,
  for_agency    uuid,
  choices       jsonb not null default '{}',
  state         text not null check (state in ('asked', 'refused', 'building', 'ready', 'failed')),
  asked_by      uuid not null,
  asked_at      timestamptz not null,
  decided_by    uuid,
  decided_at    timestamptz,
  decision_note text not null default '',
  form_token    text,
  blob_id       text,
  built_at      timestamptz,
  made          bytea,
  why_failed    bytea,
  primary key (clinic_id, case_id, bundle_id),
  unique (clinic_id, case_id, form_token),
  foreign key (clinic_id, case_id) references unwatched.case_file,
  check (decided_by is null or decided_by <> asked_by)
);
create index bundle_in_order on unwatched.bundle (clinic_id, case_id, asked_at, bundle_id);
alter table unwatched.bundle enable row level security;
create table unwatched.case_glance (
  clinic_id  uuid not null,
  case_id    uuid not null,
  part       text not null,
  revision   bigint not null default 0,
  sealed     bytea,
  primary key (clinic_id, case_id, part),
  foreign key (clinic_id, case_id) references unwatched.case_file
);
alter table unwatched.case_glance enable row level security;
