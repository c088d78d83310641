-- S8: from a dump nobody joins an appointment to a case. What stands beside a case of its appointments (when, with whom,
-- what became of it) lies sealed whole. What the clinic must know to give no hour twice is who keeps which quarter of an
-- hour, and that names no case: for whom it is kept lies sealed in it.

-- What was kept in the open waits in a schema of its own, out of the program's reach, until the program has sealed it at
-- its next start (see forget_open_appointments); where there is none, nothing is kept.
create schema unwatched_before;
alter table unwatched.follow_up set schema unwatched_before;
alter table unwatched.appointment_seat set schema unwatched_before;
alter table unwatched.appointment_person set schema unwatched_before;
alter table unwatched.appointment set schema unwatched_before;
do $$ begin
  if not exists (select from unwatched_before.appointment) then drop schema unwatched_before cascade; end if;
end $$;

drop function unwatched.diary(timestamptz, timestamptz, uuid);
drop function unwatched.diary_people(uuid[]);
drop function unwatched.open_follow_ups();
drop function unwatched.next_for_client();
drop function unwatched.count_first_appointments(text);
drop function unwatched.hangs_on(uuid, uuid, uuid);

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

-- No double booking, by the database itself: a quarter of an hour (counted since 1970) of one person, or of one client,
-- is there once. Whose the client's is, is a keyed number of another look at every quarter.
create table unwatched.appointment_seat (
  clinic_id uuid not null,
  seat_of   uuid not null,
  quarter   integer not null,
  -- In the first quarter of an appointment: which it is, sealed under a key of the clinic, all of one length.
  sealed    bytea,
  -- A digest of the case, this seat and a secret that lies sealed with the appointment: whoever changes a seat has
  -- opened the case it is kept for, and shows that by the secret.
  bound     bytea not null check (length(bound) = 32),
  primary key (clinic_id, seat_of, quarter)
);
create index appointment_seat_by_quarter on unwatched.appointment_seat (clinic_id, quarter) where sealed is not null;

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
create index follow_up_open on unwatched.follow_up (clinic_id, case_id) where is_open;

do $$ declare t text; begin
  foreach t in array array['appointment', 'appointment_seat', 'follow_up'] loop
    execute format('alter table unwatched.%I enable row level security', t);
  end loop;
end $$;

create policy appointment_read on unwatched.appointment for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_for_appointments('read')));
create policy appointment_make on unwatched.appointment for insert
  with check (clinic_id = unwatched.clinic_now() and unwatched.person_now() is not null
              and case_id in (select unwatched.opened_for_appointments('write')));
create policy appointment_change on unwatched.appointment for update
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_for_appointments('write')))
  with check (clinic_id = unwatched.clinic_now());
create policy follow_up_read on unwatched.follow_up for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_for_appointments('read')));
create policy follow_up_make on unwatched.follow_up for insert
  with check (clinic_id = unwatched.clinic_now() and unwatched.person_now() is not null and is_open
              and case_id in (select unwatched.opened_for_appointments('write')));
create policy follow_up_change on unwatched.follow_up for update
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_for_appointments('write')))
  with check (clinic_id = unwatched.clinic_now());

-- What ties a seat to a case, for whoever knows the secret of the appointment; null without one.
create function unwatched.seat_bound(the_case uuid, seat_of uuid, quarter integer) returns bytea language sql stable
as $$ select sha256(convert_to(s || ' ' || the_case || ' ' || seat_of || ' ' || quarter, 'UTF8'))
      from (select current_setting('unwatched.seat_secret', true)) as x (s) where length(s) = 64 $$;

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

-- Writes seats anew in an order that says nothing: in the order in which they were taken they would stand beside what was
-- done in the cases. Those of this transaction, with all others of the clinic, or with so many of them by chance: of two
-- hundred appointments nobody then tells which is the newest. What is long over is forgotten; its row beside the case stays.
create function unwatched.mix_seats() returns void
language plpgsql volatile security definer set search_path = unwatched, pg_temp as $$
declare
  with_them constant integer := 3200;
begin
  if clinic_now() is null or not books_appointments() then return; end if;
  delete from appointment_seat s where s.clinic_id = clinic_now()
    and s.quarter::bigint * 900 < extract(epoch from time_now()) - 30 * 86400;
  with chosen as (
    select s.ctid from appointment_seat s where s.clinic_id = clinic_now() and s.xmin = pg_current_xact_id()::xid
    union
    (select s.ctid from appointment_seat s where s.clinic_id = clinic_now() order by random() limit with_them)),
  taken as (delete from appointment_seat s using chosen c where s.ctid = c.ctid returning s.*)
  insert into appointment_seat select * from taken order by random();
end $$;

