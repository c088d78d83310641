-- People, their agencies, and how they get in: links, secrets, sessions, and the memory of wrong guesses.
-- Two people for every link that leads to somebody's work (S12): an administrator asks, a coordinator approves and alone
-- sees the link. Anyone who keeps the machine therefore never makes themselves, or anybody, somebody who reaches a case.

-- The agencies that work together in the clinic.
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
create policy agency_read on unwatched.agency for select
  using (clinic_id = unwatched.clinic_now());
create policy agency_setup on unwatched.agency for insert
  with check (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'setup');
grant select on unwatched.agency to unwatched_program;
grant insert (clinic_id, agency_id, slug, name, kind, is_lead) on unwatched.agency to unwatched_program;

-- Everybody who works at the clinic: in which role, for which agency, and whether they are let in.
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
-- Asked once for a statement, not once for each person of the clinic.
create policy person_read on unwatched.person for select
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.is_job() or unwatched.task_now() in ('setup', 'sign-in')
              or (select unwatched.role_now()) is not null));
-- Nobody comes in, and nobody is invited again, by one person. An administrator never sees a case: nobody's role, agency
-- or name is changed once they are there; no column of a person changes but their state.
create policy person_add on unwatched.person for insert
  with check (clinic_id = unwatched.clinic_now()
              and (unwatched.task_now() = 'setup'
                   or (state = 'invited'
                       and unwatched.is_as_approved(person_id, name, sign_in_name, role, agency_id))));
-- An administrator suspends anybody; who was suspended comes back, or is invited again, only by the coordinator who
-- approved it. Only who holds a link becomes active, through the sign-in.
create policy person_change on unwatched.person for update
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.task_now() in ('setup', 'sign-in')
              or (unwatched.role_now() in ('administrator', 'coordinator') and person_id <> unwatched.person_now())))
  with check (clinic_id = unwatched.clinic_now()
              and (unwatched.task_now() = 'setup'
                   or (unwatched.task_now() = 'sign-in' and state = 'active' and unwatched.link_was_used_now(person_id))
                   or (unwatched.role_now() = 'administrator' and state = 'suspended')
                   or (state = 'invited' and unwatched.approves_now(person_id, null))
                   or (state = 'active' and unwatched.returns_now(person_id))));
grant select on unwatched.person to unwatched_program;
grant insert (clinic_id, person_id, agency_id, role, name, sign_in_name, state,
  joined_at) on unwatched.person to unwatched_program;
grant update (state) on unwatched.person to unwatched_program;
create trigger person_stays_suspended before update of state on unwatched.person
  for each row execute function unwatched.keep_suspended();

-- Somebody new (with all that is to be known of them) or a new link for somebody who is there (and then nothing else,
-- so that what is approved is who they are and not what was typed).
create table unwatched.link_request (
  clinic_id     uuid not null references unwatched.clinic,
  request_id    uuid not null,
  -- Of somebody new: the id they are given once approved.
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
  -- Somebody who was suspended is let in again by two people, whatever their role (S12): an administrator asks and says
  -- why, a coordinator approves. They come back as who they were, with the password and the codes they had.
  asked_because text not null default '' check (length(asked_because) <= 2000),
  -- The joining code of a request, which the person who asked was shown once. Every role takes two people.
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
create policy link_request_read on unwatched.link_request for select
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.role_now() in ('administrator', 'coordinator') or unwatched.task_now() = 'setup'));
create policy link_request_ask on unwatched.link_request for insert
  with check (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'administrator'
              and state = 'asked' and asked_by = unwatched.person_now() and asked_at = unwatched.time_now()
              and person_id <> unwatched.person_now() and (kind = 'return') = (code_kept is null)
              and case kind when 'new-person' then unwatched.role_of(person_id) is null
                            when 'return' then unwatched.state_of(person_id) = 'suspended'
                            else unwatched.role_of(person_id) is not null end);
create policy link_request_decide on unwatched.link_request for update
  using (clinic_id = unwatched.clinic_now() and state = 'asked'
         and unwatched.role_now() in ('administrator', 'coordinator'))
  with check (clinic_id = unwatched.clinic_now()
              and decided_by = unwatched.person_now() and decided_at = unwatched.time_now()
              and case unwatched.role_now() when 'coordinator' then state in ('approved', 'refused')
                                            else state = 'withdrawn' end);
-- To stop, to refuse and to take back stay open: nothing that protects waits.
create policy link_request_waits on unwatched.link_request as restrictive for insert
  with check (not unwatched.is_fresh_now());
create policy link_request_decision_waits on unwatched.link_request as restrictive for update
  with check (state <> 'approved' or not unwatched.is_fresh_now());
