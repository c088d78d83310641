-- Referrals, cases, and who may see them. A referral and the case it becomes are one file under one id (case_id).
-- S8: names, what was told, and why something is shared, barred or lifted lie sealed. A sealed text is longer than what
-- it says; how long it may be is settled where it comes in.

-- Somebody who was referred, as they came in.
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
  -- S8: the names of clients and suspected persons, and what was told with a referral, are sealed under a key of the
  -- clinic, because a caseload and the check for conflicts show names of many cases at once. A sealed text is longer
  -- than what it says; how long a name may be is settled where it is read.
  client_name  text not null,
  suspect_name text not null default '',
  -- What they said, and the answers to the questions of eligibility and danger. Never contact details.
  answers      jsonb not null,
  decision     jsonb not null,
  -- S8: anyone who has a dump and can send a form of their own must not find a client's file by it. Names are compared by opening
  -- them, in the program, and nothing that could be compared without the key is kept of them. A public form is matched
  -- against names when a coordinator first opens it; before that nobody takes up its key.
  is_matched   boolean not null default true,
  -- What triage settled; before it, what the answers alone ask for. `answers` lies in the open too and says as much. The
  -- list of triage is sorted by it, the lowest rank first.
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
create policy referral_read on unwatched.referral for select
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.is_job()
              or unwatched.sees_referral(case_id, taken_by, state)
              or case_id in (select unwatched.opened_cases('referral', 'read'))));
-- A form from outside comes in unmatched, and nothing else does; it leaves that state once, or is put away unread.
create policy referral_make on unwatched.referral for insert
  with check (clinic_id = unwatched.clinic_now()
              and (unwatched.task_now() = 'public-form' and (not is_matched or state = 'not-ours')
                   or (unwatched.role_now() in ('call-handler', 'coordinator') and taken_by = unwatched.person_now()
                       and is_matched)));
-- A form in the pile was opened by nobody: it goes back to triage, or is cleared, as unmatched as it came.
create policy referral_decide on unwatched.referral for update
  using (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'coordinator'
         and unwatched.sees_referral(case_id, taken_by, state))
  with check (clinic_id = unwatched.clinic_now()
              and (is_matched or state in ('waiting', 'not-ours', 'set-aside', 'cleared')));
grant select on unwatched.referral to unwatched_program;
grant insert (clinic_id, case_id, reference, form_token, received_by, received_at, taken_by, referred_by, state, client_name,
  suspect_name, answers, decision, is_matched, urgency) on unwatched.referral to unwatched_program;
grant update (state, client_name, suspect_name, answers, decision, is_matched,
  urgency) on unwatched.referral to unwatched_program;

-- Names of the clinic in sealed blocks, to be looked up (decision 56): what is in them is derived from the names of the
-- referrals and can be made again. Nobody reads them but the work that writes them; who checks a referral for conflicts is
-- handed blocks by a function.
create table unwatched.name_block (
  clinic_id   uuid not null,
  generation  uuid not null,
  number      integer not null,
  -- Two of them fill a page of the table, and none is stored elsewhere.
  body        bytea not null check (length(body) = 4000),
  primary key (clinic_id, generation, number)
);
alter table unwatched.name_block alter column body set storage plain;

alter table unwatched.name_block enable row level security;
create policy name_block_all on unwatched.name_block for all
  using (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'job-keep-names')
  with check (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'job-keep-names');
grant select, delete on unwatched.name_block to unwatched_program;
grant insert (clinic_id, generation, number, body) on unwatched.name_block to unwatched_program;

-- Which generations there are now, sealed: what is not named in it is no part of the names, and is cleared by who writes next.
create table unwatched.name_root (
  clinic_id  uuid primary key,
  sealed     bytea not null
);

alter table unwatched.name_root enable row level security;
create policy name_root_all on unwatched.name_root for all
  using (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'job-keep-names')
  with check (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'job-keep-names');
grant select on unwatched.name_root to unwatched_program;
grant insert (clinic_id, sealed) on unwatched.name_root to unwatched_program;
grant update (sealed) on unwatched.name_root to unwatched_program;

-- Files whose names are not in the blocks as they are now. Each is compared by itself until it is taken in.
create table unwatched.name_change (
  clinic_id  uuid not null,
  case_id    uuid not null,
  -- Another with every change: who took in an older one does not take away a newer.
  change_id  uuid not null default gen_random_uuid(),
  -- Names of it are in the blocks that have to leave them.
  was_kept   boolean not null,
  primary key (clinic_id, case_id)
);