-- Which appointments lie between two quarters, of one person or of everybody: sealed, so that without the clinic's key
-- it says no more than taken_quarters does. Whose they are in sight of, diary_lines says.
create function unwatched.kept_times(first_quarter integer, last_quarter integer, the_person uuid)
returns table (seat_of uuid, quarter integer, sealed bytea)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select s.seat_of, s.quarter, s.sealed from appointment_seat s
  where s.clinic_id = clinic_now() and books_appointments() and client_case_now() is null and s.sealed is not null
    and s.quarter between first_quarter and last_quarter and (the_person is null or s.seat_of = the_person)
$$;

-- Of these appointments those of cases in sight, with enough to find them. Looking inside needs open_case.
create function unwatched.diary_lines(cases uuid[], appointments uuid[])
returns table (appointment_id uuid, case_id uuid, reference text, client_name text, sealed bytea)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select a.appointment_id, a.case_id, f.reference, f.client_name, a.sealed
  from unnest(cases, appointments) as asked (case_id, appointment_id)
  join appointment a on a.clinic_id = clinic_now() and a.case_id = asked.case_id and a.appointment_id = asked.appointment_id
  join case_file f on f.clinic_id = a.clinic_id and f.case_id = a.case_id
  where client_case_now() is null and a.case_id in (select cases_in_sight('appointment', 'read'))
$$;

-- Who did not come and has not been followed up, of cases in sight.
create function unwatched.open_follow_ups()
returns table (appointment_id uuid, case_id uuid, reference text, client_name text, sealed bytea)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select u.appointment_id, u.case_id, f.reference, f.client_name, u.sealed
  from follow_up u join case_file f on f.clinic_id = u.clinic_id and f.case_id = u.case_id
  where u.clinic_id = clinic_now() and client_case_now() is null and u.is_open
    and u.case_id in (select cases_in_sight('appointment', 'read'))
$$;

-- What a client's own appointments are told from, for the client; the program tells her when the next one is, and no more.
create function unwatched.appointments_for_client()
returns table (appointment_id uuid, sealed bytea, zone text)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select a.appointment_id, a.sealed, f.zone
  from appointment a join case_file f on f.clinic_id = a.clinic_id and f.case_id = a.case_id
  where a.clinic_id = clinic_now() and a.case_id = client_case_now()
    and a.case_id in (select opened_cases('appointment', 'read'))
$$;

-- When each referral that has appointments came in, and those, sealed: for figures, for a manager alone, and no case.
create function unwatched.appointments_by_referral()
returns table (received_at timestamptz, appointments uuid[], sealed bytea[])
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select r.received_at, array_agg(a.appointment_id order by a.appointment_id), array_agg(a.sealed order by a.appointment_id)
  from referral r join appointment a on a.clinic_id = r.clinic_id and a.case_id = r.case_id
  where r.clinic_id = clinic_now() and role_now() = 'manager'
  group by r.clinic_id, r.case_id, r.received_at
$$;

-- What hangs on a case, for the page that stands before a consent is withdrawn or the case closed: how many messages and
-- tasks, and its appointments, sealed.
create function unwatched.hangs_on(the_case uuid)
returns table (appointments uuid[], sealed bytea[], messages integer, tasks integer)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select
    (select coalesce(array_agg(a.appointment_id order by a.appointment_id), '{}') from appointment a
      where a.clinic_id = clinic_now() and a.case_id = the_case),
    (select coalesce(array_agg(a.sealed order by a.appointment_id), '{}') from appointment a
      where a.clinic_id = clinic_now() and a.case_id = the_case),
    (select count(*)::int from message m where m.clinic_id = clinic_now() and m.case_id = the_case and m.state = 'waiting'),
    (select count(*)::int from task t where t.clinic_id = clinic_now() and t.case_id = the_case and t.done_at is null)
  where exists (select 1 from opened_cases('consent', 'write') o where o = the_case)
     or exists (select 1 from opened_cases('triage', 'write') o where o = the_case)
$$;

create or replace function unwatched.coming_appointments_of(the_person uuid) returns integer
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select case when role_now() = 'administrator' then (
    select count(*)::int from appointment_seat s
    where s.clinic_id = clinic_now() and s.seat_of = the_person and s.sealed is not null
      and s.quarter::bigint * 900 > extract(epoch from time_now())) end
$$;

do $$ declare f text; begin
  foreach f in array array['mix_seats()', 'kept_times(integer, integer, uuid)', 'diary_lines(uuid[], uuid[])',
      'open_follow_ups()', 'appointments_for_client()', 'appointments_by_referral()', 'hangs_on(uuid)'] loop
    execute 'revoke execute on function unwatched.' || f || ' from public';
    execute 'grant execute on function unwatched.' || f || ' to unwatched_program';
  end loop;
end $$;

grant select, insert on unwatched.appointment, unwatched.follow_up to unwatched_program;
grant update (sealed, notes) on unwatched.appointment to unwatched_program;
grant update (sealed, is_open) on unwatched.follow_up to unwatched_program;
grant select, insert, delete on unwatched.appointment_seat to unwatched_program;

-- What a message is about tells when: it lies sealed, and in the open only whether two are about the same.
alter table unwatched.message alter column about_at drop not null;
alter table unwatched.message add column about_sealed bytea;
