-- Appointments: who works when, who is away, and the 45 minutes that several people keep for one client.

-- When somebody works, by the clock of the clinic's zone: minutes since midnight on a day of the week (Monday is 1).
create table unwatched.working_hours (
  clinic_id   uuid not null,
  person_id   uuid not null,
  hours_id    uuid not null,
  weekday     smallint not null check (weekday between 1 and 7),
  starts_at   smallint not null check (starts_at between 0 and 1439),
  ends_at     smallint not null check (ends_at between 1 and 1440),
  valid_from  date not null,
  -- The last day they hold; null for no end.
  valid_until date,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  removed_at  timestamptz,
  removed_by  uuid,
  primary key (clinic_id, person_id, hours_id),
  foreign key (clinic_id, person_id) references unwatched.person,
  check (starts_at < ends_at),
  check (valid_until is null or valid_until >= valid_from)
);

-- When somebody is away. Never why.
create table unwatched.absence (
  clinic_id   uuid not null,
  person_id   uuid not null,
  absence_id  uuid not null,
  starts_at   timestamptz not null,
  ends_at     timestamptz not null,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  removed_at  timestamptz,
  removed_by  uuid,
  primary key (clinic_id, person_id, absence_id),
  foreign key (clinic_id, person_id) references unwatched.person,
  check (starts_at < ends_at)
);

create table unwatched.appointment (
  clinic_id      uuid not null,
  case_id        uuid not null,
  appointment_id uuid not null,
  starts_at      timestamptz not null,
  ends_at        timestamptz not null,
  -- The time after it that everybody keeps for writing up.
  kept_until     timestamptz not null,
  place_kind     text not null check (place_kind in ('room', 'phone', 'video')),
  -- Sealed under the key of the case (S6): an address, a room, a number.
  place          bytea,
  domestic_abuse boolean not null,
  state          text not null default 'booked'
                 check (state in ('booked', 'attended', 'did-not-attend', 'client-left', 'clinic-cancelled', 'cancelled')),
  booked_at      timestamptz not null,
  booked_by      uuid not null,
  moved_at       timestamptz,
  moved_by       uuid,
  settled_at     timestamptz,
  settled_by     uuid,
  cancel_reason  text check (cancel_reason in ('client-asked', 'clinic-cannot', 'not-safe', 'other')),
  notes          bytea,
  notes_at       timestamptz,
  notes_by       uuid,
  primary key (clinic_id, case_id, appointment_id),
  foreign key (clinic_id, case_id) references unwatched.case_file,
  check (starts_at < ends_at and ends_at <= kept_until),
  check ((state = 'booked') = (settled_at is null))
);
create index appointment_by_time on unwatched.appointment (clinic_id, starts_at);

create table unwatched.appointment_person (
  clinic_id      uuid not null,
  case_id        uuid not null,
  appointment_id uuid not null,
  person_id      uuid not null,
  role           text not null check (role in ('cyber-adviser', 'stalking-advocate', 'idva')),
  primary key (clinic_id, case_id, appointment_id, person_id),
  foreign key (clinic_id, case_id, appointment_id) references unwatched.appointment,
  foreign key (clinic_id, person_id) references unwatched.person
);
create index appointment_of_person on unwatched.appointment_person (clinic_id, person_id);

-- No double booking, by the database itself: a quarter of an hour (counted since 1970) of one person, or of one client
-- (the case), is there once.
create table unwatched.appointment_seat (
  clinic_id      uuid not null,
  seat_of        uuid not null,
  quarter        integer not null,
  case_id        uuid not null,
  appointment_id uuid not null,
  primary key (clinic_id, seat_of, quarter),
  foreign key (clinic_id, case_id, appointment_id) references unwatched.appointment deferrable initially deferred
);
create index appointment_seats on unwatched.appointment_seat (clinic_id, appointment_id);

-- What a person must do when somebody did not come: a task, never a message.
create table unwatched.follow_up (
  clinic_id      uuid not null,
  case_id        uuid not null,
  appointment_id uuid not null,
  because        text not null check (because in ('did-not-attend', 'client-left')),
  raised_at      timestamptz not null,
  raised_by      uuid not null,
  tries_needed   smallint not null check (tries_needed between 1 and 9),
  tries          smallint not null default 0,
  last_try_at    timestamptz,
  outcome        text check (outcome in ('reached', 'welfare-check', 'could-not-reach', 'came-after-all')),
  note           bytea,
  closed_at      timestamptz,
  closed_by      uuid,
  primary key (clinic_id, case_id, appointment_id),
  foreign key (clinic_id, case_id, appointment_id) references unwatched.appointment,
  check ((outcome is null) = (closed_at is null))
);