grant select on unwatched.link_request to unwatched_program;
grant insert (clinic_id, request_id, person_id, kind, name, sign_in_name, role, agency_id, state, asked_by, asked_at,
  decided_by, decided_at, reason, asked_because, code_kept) on unwatched.link_request to unwatched_program;
grant update (state, decided_by, decided_at, reason) on unwatched.link_request to unwatched_program;

-- The links by which people get in. What a link rests on stands with it, and bears one link only.
create table unwatched.invitation (
  clinic_id     uuid not null,
  token_hash    text not null check (token_hash ~ '^[0-9a-f]{64}$'),
  person_id     uuid not null,
  purpose       text not null check (purpose in ('enrol', 'demo-sign-in')),
  made_at       timestamptz not null,
  expires_at    timestamptz not null,
  used_at       timestamptz,
  -- What a link rests on stands with it, and bears one link only.
  request_id    uuid,
  -- A link bears the code of its request, and whose word a colleague of theirs gave for anyone who lost what they held.
  code_kept     text check (code_kept ~ '^[0-9a-f]{64}$'),
  witness_kept  text check (witness_kept ~ '^[0-9a-f]{64}$'),
  witnessed_by  uuid,
  witness_until timestamptz,
  -- What was shown beside link and code when it was used.
  second_by     text check (second_by in ('nothing-agreed-yet', 'second-secret', 'witness')),
  primary key (clinic_id, token_hash),
  foreign key (clinic_id, person_id) references unwatched.person,
  foreign key (clinic_id, request_id) references unwatched.link_request,
  check ((witness_kept is null) = (witnessed_by is null) and (witness_kept is null) = (witness_until is null))
);
create unique index invitation_by_request on unwatched.invitation (clinic_id, request_id);

alter table unwatched.invitation enable row level security;
create policy invitation_read on unwatched.invitation for select
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.task_now() in ('setup', 'sign-in')
              or (unwatched.role_now() in ('administrator', 'coordinator') and purpose = 'enrol')));
create policy invitation_make on unwatched.invitation for insert
  with check (clinic_id = unwatched.clinic_now() and used_at is null and second_by is null and witness_kept is null
              and case purpose
                  when 'demo-sign-in' then unwatched.task_now() = 'sign-in'
                  else code_kept is not null and person_id is distinct from unwatched.person_now()
                       and ((unwatched.task_now() = 'setup' and request_id is null)
                            or (request_id is not null and unwatched.approves_now(person_id, request_id)
                                and code_kept = unwatched.code_of_request(request_id))) end);
-- The sign-in uses a link up, by use_link alone; everybody else only ends it.
create policy invitation_end on unwatched.invitation for update
  using (clinic_id = unwatched.clinic_now() and used_at is null
         and (unwatched.task_now() in ('setup', 'sign-in')
              or (unwatched.role_now() in ('administrator', 'coordinator') and purpose = 'enrol')))
  with check (clinic_id = unwatched.clinic_now()
              and (unwatched.task_now() = 'sign-in' and used_at = unwatched.time_now()
                   or used_at is null and expires_at <= unwatched.time_now()));
grant select on unwatched.invitation to unwatched_program;
grant insert (clinic_id, token_hash, person_id, purpose, made_at, expires_at, used_at, request_id, code_kept,
  witness_kept, witnessed_by, witness_until, second_by) on unwatched.invitation to unwatched_program;
grant update (expires_at) on unwatched.invitation to unwatched_program;

-- What somebody signs in with.
create table unwatched.credential (
  clinic_id       uuid not null,
  person_id       uuid not null,
  password_hash   text,
  -- The one-time-code secret, wrapped by the clinic's key.
  code_secret     bytea,
  -- The last time step accepted: a code works once.
  last_code_step  bigint not null default 0,
  enrolled_at     timestamptz,
  -- What somebody keeps on paper and shows when they join again.
  second_kept     text check (second_kept ~ '^[0-9a-f]{64}$'),
  second_made_at  timestamptz,
  primary key (clinic_id, person_id),
  foreign key (clinic_id, person_id) references unwatched.person
);

alter table unwatched.credential enable row level security;
create policy credential_sign_in on unwatched.credential for all
  using (clinic_id = unwatched.clinic_now() and unwatched.task_now() in ('setup', 'sign-in'))
  with check (clinic_id = unwatched.clinic_now() and unwatched.task_now() in ('setup', 'sign-in'));
grant select on unwatched.credential to unwatched_program;
grant insert (clinic_id, person_id, password_hash, code_secret, last_code_step, enrolled_at, second_kept,
  second_made_at) on unwatched.credential to unwatched_program;
