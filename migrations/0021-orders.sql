-- Orders of a court (and conditions of bail): revisions, never edits. The whole of a revision lies sealed under the key of
-- the case; in the open is only who worked on it, when, and the days that a plan and an expiry are reckoned from.

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

create trigger order_revision_is_append_only before update or delete or truncate on unwatched.order_revision
  for each statement execute function unwatched.refuse_change();
create trigger breach_decision_is_append_only before update or delete or truncate on unwatched.breach_decision
  for each statement execute function unwatched.refuse_change();

do $$ declare t text; begin
  foreach t in array array['order_revision', 'breach_decision'] loop
    execute format('alter table unwatched.%I enable row level security', t);
    execute format($p$create policy %I on unwatched.%I for select using (clinic_id = unwatched.clinic_now()
      and case_id in (select unwatched.opened_cases('order', 'read')))$p$, t || '_read', t);
    execute format($p$create policy %I on unwatched.%I for insert with check (clinic_id = unwatched.clinic_now()
      and by_person = unwatched.person_now() and at = unwatched.time_now()
      and case_id in (select unwatched.opened_cases('order', 'write')))$p$, t || '_make', t);
  end loop;
end $$;
grant select, insert on unwatched.order_revision, unwatched.breach_decision to unwatched_program;

-- What of the orders asks for a review of the plan, for a case that is open for its plan. Whoever may not see the orders
-- of the case learns only that something changed, and when.
create function unwatched.plan_triggers(the_case uuid) returns table (trigger text, at timestamptz)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select case when the_case in (select cases_in_sight('order', 'read')) then f.trigger else 'other' end, f.at
  from (
    select 'order-served' as trigger, min(o.at) as at from order_revision o
    where o.clinic_id = clinic_now() and o.case_id = the_case and o.served_at is not null group by o.order_id
    union all
    select 'breach', b.at from breach_decision b
    where b.clinic_id = clinic_now() and b.case_id = the_case and b.is_confirmed
  ) f
  where client_case_now() is null and the_case in (select opened_cases('plan', 'read'))
$$;