do $$ declare t text; begin
  foreach t in array array['working_hours', 'absence', 'appointment', 'appointment_person', 'appointment_seat', 'follow_up'] loop
    execute format('alter table unwatched.%I enable row level security', t);
  end loop;
end $$;

create function unwatched.books_appointments() returns boolean language sql stable
as $$ select coalesce(unwatched.role_covers(unwatched.role_now(), 'appointment', 'write'), false) $$;

-- Colleagues who book see when somebody works and is away; only they themselves and coordinators change it.
create policy working_hours_read on unwatched.working_hours for select
  using (clinic_id = unwatched.clinic_now() and unwatched.books_appointments());
create policy working_hours_make on unwatched.working_hours for insert
  with check (clinic_id = unwatched.clinic_now() and recorded_by = unwatched.person_now() and removed_at is null
              and (unwatched.role_now() = 'coordinator' or unwatched.books_appointments() and person_id = unwatched.person_now()));
create policy working_hours_end on unwatched.working_hours for update
  using (clinic_id = unwatched.clinic_now() and removed_at is null
         and (unwatched.role_now() = 'coordinator' or unwatched.books_appointments() and person_id = unwatched.person_now()))
  with check (clinic_id = unwatched.clinic_now() and removed_at is not null and removed_by = unwatched.person_now());
create policy absence_read on unwatched.absence for select
  using (clinic_id = unwatched.clinic_now() and unwatched.books_appointments());
create policy absence_make on unwatched.absence for insert
  with check (clinic_id = unwatched.clinic_now() and recorded_by = unwatched.person_now() and removed_at is null
              and (unwatched.role_now() = 'coordinator' or unwatched.books_appointments() and person_id = unwatched.person_now()));
create policy absence_end on unwatched.absence for update
  using (clinic_id = unwatched.clinic_now() and removed_at is null
         and (unwatched.role_now() = 'coordinator' or unwatched.books_appointments() and person_id = unwatched.person_now()))
  with check (clinic_id = unwatched.clinic_now() and removed_at is not null and removed_by = unwatched.person_now());

-- The client covers this part too, and still reads none of these rows: what she sees is next_for_client() alone.
create function unwatched.opened_for_appointments(mode text) returns setof uuid language sql stable
as $$ select c from unwatched.opened_cases('appointment', mode) c where unwatched.client_case_now() is null $$;

create policy appointment_read on unwatched.appointment for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_for_appointments('read')));
create policy appointment_make on unwatched.appointment for insert
  with check (clinic_id = unwatched.clinic_now() and booked_by = unwatched.person_now() and state = 'booked'
              and starts_at > unwatched.time_now()
              and case_id in (select unwatched.opened_for_appointments('write')));
create policy appointment_change on unwatched.appointment for update
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_for_appointments('write')))
  with check (clinic_id = unwatched.clinic_now());
create policy appointment_person_read on unwatched.appointment_person for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_for_appointments('read')));
create policy appointment_person_change on unwatched.appointment_person for all
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_for_appointments('write')));
create policy appointment_seat_read on unwatched.appointment_seat for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_for_appointments('read')));
create policy appointment_seat_change on unwatched.appointment_seat for all
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_for_appointments('write')));
create policy follow_up_read on unwatched.follow_up for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_for_appointments('read')));
create policy follow_up_make on unwatched.follow_up for insert
  with check (clinic_id = unwatched.clinic_now() and raised_by = unwatched.person_now()
              and case_id in (select unwatched.opened_for_appointments('write')));
create policy follow_up_change on unwatched.follow_up for update
  -- One that ended because the client was recorded as having come opens again when that was the mistake.
  using (clinic_id = unwatched.clinic_now() and (closed_at is null or outcome = 'came-after-all')
         and case_id in (select unwatched.opened_for_appointments('write')))
  with check (clinic_id = unwatched.clinic_now() and (closed_by is null or closed_by = unwatched.person_now()));

-- Who can sit in an appointment of a case that is open: rule S5 asked for others, so that nobody is invited who could
-- not see it. It never says why somebody is not among them.
create function unwatched.who_may_join(the_case uuid)
returns table (person_id uuid, name text, role text, agency_id uuid)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select p.person_id, p.name, p.role, p.agency_id
  from person p
  where p.clinic_id = clinic_now() and p.state = 'active' and p.role in ('cyber-adviser', 'stalking-advocate', 'idva')
    and role_covers(p.role, 'appointment', 'write')
    and the_case in (select opened_for_appointments('read'))
    and exists (select 1 from consent c
                where c.clinic_id = p.clinic_id and c.case_id = the_case and c.agency_id = p.agency_id
                  and 'appointment' = any (c.parts) and c.in_force_from <= time_now()
                  and (c.in_force_until is null or c.in_force_until > time_now())
                  and (c.withdrawn_at is null or c.withdrawn_at > time_now()))
    and not exists (select 1 from bar b where b.clinic_id = p.clinic_id and b.case_id = the_case
                    and b.person_id = p.person_id and b.lifted_at is null)
