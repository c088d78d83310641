-- The safety plan of a case.

-- The safety plan of a case: revisions, never edits. The whole of a revision lies sealed under the key of the case; what
-- is in the open says only that somebody worked on it, when, and when it is to be looked at again.
create table unwatched.plan_revision (
  clinic_id       uuid not null,
  case_id         uuid not null,
  revision        integer not null check (revision > 0),
  at              timestamptz not null,
  by_person       uuid not null,
  -- What was done in this revision, as a code: plan-made, action-changed, plan-closed.
  change          text not null check (change ~ '^[a-z][a-z-]{2,40}$'),
  state           text not null check (state in ('open', 'closed')),
  -- The day of the next review by date; null once the plan is closed.
  next_review_on  date,
  sealed          bytea not null,
  primary key (clinic_id, case_id, revision),
  foreign key (clinic_id, case_id) references unwatched.case_file,
  check (state = 'open' or next_review_on is null)
);

alter table unwatched.plan_revision enable row level security;
-- The client reads their own plan, by role_covers, and never writes it.
create policy plan_revision_read on unwatched.plan_revision for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('plan', 'read')));
create policy plan_revision_make on unwatched.plan_revision for insert
  with check (clinic_id = unwatched.clinic_now() and by_person = unwatched.person_now()
              and at = unwatched.time_now()
              and case_id in (select unwatched.opened_cases('plan', 'write')));
grant select on unwatched.plan_revision to unwatched_program;
grant insert (clinic_id, case_id, revision, at, by_person, change, state, next_review_on,
  sealed) on unwatched.plan_revision to unwatched_program;
create trigger plan_revision_is_append_only before update or delete or truncate on unwatched.plan_revision
  for each statement execute function unwatched.refuse_change();
create trigger plan_review_is_listed after insert on unwatched.plan_revision
  for each row execute function unwatched.list_review();