alter table unwatched.name_change enable row level security;
create policy name_change_all on unwatched.name_change for all
  using (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'job-keep-names')
  with check (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'job-keep-names');
grant select, delete on unwatched.name_change to unwatched_program;
grant insert (clinic_id, case_id, was_kept) on unwatched.name_change to unwatched_program;
grant update (was_kept) on unwatched.name_change to unwatched_program;
create trigger referral_changes_names after insert or delete or update of client_name, suspect_name, is_matched
  on unwatched.referral for each row execute function unwatched.note_name_change();

-- A sealed field (S6): safe channels, address, postcode, school, workplace, code words.
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
create policy sealed_field_read on unwatched.sealed_field for select
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.is_referral_in_sight(case_id)
              or case_id in (select unwatched.opened_cases('contact', 'read'))));
create policy sealed_field_make on unwatched.sealed_field for insert
  with check (clinic_id = unwatched.clinic_now()
              and (unwatched.task_now() = 'public-form' or unwatched.is_referral_in_sight(case_id)
                   or case_id in (select unwatched.opened_cases('contact', 'write'))));
create policy sealed_field_change on unwatched.sealed_field for update
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.is_referral_in_sight(case_id) or case_id in (select unwatched.opened_cases('contact', 'write'))));
-- A referral that is not ours keeps no sealed field.
create policy sealed_field_clear on unwatched.sealed_field for delete
  using (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'coordinator' and unwatched.is_referral_in_sight(case_id));
grant select, delete on unwatched.sealed_field to unwatched_program;
grant insert (clinic_id, case_id, kind, sealed, recorded_at, recorded_by) on unwatched.sealed_field to unwatched_program;
grant update (sealed, recorded_at, recorded_by) on unwatched.sealed_field to unwatched_program;

-- What a coordinator made of a referral, each time.
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
  -- How many likenesses were found tells who is a client: it lies sealed, as a JSON text.
  conflicts       jsonb not null default '""',
  note            text not null default '',
  primary key (clinic_id, case_id, triage_id)
);

alter table unwatched.triage enable row level security;
create policy triage_read on unwatched.triage for select
  using (clinic_id = unwatched.clinic_now()
         and ((unwatched.role_now() = 'coordinator' and unwatched.is_referral_in_sight(case_id))
              or case_id in (select unwatched.opened_cases('triage', 'read'))));
create policy triage_make on unwatched.triage for insert
  with check (clinic_id = unwatched.clinic_now() and by_person = unwatched.person_now()
         and ((unwatched.role_now() = 'coordinator' and unwatched.is_matched_referral_in_sight(case_id))
              or case_id in (select unwatched.opened_cases('triage', 'write'))));
grant select on unwatched.triage to unwatched_program;
grant insert (clinic_id, case_id, at, by_person, stalker_type, type_reasons, urgency, urgency_reasons, conflicts,
  note) on unwatched.triage to unwatched_program;

-- A case: what a referral becomes when a coordinator opens it.
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
  -- A case closes with its outcome, and may be opened again.
  closed_at     timestamptz,
  closed_by     uuid,
  outcome       text check (outcome in ('contact-stopped', 'contact-less', 'contact-same', 'contact-more', 'not-known')),
  primary key (clinic_id, case_id),
  unique (clinic_id, reference),
  foreign key (clinic_id, case_id) references unwatched.referral
);

alter table unwatched.case_file enable row level security;
-- Enough to find a case, only for those who may see it. Looking inside needs open_case.
-- This looks up one case by itself. Lists of many are functions that decide for all of their lines at once: see agency_case.
create policy case_read on unwatched.case_file for select
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.is_job() or unwatched.sees_case(case_id, 'overview', 'read')));
create policy case_make on unwatched.case_file for insert
  with check (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'coordinator'
              and opened_by = unwatched.person_now() and unwatched.is_matched_referral_in_sight(case_id));
create policy case_change on unwatched.case_file for update
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('triage', 'write')))
  with check (clinic_id = unwatched.clinic_now()
              and (state = 'open' and closed_at is null and closed_by is null
                   or state = 'closed' and closed_at <= unwatched.time_now() and outcome is not null));