$$;

-- Which quarters somebody keeps, for whatever case: free or not free, never for whom.
create function unwatched.taken_quarters(seats uuid[], first_quarter integer, last_quarter integer)
returns table (seat_of uuid, quarter integer)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select s.seat_of, s.quarter from appointment_seat s
  where s.clinic_id = clinic_now() and books_appointments() and s.seat_of = any (seats)
    and s.quarter between first_quarter and last_quarter
$$;

-- A diary: enough to find an appointment, and only of cases in sight. Looking inside needs open_case.
create function unwatched.diary(from_at timestamptz, until_at timestamptz, the_person uuid)
returns table (appointment_id uuid, case_id uuid, reference text, client_name text, starts_at timestamptz,
               ends_at timestamptz, state text, place_kind text)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select a.appointment_id, a.case_id, f.reference, f.client_name, a.starts_at, a.ends_at, a.state, a.place_kind
  from appointment a join case_file f on f.clinic_id = a.clinic_id and f.case_id = a.case_id
  where a.clinic_id = clinic_now() and client_case_now() is null
    and a.case_id in (select cases_in_sight('appointment', 'read'))
    and a.starts_at >= from_at and a.starts_at < until_at
    and (the_person is null or exists (select 1 from appointment_person p
         where p.clinic_id = a.clinic_id and p.appointment_id = a.appointment_id and p.person_id = the_person))
  order by a.starts_at, f.reference
$$;

create function unwatched.diary_people(appointments uuid[])
returns table (appointment_id uuid, name text, role text)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select ap.appointment_id, p.name, ap.role
  from appointment_person ap join person p on p.clinic_id = ap.clinic_id and p.person_id = ap.person_id
  where ap.clinic_id = clinic_now() and client_case_now() is null and ap.appointment_id = any (appointments)
    and ap.case_id in (select cases_in_sight('appointment', 'read'))
  order by ap.role, p.name
$$;

-- Who did not come and has not been followed up, of cases in sight.
create function unwatched.open_follow_ups()
returns table (appointment_id uuid, case_id uuid, reference text, client_name text, because text, raised_at timestamptz,
               tries smallint, tries_needed smallint)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select u.appointment_id, u.case_id, f.reference, f.client_name, u.because, u.raised_at, u.tries, u.tries_needed
  from follow_up u join case_file f on f.clinic_id = u.clinic_id and f.case_id = u.case_id
  where u.clinic_id = clinic_now() and client_case_now() is null and u.closed_at is null
    and u.case_id in (select cases_in_sight('appointment', 'read'))
  order by u.raised_at
$$;

-- All that a client is told of her appointments: when the next one is, and whether she comes, is rung or is seen.
create function unwatched.next_for_client()
returns table (starts_at timestamptz, ends_at timestamptz, place_kind text, zone text)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select a.starts_at, a.ends_at, a.place_kind, f.zone
  from appointment a join case_file f on f.clinic_id = a.clinic_id and f.case_id = a.case_id
  where a.clinic_id = clinic_now() and a.case_id = client_case_now()
    and a.case_id in (select opened_cases('appointment', 'read'))
    and a.state = 'booked' and a.ends_at > time_now()
  order by a.starts_at limit 1
$$;

-- Whole days from a referral to the first appointment that took place, by the month of that appointment. Counts for
-- figures, for a manager alone: never a row of a case.
create function unwatched.count_first_appointments(zone text)
returns table (month date, days integer, cases bigint)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select date_trunc('month', first.at at time zone zone)::date,
         greatest(0, (first.at at time zone zone)::date - (r.received_at at time zone zone)::date), count(*)
  from referral r
  join lateral (select min(a.starts_at) as at from appointment a
                where a.clinic_id = r.clinic_id and a.case_id = r.case_id and a.state in ('attended', 'client-left')) first
    on first.at is not null
  where r.clinic_id = clinic_now() and role_now() = 'manager'
  group by 1, 2
$$;

grant select, insert on unwatched.working_hours, unwatched.absence, unwatched.appointment, unwatched.follow_up
  to unwatched_program;
grant update (removed_at, removed_by) on unwatched.working_hours, unwatched.absence to unwatched_program;
grant update (starts_at, ends_at, kept_until, place_kind, place, domestic_abuse, state, moved_at, moved_by, settled_at,
              settled_by, cancel_reason, notes, notes_at, notes_by) on unwatched.appointment to unwatched_program;
grant select, insert, delete on unwatched.appointment_person, unwatched.appointment_seat to unwatched_program;
grant update (tries, last_try_at, outcome, note, closed_at, closed_by) on unwatched.follow_up to unwatched_program;
