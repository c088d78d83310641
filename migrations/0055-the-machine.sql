-- Whether anything can be written now: one row of each clinic, written anew whenever somebody asks. Its filler takes room,
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
grant select, insert, update on unwatched.write_check to unwatched_program;

-- What whoever looks after the machine was told of it by mail, and when: of each kind of trouble once, and then once a day.
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
grant select, insert, update, delete on unwatched.machine_notice to unwatched_program;