grant select on unwatched.case_file to unwatched_program;
grant insert (clinic_id, case_id, reference, client_name, stalker_type, urgency, state, opened_at, opened_by, zone,
  closed_at, closed_by, outcome) on unwatched.case_file to unwatched_program;
grant update (client_name, stalker_type, urgency, state, closed_at, closed_by,
  outcome) on unwatched.case_file to unwatched_program;
create trigger case_is_listed after insert or update on unwatched.case_file
  for each row execute function unwatched.list_case();

-- One row a consent, or a lawful exception where there is none; withdrawal is a date, never a deletion.
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
  -- What a client said yes to, as it was read out or shown: sealed as the reasons are, with the edition of the words.
  words          text not null default '',
  words_edition  text not null default '' check (length(words_edition) <= 40),
  primary key (clinic_id, case_id, consent_id),
  foreign key (clinic_id, agency_id) references unwatched.agency,
  -- A row without consent names two people (S12).
  constraint consent_without_consent_names_two
    check (basis = 'consent' or (approved_by is not null and approved_by <> recorded_by))
);
-- At most one consent in force for an agency in a case: the second of two simultaneous ones must fail.
create unique index consent_in_force on unwatched.consent (clinic_id, case_id, agency_id) where withdrawn_at is null;

alter table unwatched.consent enable row level security;
create policy consent_read on unwatched.consent for select
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.is_job() or case_id in (select unwatched.opened_cases('consent', 'read'))));
-- A coordinator records the first consents while the file is still a referral (that is how a case is opened),
-- and after that only in a case that is open to them. Without consent takes two people: a request that another approved.
create policy consent_make on unwatched.consent for insert
  with check (clinic_id = unwatched.clinic_now() and withdrawn_at is null
              and case basis
                  when 'consent' then recorded_by = unwatched.person_now() and approved_by is null
                       and ((unwatched.role_now() = 'coordinator' and unwatched.is_referral_in_sight(case_id))
                            or case_id in (select unwatched.opened_cases('consent', 'write')))
                  else case_id in (select unwatched.opened_cases('consent', 'write'))
                       and unwatched.is_exception_approved_now(consent) end);
-- A withdrawn consent stays withdrawn, and no end is put off: a new agreement is a new row.
create policy consent_withdraw on unwatched.consent for update
  using (clinic_id = unwatched.clinic_now() and withdrawn_at is null
         and case_id in (select unwatched.opened_cases('consent', 'write')))
  with check (clinic_id = unwatched.clinic_now() and withdrawn_at <= unwatched.time_now()
              and (withdrawn_by is null and in_force_until <= unwatched.time_now()
                   or withdrawn_by = unwatched.person_now()));
grant select on unwatched.consent to unwatched_program;
grant insert (clinic_id, case_id, consent_id, agency_id, parts, basis, how, reason, recorded_at, recorded_by,
  approved_by, in_force_from, in_force_until, withdrawn_at, withdrawn_by, words,
  words_edition) on unwatched.consent to unwatched_program;
grant update (withdrawn_at, withdrawn_by) on unwatched.consent to unwatched_program;
create trigger consent_is_listed after insert or update on unwatched.consent
  for each row execute function unwatched.list_consent();

-- The cases of an agency, as its lists sort them: one row for each consent that is not withdrawn, and with it what a list
-- is sorted and filtered by. Nothing is decided here: a function that lists asks of every row what sees_case asks. It is
-- kept by triggers on what it repeats, and holds no name and nothing that does not lie in the open beside it.
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
  -- The day of the next review by date of the safety plan; null where none is coming.
  review_on      date,
  primary key (clinic_id, agency_id, case_id)
);
create index agency_case_newest on unwatched.agency_case (clinic_id, agency_id, state, opened_at, case_id);
create index agency_case_urgent on unwatched.agency_case (clinic_id, agency_id, state, urgency_rank, opened_at, case_id);
create index agency_case_review on unwatched.agency_case (clinic_id, agency_id, review_on, case_id)
  where review_on is not null;
create index agency_case_by_case on unwatched.agency_case (clinic_id, case_id, agency_id);

alter table unwatched.agency_case enable row level security;
-- Lists ask for it as their owner. To anybody else it is a line of a case that they opened.
create policy agency_case_read on unwatched.agency_case for select
  using (clinic_id = unwatched.clinic_now() and agency_id = unwatched.agency_now()
         and case_id in (select unwatched.opened_cases('overview', 'read')));
