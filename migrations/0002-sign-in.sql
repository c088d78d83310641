-- How people get in: invitations, secrets, sessions, and the memory of wrong guesses.
-- Only the sign-in door (a task) and an administrator who invites may touch these.

create table unwatched.invitation (
  clinic_id   uuid not null,
  token_hash  text not null check (token_hash ~ '^[0-9a-f]{64}$'),
  person_id   uuid not null,
  purpose     text not null check (purpose in ('enrol', 'demo-sign-in')),
  made_at     timestamptz not null,
  expires_at  timestamptz not null,
  used_at     timestamptz,
  primary key (clinic_id, token_hash),
  foreign key (clinic_id, person_id) references unwatched.person
);

create table unwatched.credential (
  clinic_id         uuid not null,
  person_id         uuid not null,
  password_hash     text,
  -- The one-time-code secret, wrapped by the clinic's key.
  code_secret       bytea,
  -- The last time step accepted: a code works once.
  last_code_step    bigint not null default 0,
  enrolled_at       timestamptz,
  primary key (clinic_id, person_id),
  foreign key (clinic_id, person_id) references unwatched.person
);

create table unwatched.session (
  clinic_id     uuid not null,
  token_hash    text not null check (token_hash ~ '^[0-9a-f]{64}$'),
  person_id     uuid not null,
  started_at    timestamptz not null,
  last_seen_at  timestamptz not null,
  expires_at    timestamptz not null,
  primary key (clinic_id, token_hash),
  foreign key (clinic_id, person_id) references unwatched.person
);
create index session_by_person on unwatched.session (clinic_id, person_id);

-- One row for each wrong guess; `subject` is a keyed digest of a name or an address, never either of them.
create table unwatched.wrong_guess (
  clinic_id  uuid not null references unwatched.clinic,
  guess_id   bigint generated always as identity,
  subject    text not null check (subject ~ '^[0-9a-f]{64}$'),
  at         timestamptz not null,
  primary key (clinic_id, guess_id)
);
create index wrong_guess_by_subject on unwatched.wrong_guess (clinic_id, subject, at);

alter table unwatched.invitation enable row level security;
alter table unwatched.credential enable row level security;
alter table unwatched.session enable row level security;
alter table unwatched.wrong_guess enable row level security;

create policy invitation_door on unwatched.invitation for all
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.task_now() in ('setup', 'sign-in') or unwatched.role_now() = 'administrator'))
  with check (clinic_id = unwatched.clinic_now()
         and (unwatched.task_now() in ('setup', 'sign-in') or unwatched.role_now() = 'administrator'));
create policy credential_door on unwatched.credential for all
  using (clinic_id = unwatched.clinic_now() and unwatched.task_now() in ('setup', 'sign-in'))
  with check (clinic_id = unwatched.clinic_now() and unwatched.task_now() in ('setup', 'sign-in'));
create policy session_door on unwatched.session for all
  using (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'sign-in')
  with check (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'sign-in');
-- An administrator who suspends somebody ends their sessions.
create policy session_end on unwatched.session for delete
  using (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'administrator');
create policy session_end_look on unwatched.session for select
  using (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'administrator');
create policy wrong_guess_door on unwatched.wrong_guess for all
  using (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'sign-in')
  with check (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'sign-in');

grant select, insert, update on unwatched.invitation, unwatched.credential to unwatched_program;
grant select, insert, update, delete on unwatched.session to unwatched_program;
grant select, insert, delete on unwatched.wrong_guess to unwatched_program;
