-- Which pieces of the queue's work were begun, by which program, and how often that program ended before the work did.
-- Written and kept before the work begins: whoever ends with the work cannot write it afterwards. Codes and numbers
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

grant select, insert, update, delete on unwatched.job_run to unwatched_program;
