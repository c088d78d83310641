-- Appointments: who works when, who is away, and the 45 minutes that several people keep for one client.
-- S8: from a dump nobody joins an appointment to a case. What stands beside a case of its appointments (when, with whom,
-- what became of it) lies sealed whole. What the clinic must know to give no hour twice is who keeps which quarter of an
-- hour, and that names no case: for whom it is kept lies sealed in it.

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

alter table unwatched.working_hours enable row level security;
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
grant select on unwatched.working_hours to unwatched_program;
grant insert (clinic_id, person_id, hours_id, weekday, starts_at, ends_at, valid_from, valid_until, recorded_at,
  recorded_by, removed_at, removed_by) on unwatched.working_hours to unwatched_program;
grant update (removed_at, removed_by) on unwatched.working_hours to unwatched_program;

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

alter table unwatched.absence enable row level security;
create policy absence_read on unwatched.absence for select
  using (clinic_id = unwatched.clinic_now() and unwatched.books_appointments());
create policy absence_make on unwatched.absence for insert
  with check (clinic_id = unwatched.clinic_now() and recorded_by = unwatched.person_now() and removed_at is null
              and (unwatched.role_now() = 'coordinator' or unwatched.books_appointments() and person_id = unwatched.person_now()));
create policy absence_end on unwatched.absence for update
  using (clinic_id = unwatched.clinic_now() and removed_at is null
         and (unwatched.role_now() = 'coordinator' or unwatched.books_appointments() and person_id = unwatched.person_now()))
  with check (clinic_id = unwatched.clinic_now() and removed_at is not null and removed_by = unwatched.person_now());
grant select on unwatched.absence to unwatched_program;
grant insert (clinic_id, person_id, absence_id, starts_at, ends_at, recorded_at, recorded_by, removed_at,
  removed_by) on unwatched.absence to unwatched_program;
grant update (removed_at, removed_by) on unwatched.absence to unwatched_program;

-- An appointment of a case, sealed whole.
create table unwatched.appointment (
  clinic_id      uuid not null,
  case_id        uuid not null,
  appointment_id uuid not null,
  -- All of it, under a key of the clinic, because a diary shows those of many cases; its place under the case's own.
  sealed         bytea not null,
  notes          bytea,
  primary key (clinic_id, case_id, appointment_id),
  foreign key (clinic_id, case_id) references unwatched.case_file
);

alter table unwatched.appointment enable row level security;
create policy appointment_read on unwatched.appointment for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_for_appointments('read')));
create policy appointment_make on unwatched.appointment for insert
  with check (clinic_id = unwatched.clinic_now() and unwatched.person_now() is not null
              and case_id in (select unwatched.opened_for_appointments('write')));
create policy appointment_change on unwatched.appointment for update
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_for_appointments('write')))
  with check (clinic_id = unwatched.clinic_now());
grant select on unwatched.appointment to unwatched_program;
grant insert (clinic_id, case_id, appointment_id, sealed, notes) on unwatched.appointment to unwatched_program;
grant update (sealed, notes) on unwatched.appointment to unwatched_program;

-- No double booking, by the database itself: a quarter of an hour (counted since 1970) of one person, or of one client,
-- is there once. Whose the client's is, is a keyed number that differs at every quarter.
create table unwatched.appointment_seat (
  clinic_id uuid not null,
  seat_of   uuid not null,
  quarter   integer not null,
  -- In the first quarter of an appointment: which it is, sealed under a key of the clinic, all of one length.
  sealed    bytea,
  -- A digest of the case, this seat and a secret that lies sealed with the appointment: anyone who changes a seat has
  -- opened the case it is kept for, and shows that by the secret.
  bound     bytea not null check (length(bound) = 32),
  primary key (clinic_id, seat_of, quarter)
);
create index appointment_seat_by_quarter on unwatched.appointment_seat (clinic_id, quarter) where sealed is not null;

alter table unwatched.appointment_seat enable row level security;
-- The case must be opened, the secret must be that of its appointment, and no seat is taken in what is over.
create policy appointment_seat_read on unwatched.appointment_seat for select
  using (clinic_id = unwatched.clinic_now()
         and exists (select from unwatched.opened_for_appointments('read') c where bound = unwatched.seat_bound(c, seat_of, quarter)));
create policy appointment_seat_take on unwatched.appointment_seat for insert
  with check (clinic_id = unwatched.clinic_now() and quarter::bigint * 900 > extract(epoch from unwatched.time_now())
         and exists (select from unwatched.opened_for_appointments('write') c where bound = unwatched.seat_bound(c, seat_of, quarter)));
create policy appointment_seat_free on unwatched.appointment_seat for delete
  using (clinic_id = unwatched.clinic_now()
         and exists (select from unwatched.opened_for_appointments('write') c where bound = unwatched.seat_bound(c, seat_of, quarter)));
grant select, delete on unwatched.appointment_seat to unwatched_program;
grant insert (clinic_id, seat_of, quarter, sealed, bound) on unwatched.appointment_seat to unwatched_program;

-- What a person must do when somebody did not come: a task, never a message.
create table unwatched.follow_up (
  clinic_id      uuid not null,
  case_id        uuid not null,
  appointment_id uuid not null,
  is_open        boolean not null,
  sealed         bytea not null,
  primary key (clinic_id, case_id, appointment_id),
  foreign key (clinic_id, case_id, appointment_id) references unwatched.appointment
);
create index follow_up_open on unwatched.follow_up (clinic_id, appointment_id) where is_open;

alter table unwatched.follow_up enable row level security;
create policy follow_up_read on unwatched.follow_up for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_for_appointments('read')));
create policy follow_up_make on unwatched.follow_up for insert
  with check (clinic_id = unwatched.clinic_now() and unwatched.person_now() is not null and is_open
              and case_id in (select unwatched.opened_for_appointments('write')));
create policy follow_up_change on unwatched.follow_up for update
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_for_appointments('write')))
  with check (clinic_id = unwatched.clinic_now());
grant select on unwatched.follow_up to unwatched_program;
grant insert (clinic_id, case_id, appointment_id, is_open, sealed) on unwatched.follow_up to unwatched_program;
grant update (is_open, sealed) on unwatched.follow_up to unwatched_program;