grant select on unwatched.agency_case to unwatched_program;

-- Two people for every sharing without consent (S12): a coordinator asks, another one approves, and only the approval
-- makes a row that lets an agency in. Who may write the consents of a case is a coordinator who opened it.
create table unwatched.exception_request (
  clinic_id        uuid not null,
  case_id          uuid not null,
  request_id       uuid not null,
  agency_id        uuid not null,
  parts            text[] not null check (cardinality(parts) > 0),
  -- The bases of the list before stay readable, and nobody asks for one or approves one any more.
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
  -- On what a sharing without consent rests: the basis by the list as it is read now, and, sealed, what was answered to
  -- each limb of it with the conditions for health and crime beside it.
  basis_answers    text not null default '',
  primary key (clinic_id, case_id, request_id),
  foreign key (clinic_id, case_id) references unwatched.case_file,
  foreign key (clinic_id, agency_id) references unwatched.agency,
  constraint exception_request_has_reason check (reason <> ''),
  check (is_told = (not_told_because = '')),
  check (until_time > asked_at and until_time <= asked_at + interval '720 hours'),
  check ((state = 'asked') = (decided_by is null and decided_at is null)),
  check (state <> 'approved' or decided_at < until_time),
  -- Two people for a decision (S12); alone one only takes back what one asked for.
  constraint exception_request_names_two check ((state = 'withdrawn') = (decided_by is not distinct from asked_by)),
  constraint exception_request_says_why check (state in ('asked', 'withdrawn') or note <> '')
);

alter table unwatched.exception_request enable row level security;
create policy exception_request_read on unwatched.exception_request for select
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('consent', 'read')));
create policy exception_request_ask on unwatched.exception_request for insert
  with check (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'coordinator' and state = 'asked'
              and asked_by = unwatched.person_now() and asked_at = unwatched.time_now()
              and basis_answers <> '' and legal_basis not in ('safeguarding-vulnerable-individual', 'court-order')
              and case_id in (select unwatched.opened_cases('consent', 'write')));
-- Anyone who asked to share without consent may take it back while nobody has decided: it is no decision, and lets nobody
-- in. The decision is another one's.
create policy exception_request_decide on unwatched.exception_request for update
  using (clinic_id = unwatched.clinic_now() and state = 'asked' and unwatched.role_now() = 'coordinator'
         and case_id in (select unwatched.opened_cases('consent', 'write')))
  with check (clinic_id = unwatched.clinic_now() and decided_by = unwatched.person_now()
              and decided_at = unwatched.time_now()
              and case when asked_by = unwatched.person_now() then state = 'withdrawn'
                  else state = 'refused' or (state = 'approved' and basis_answers <> '') end);
create policy exception_waits on unwatched.exception_request as restrictive for insert
  with check (not unwatched.is_fresh_now());
create policy exception_decision_waits on unwatched.exception_request as restrictive for update
  with check (state <> 'approved' or not unwatched.is_fresh_now());
grant select on unwatched.exception_request to unwatched_program;
grant insert (clinic_id, case_id, request_id, agency_id, parts, legal_basis, reason, is_told, not_told_because,
  until_time, state, asked_by, asked_at, decided_by, decided_at, note,
  basis_answers) on unwatched.exception_request to unwatched_program;
grant update (state, decided_by, decided_at, note) on unwatched.exception_request to unwatched_program;

-- The conflict wall: somebody who must never see this file, by name.
-- The conflict wall: somebody who must never see this file, by name.
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
  -- Each bar is a row of its own, so that somebody is barred again after a bar was lifted; one at a time is in force.
  bar_id      uuid not null default gen_random_uuid(),
  primary key (clinic_id, case_id, bar_id)
);
create unique index bar_in_force on unwatched.bar (clinic_id, case_id, person_id) where lifted_at is null;
create index bar_by_person on unwatched.bar (clinic_id, person_id) where lifted_at is null;

alter table unwatched.bar enable row level security;
create policy bar_read on unwatched.bar for select
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.is_job()
              or (unwatched.role_now() = 'coordinator'
                  and (unwatched.is_referral_in_sight(case_id) or case_id in (select unwatched.opened_cases('consent', 'read'))))));
