-- Orders of a court, and what somebody made of a breach.

-- Orders of a court (and conditions of bail): revisions, never edits. The whole of a revision lies sealed under the key of
-- the case; in the open is only who worked on it, when, and the days that a plan and an expiry are counted from.
create table unwatched.order_revision (
  clinic_id  uuid not null,
  case_id    uuid not null,
  order_id   uuid not null,
  revision   integer not null check (revision > 0),
  at         timestamptz not null,
  by_person  uuid not null,
  -- What was done in this revision, as a code: order-recorded, order-served, order-varied.
  change     text not null check (change ~ '^[a-z][a-z-]{2,40}$'),
  served_at  timestamptz,
  ends_on    date,
  sealed     bytea not null,
  primary key (clinic_id, case_id, order_id, revision),
  foreign key (clinic_id, case_id) references unwatched.case_file
);

alter table unwatched.order_revision enable row level security;
create policy order_revision_read on unwatched.order_revision for select
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('order', 'read')));
create policy order_revision_make on unwatched.order_revision for insert
  with check (clinic_id = unwatched.clinic_now()
         and by_person = unwatched.person_now() and at = unwatched.time_now()
         and case_id in (select unwatched.opened_cases('order', 'write')));
grant select on unwatched.order_revision to unwatched_program;
grant insert (clinic_id, case_id, order_id, revision, at, by_person, change, served_at, ends_on,
  sealed) on unwatched.order_revision to unwatched_program;
create trigger order_revision_is_append_only before update or delete or truncate on unwatched.order_revision
  for each statement execute function unwatched.refuse_change();

-- What a person made of a possible breach. The newest decision on an incident counts; the earlier ones stay.
create table unwatched.breach_decision (
  clinic_id    uuid not null,
  case_id      uuid not null,
  order_id     uuid not null,
  incident_id  uuid not null,
  decision     integer not null check (decision > 0),
  at           timestamptz not null,
  by_person    uuid not null,
  is_confirmed boolean not null,
  -- The reason, the reference of the police and the day they were told.
  sealed       bytea not null,
  primary key (clinic_id, case_id, order_id, incident_id, decision),
  foreign key (clinic_id, case_id, incident_id) references unwatched.incident
);

alter table unwatched.breach_decision enable row level security;
create policy breach_decision_read on unwatched.breach_decision for select
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('order', 'read')));
create policy breach_decision_make on unwatched.breach_decision for insert
  with check (clinic_id = unwatched.clinic_now()
         and by_person = unwatched.person_now() and at = unwatched.time_now()
         and case_id in (select unwatched.opened_cases('order', 'write')));
grant select on unwatched.breach_decision to unwatched_program;
grant insert (clinic_id, case_id, order_id, incident_id, decision, at, by_person, is_confirmed,
  sealed) on unwatched.breach_decision to unwatched_program;
create trigger breach_decision_is_append_only before update or delete or truncate on unwatched.breach_decision
  for each statement execute function unwatched.refuse_change();
