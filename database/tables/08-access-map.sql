-- What a client has, who can reach it, and how they are locked out of it.

-- What a client has and who had hands on it: revisions, never edits. The whole of a revision lies sealed under the key
-- of the case; what is in the open says only that somebody worked on it, and when.
create table unwatched.access_map (
  clinic_id  uuid not null,
  case_id    uuid not null,
  revision   integer not null check (revision > 0),
  at         timestamptz not null,
  by_person  uuid not null,
  -- What was done in this revision, as a code: things-added, answers-given, thing-gone, words-written.
  change     text not null check (change ~ '^[a-z][a-z-]{2,40}$'),
  sealed     bytea not null,
  primary key (clinic_id, case_id, revision),
  foreign key (clinic_id, case_id) references unwatched.case_file
);

alter table unwatched.access_map enable row level security;
create policy access_map_read on unwatched.access_map for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('map', 'read')));
create policy access_map_make on unwatched.access_map for insert
  with check (clinic_id = unwatched.clinic_now() and by_person = unwatched.person_now()
              and at = unwatched.time_now()
              and case_id in (select unwatched.opened_cases('map', 'write')));
grant select on unwatched.access_map to unwatched_program;
grant insert (clinic_id, case_id, revision, at, by_person, change,
  sealed) on unwatched.access_map to unwatched_program;
create trigger access_map_is_append_only before update or delete or truncate on unwatched.access_map
  for each statement execute function unwatched.refuse_change();

-- The lock-out plan a client chose and how far it has got: revisions, never edits. The whole of a revision lies sealed
-- under the key of the case; what is in the open says only that somebody worked on it, when, and how each card stands.
create table unwatched.lock_out (
  clinic_id  uuid not null,
  case_id    uuid not null,
  revision   integer not null check (revision > 0),
  at         timestamptz not null,
  by_person  uuid not null,
  -- What was done in this revision, as a code: plan-chosen, moment-chosen, step-marked, step-could-not, reaction-told,
  -- evidence-kept.
  change     text not null check (change ~ '^[a-z][a-z-]{2,40}$'),
  -- How each card stands, by its reference: which step a card is lies sealed.
  cards      jsonb not null check (jsonb_typeof(cards) = 'object'),
  sealed     bytea not null,
  primary key (clinic_id, case_id, revision),
  foreign key (clinic_id, case_id) references unwatched.case_file
);

alter table unwatched.lock_out enable row level security;
create policy lock_out_read on unwatched.lock_out for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('map', 'read')));
create policy lock_out_make on unwatched.lock_out for insert
  with check (clinic_id = unwatched.clinic_now() and by_person = unwatched.person_now()
              and at = unwatched.time_now()
              and case_id in (select unwatched.opened_cases('map', 'write')));
grant select on unwatched.lock_out to unwatched_program;
grant insert (clinic_id, case_id, revision, at, by_person, change, cards,
  sealed) on unwatched.lock_out to unwatched_program;
create trigger lock_out_is_append_only before update or delete or truncate on unwatched.lock_out
  for each statement execute function unwatched.refuse_change();

-- What was looked at on a thing of the map, how, by whom and when, and what was found: revisions, never edits. What was
-- found lies sealed under the key of the case, and so does a list of apps or devices that was read; in the open stands
-- which thing was checked, by the number it has on the map, and when.
create table unwatched.device_check (
  clinic_id    uuid not null,
  case_id      uuid not null,
  check_id     uuid not null,
  revision     integer not null check (revision > 0),
  thing_id     text not null check (thing_id ~ '^t[0-9]{1,4}$'),
  at           timestamptz not null,
  by_person    uuid not null,
  -- What was done in this revision, as a code: recorded, corrected, devices-answered, put-on-map.
  change       text not null check (change ~ '^[a-z][a-z-]{2,40}$'),
  sealed       bytea not null,
  -- The list as it came in; with the first revision alone.
  sealed_list  bytea check (sealed_list is null or revision = 1),
  primary key (clinic_id, case_id, check_id, revision),
  foreign key (clinic_id, case_id) references unwatched.case_file
);

alter table unwatched.device_check enable row level security;
create policy device_check_read on unwatched.device_check for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('map', 'read')));
create policy device_check_make on unwatched.device_check for insert
  with check (clinic_id = unwatched.clinic_now() and by_person = unwatched.person_now()
              and at = unwatched.time_now()
              and case_id in (select unwatched.opened_cases('map', 'write')));
grant select on unwatched.device_check to unwatched_program;
grant insert (clinic_id, case_id, check_id, revision, thing_id, at, by_person, change, sealed,
  sealed_list) on unwatched.device_check to unwatched_program;
create trigger device_check_is_append_only before update or delete or truncate on unwatched.device_check
  for each statement execute function unwatched.refuse_change();

-- The days on which the suspected person knew something, and those on which they did not: revisions, never edits. The
-- whole of a revision lies sealed under the key of the case; what is in the open says only that somebody worked on it,
-- and when.
create table unwatched.leak_log (
  clinic_id  uuid not null,
  case_id    uuid not null,
  revision   integer not null check (revision > 0),
  at         timestamptz not null,
  by_person  uuid not null,
  -- What was done in this revision, as a code: days-entered, carriers-recorded, ranking-asked-for.
  change     text not null check (change ~ '^[a-z][a-z-]{2,40}$'),
  sealed     bytea not null,
  primary key (clinic_id, case_id, revision),
  foreign key (clinic_id, case_id) references unwatched.case_file
);

alter table unwatched.leak_log enable row level security;
create policy leak_log_read on unwatched.leak_log for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('map', 'read')));
create policy leak_log_make on unwatched.leak_log for insert
  with check (clinic_id = unwatched.clinic_now() and by_person = unwatched.person_now()
              and at = unwatched.time_now()
              and case_id in (select unwatched.opened_cases('map', 'write')));
grant select on unwatched.leak_log to unwatched_program;
grant insert (clinic_id, case_id, revision, at, by_person, change,
  sealed) on unwatched.leak_log to unwatched_program;
create trigger leak_log_is_append_only before update or delete or truncate on unwatched.leak_log
  for each statement execute function unwatched.refuse_change();
