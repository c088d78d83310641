-- What the machinery keeps: the clinic itself, forms that were sent, keys of files, and the work of the queue.

-- What a clinic says of itself.
create table unwatched.clinic (
  clinic_id  uuid primary key,
  slug       text not null unique check (slug ~ '^[a-z0-9-]{2,60}$'),
  name       text not null,
  profile    jsonb not null,
  -- Which key seals this clinic's secrets; the key itself is never here.
  key_id     text not null,
  is_demo    boolean not null default false,
  opened_at  timestamptz not null
);

alter table unwatched.clinic enable row level security;
create policy clinic_read on unwatched.clinic for select
  using (clinic_id = unwatched.clinic_now());
create policy clinic_setup on unwatched.clinic for insert
  with check (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'setup');
-- What a clinic says of itself is changed at the machine, where it was set up, and nowhere else: numbers and hours go out of
-- date, and a list of postcodes has gaps. Its agencies and its short name stay what the files of its cases hang on.
create policy clinic_change on unwatched.clinic for update
  using (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'setup')
  with check (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'setup');
grant select on unwatched.clinic to unwatched_program;
grant insert (clinic_id, slug, name, profile, key_id, is_demo, opened_at) on unwatched.clinic to unwatched_program;
grant update (name, profile) on unwatched.clinic to unwatched_program;

-- A form that was sent, and how it was answered, so that sent twice it is done once.
create table unwatched.form_once (
  clinic_id  uuid not null references unwatched.clinic,
  token      text not null check (length(token) between 8 and 100),
  at         timestamptz not null,
  answer     text not null,
  primary key (clinic_id, token)
);

alter table unwatched.form_once enable row level security;
create policy form_once_all on unwatched.form_once for all
  using (clinic_id = unwatched.clinic_now())
  with check (clinic_id = unwatched.clinic_now());
grant select, delete on unwatched.form_once to unwatched_program;
grant insert (clinic_id, token, at, answer) on unwatched.form_once to unwatched_program;

-- The key of a file (a case, or the companion of one), wrapped by the clinic's key.
create table unwatched.file_key (
  clinic_id  uuid not null references unwatched.clinic,
  case_id    uuid not null,
  wrapped    bytea not null,
  made_at    timestamptz not null,
  primary key (clinic_id, case_id)
);

alter table unwatched.file_key enable row level security;
-- A wrapped key opens nothing without the clinic's key, which is not in the database. It is taken up only with the case
-- it opens, whichever part of it was opened: what lies sealed in a part is read by that part's own policy. The key of a
-- companion is had by anyone who may read its notes. Which files there are is nobody else's to learn.
create policy file_key_read on unwatched.file_key for select
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.is_job() or unwatched.is_matched_referral_in_sight(case_id) or unwatched.has_opened(case_id)
              or unwatched.person_now() is not null and case_id in (select c.companion_id from unwatched.companion c)));
create policy file_key_make on unwatched.file_key for insert
  with check (clinic_id = unwatched.clinic_now()
              and (unwatched.task_now() = 'public-form' or unwatched.is_referral_in_sight(case_id)));
grant select on unwatched.file_key to unwatched_program;
grant insert (clinic_id, case_id, wrapped, made_at) on unwatched.file_key to unwatched_program;

-- Which pieces of the queue's work were begun, by which program, and how often that program ended before the work did.
-- Written and kept before the work begins: anyone who ends with the work cannot write it afterwards. Codes and numbers
-- alone. A row goes when its work is done.
create table unwatched.job_run (
  clinic_id  uuid not null references unwatched.clinic,
  job_id     bigint not null,
  job        text not null check (job ~ '^[a-z][a-z-]{1,60}$'),
  -- The number of the program that is at it; null when nobody is.
  presence   integer,
  started_at timestamptz not null default now(),
  deaths     integer not null default 0 check (deaths >= 0),
  primary key (clinic_id, job_id)
);

alter table unwatched.job_run enable row level security;
create policy job_run_keep on unwatched.job_run for all
  using (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'job-queue')
  with check (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'job-queue');
-- Who starts work again, or ends it, wipes out how often it died.
create policy job_run_seen on unwatched.job_run for select
  using (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'administrator');
create policy job_run_forget on unwatched.job_run for delete
  using (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'administrator');
grant select, delete on unwatched.job_run to unwatched_program;
grant insert (clinic_id, job_id, job, presence, started_at, deaths) on unwatched.job_run to unwatched_program;
grant update (job, presence, started_at, deaths) on unwatched.job_run to unwatched_program;

-- Whether anything can be written now: one row of each clinic, written again whenever somebody asks. Its filler takes room,
-- so that a disk that is full says so.
create table unwatched.write_check (
  clinic_id uuid primary key references unwatched.clinic,
  at        timestamptz not null,
  filler    bytea not null
);
alter table unwatched.write_check alter column filler set storage external;

alter table unwatched.write_check enable row level security;
create policy write_check_job on unwatched.write_check for all
  using (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'job-watch-machine')
  with check (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'job-watch-machine');
grant select on unwatched.write_check to unwatched_program;
grant insert (clinic_id, at, filler) on unwatched.write_check to unwatched_program;
grant update (at, filler) on unwatched.write_check to unwatched_program;

-- What came from one place in one hour or day: public forms, and wrong words of clients. Its name is a keyed digest that is
-- another in every period; the count lies sealed; it names no case and no instant, and goes when the period is over (S8).
create table unwatched.origin_tally (
  clinic_id uuid not null references unwatched.clinic,
  digest    text not null check (digest ~ '^[0-9a-f]{64}$'),
  ends_at   timestamptz not null,
  sealed    bytea not null,
  primary key (clinic_id, digest)
);
create index origin_tally_by_end on unwatched.origin_tally (clinic_id, ends_at);

alter table unwatched.origin_tally enable row level security;
create policy origin_tally_keep on unwatched.origin_tally for all
  using (clinic_id = unwatched.clinic_now() and unwatched.task_now() in ('public-form', 'sign-in'))
  with check (clinic_id = unwatched.clinic_now() and unwatched.task_now() in ('public-form', 'sign-in'));
grant select, delete on unwatched.origin_tally to unwatched_program;
grant insert (clinic_id, digest, ends_at, sealed) on unwatched.origin_tally to unwatched_program;
grant update (ends_at, sealed) on unwatched.origin_tally to unwatched_program;