-- A bar names who made it, and who lifted it.
-- Before a case is there, anyone who takes the referral bars for a likeness of names, be it their own. After that only a
-- coordinator who opened the case does, and never themselves.
-- No bar is made for a form that nobody has opened: which colleague it names would say whom it is about.
create policy bar_make on unwatched.bar for insert
  with check (clinic_id = unwatched.clinic_now() and lifted_at is null and reason <> ''
              and made_at = unwatched.time_now() and made_by is not distinct from unwatched.person_now()
              and case when unwatched.is_opened_file(case_id)
                       then unwatched.role_now() = 'coordinator' and person_id <> unwatched.person_now()
                            and case_id in (select unwatched.opened_cases('consent', 'write'))
                       else unwatched.role_now() in ('call-handler', 'coordinator') end);
create policy bar_lift on unwatched.bar for update
  using (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'coordinator'
         and person_id <> unwatched.person_now() and lifted_at is null
         and (unwatched.is_referral_in_sight(case_id) or case_id in (select unwatched.opened_cases('consent', 'write'))))
  with check (clinic_id = unwatched.clinic_now() and lifted_at = unwatched.time_now() and lift_reason <> ''
              and lifted_by = unwatched.person_now());
grant select on unwatched.bar to unwatched_program;
grant insert (clinic_id, case_id, person_id, reason, made_at, made_by, lifted_at, lifted_by, lift_reason,
  bar_id) on unwatched.bar to unwatched_program;
grant update (lifted_at, lifted_by, lift_reason) on unwatched.bar to unwatched_program;

-- Whom the client suspects.
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
create policy suspect_read on unwatched.suspect for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('chronology', 'read')));
create policy suspect_make on unwatched.suspect for insert
  with check (clinic_id = unwatched.clinic_now() and recorded_by = unwatched.person_now()
              and (unwatched.role_now() = 'coordinator' and unwatched.is_referral_in_sight(case_id)
                   or case_id in (select unwatched.opened_cases('chronology', 'write'))));
grant select on unwatched.suspect to unwatched_program;
grant insert (clinic_id, case_id, suspect_id, name, relation, recorded_at,
  recorded_by) on unwatched.suspect to unwatched_program;

-- The forms in the pile, and those that were cleared from it. A form in triage has no row here. `source` and `network` are
-- numbers drawn at random for one day and one place: they hold together what stands together in the pile, and no more.
-- Nothing of what a form says, but whether it ticked a sign of danger, so that this is never buried.
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
create policy public_form_count on unwatched.public_form for select
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.task_now() = 'public-form'
              or (unwatched.role_now() = 'coordinator' and not unwatched.is_barred(case_id))));
create policy public_form_make on unwatched.public_form for insert
  with check (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'public-form'
              and at = unwatched.time_now() and set_aside);
create policy public_form_clear on unwatched.public_form for update
  using (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'coordinator'
         and (set_aside or clearing_id is not null) and not unwatched.is_barred(case_id))
  with check (clinic_id = unwatched.clinic_now());
-- Moved to triage, a form leaves nothing of where it came from.
create policy public_form_leave on unwatched.public_form for delete
  using (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'coordinator' and set_aside
         and not unwatched.is_barred(case_id));
grant select, delete on unwatched.public_form to unwatched_program;
grant insert (clinic_id, case_id, at, source, network, set_aside, danger,
  clearing_id) on unwatched.public_form to unwatched_program;
grant update (set_aside, clearing_id) on unwatched.public_form to unwatched_program;

-- Forms that were cleared from the pile together: by whom, why, and whether they were brought back.
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
create policy pile_clearing_read on unwatched.pile_clearing for select
  using (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'coordinator');
create policy pile_clearing_make on unwatched.pile_clearing for insert
  with check (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'coordinator'
              and by_person = unwatched.person_now() and at = unwatched.time_now() and undone_at is null);
create policy pile_clearing_undo on unwatched.pile_clearing for update
  using (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'coordinator' and undone_at is null)
  with check (clinic_id = unwatched.clinic_now() and undone_by = unwatched.person_now()
              and undone_at = unwatched.time_now());
grant select on unwatched.pile_clearing to unwatched_program;
grant insert (clinic_id, clearing_id, at, by_person, reason, forms, undone_at,
  undone_by) on unwatched.pile_clearing to unwatched_program;
grant update (undone_at, undone_by) on unwatched.pile_clearing to unwatched_program;
