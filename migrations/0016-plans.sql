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
create trigger plan_revision_is_append_only before update or delete or truncate on unwatched.plan_revision
  for each statement execute function unwatched.refuse_change();

alter table unwatched.plan_revision enable row level security;
-- The client reads her own plan, by role_covers; she never writes it.
create policy plan_revision_read on unwatched.plan_revision for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('plan', 'read')));
create policy plan_revision_make on unwatched.plan_revision for insert
  with check (clinic_id = unwatched.clinic_now() and by_person = unwatched.person_now()
              and at = unwatched.time_now()
              and case_id in (select unwatched.opened_cases('plan', 'write')));
grant select, insert on unwatched.plan_revision to unwatched_program;

-- Plans whose review by date has come, of cases in sight: enough to find them. Looking inside needs open_case.
create function unwatched.plan_reviews_due(until_day date)
returns table (case_id uuid, reference text, client_name text, due_on date)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select p.case_id, f.reference, f.client_name, p.next_review_on
  from plan_revision p join case_file f on f.clinic_id = p.clinic_id and f.case_id = p.case_id
  where p.clinic_id = clinic_now() and client_case_now() is null
    and p.revision = (select max(n.revision) from plan_revision n where n.clinic_id = p.clinic_id and n.case_id = p.case_id)
    and p.state = 'open' and p.next_review_on <= until_day
    and p.case_id in (select cases_in_sight('plan', 'read'))
  order by p.next_review_on, f.reference
$$;