grant update (password_hash, code_secret, last_code_step, enrolled_at, second_kept,
  second_made_at) on unwatched.credential to unwatched_program;
create trigger credential_is_told after insert or update on unwatched.credential
  for each row execute function unwatched.record_credential_change();

-- Every change of what somebody signs in with, written by the change itself, so that none is silent.
create table unwatched.credential_change (
  clinic_id     uuid not null,
  change_id     bigint generated always as identity,
  person_id     uuid not null,
  at            timestamptz not null,
  kind          text not null check (kind in ('joined', 'set-up-again', 'password', 'code-app', 'second-secret')),
  -- Of a link: who asked, who approved, whose word stood in for what was lost, and whether it was made at the machine.
  asked_by      uuid,
  approved_by   uuid,
  witnessed_by  uuid,
  at_machine    boolean not null default false,
  -- Until when what takes two people waits for them, and the third person who said before that they are who they are.
  waits_until   timestamptz,
  freed_by      uuid,
  freed_at      timestamptz,
  -- When the person themselves said that they know of it.
  known_at      timestamptz,
  primary key (clinic_id, change_id),
  foreign key (clinic_id, person_id) references unwatched.person,
  check ((freed_by is null) = (freed_at is null)),
  check (freed_by is null or freed_by not in (person_id, coalesce(asked_by, person_id), coalesce(approved_by, person_id),
                                              coalesce(witnessed_by, person_id)))
);
create index credential_change_by_person on unwatched.credential_change (clinic_id, person_id, change_id);

alter table unwatched.credential_change enable row level security;
create policy credential_change_read on unwatched.credential_change for select
  using (clinic_id = unwatched.clinic_now()
         and (person_id = unwatched.person_now() or unwatched.role_now() in ('administrator', 'coordinator')
              or unwatched.task_now() = 'sign-in'));
grant select on unwatched.credential_change to unwatched_program;

-- Who is signed in, and at which browser: only the hash of its token. A person's own sessions are listed, ended, and
-- asked again for a password before what takes two people.
create table unwatched.session (
  clinic_id     uuid not null,
  token_hash    text not null check (token_hash ~ '^[0-9a-f]{64}$'),
  person_id     uuid not null,
  started_at    timestamptz not null,
  last_seen_at  timestamptz not null,
  expires_at    timestamptz not null,
  session_id    uuid not null default gen_random_uuid(),
  -- What they know a session by, and nobody else is known by it: a coarse word each.
  device        text not null default 'unknown' check (device in ('phone', 'tablet', 'computer', 'unknown')),
  network       text not null default '' check (length(network) <= 40),
  -- When the person who sits there last gave password and code.
  proved_at     timestamptz not null,
  primary key (clinic_id, token_hash),
  foreign key (clinic_id, person_id) references unwatched.person
);
create index session_by_person on unwatched.session (clinic_id, person_id);
create unique index session_by_id on unwatched.session (clinic_id, session_id);

alter table unwatched.session enable row level security;
create policy session_sign_in on unwatched.session for all
  using (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'sign-in')
  with check (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'sign-in');
-- An administrator who suspends somebody ends their sessions.
create policy session_end on unwatched.session for delete
  using (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'administrator');
create policy session_end_read on unwatched.session for select
  using (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'administrator');
create policy session_own_read on unwatched.session for select
  using (clinic_id = unwatched.clinic_now() and person_id = unwatched.person_now());
create policy session_own_end on unwatched.session for delete
  using (clinic_id = unwatched.clinic_now() and person_id = unwatched.person_now());
grant select, delete on unwatched.session to unwatched_program;
grant insert (clinic_id, token_hash, person_id, started_at, last_seen_at, expires_at, session_id, device, network,
  proved_at) on unwatched.session to unwatched_program;
grant update (person_id, started_at, last_seen_at, expires_at, session_id, device, network,
  proved_at) on unwatched.session to unwatched_program;

-- One row for each wrong guess; `subject` is a keyed digest of a name or an address, never either of them.
create table unwatched.wrong_guess (
  clinic_id  uuid not null references unwatched.clinic,
  guess_id   bigint generated always as identity,
  subject    text not null check (subject ~ '^[0-9a-f]{64}$'),
  at         timestamptz not null,
  primary key (clinic_id, guess_id)
);
create index wrong_guess_by_subject on unwatched.wrong_guess (clinic_id, subject, at);

alter table unwatched.wrong_guess enable row level security;
create policy wrong_guess_sign_in on unwatched.wrong_guess for all
  using (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'sign-in')
  with check (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'sign-in');
grant select, delete on unwatched.wrong_guess to unwatched_program;
grant insert (clinic_id, subject, at) on unwatched.wrong_guess to unwatched_program;
