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
create trigger device_check_is_append_only before update or delete or truncate on unwatched.device_check
  for each statement execute function unwatched.refuse_change();

alter table unwatched.device_check enable row level security;
create policy device_check_read on unwatched.device_check for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('map', 'read')));
create policy device_check_make on unwatched.device_check for insert
  with check (clinic_id = unwatched.clinic_now() and by_person = unwatched.person_now()
              and at = unwatched.time_now()
              and case_id in (select unwatched.opened_cases('map', 'write')));
grant select, insert on unwatched.device_check to unwatched_program;
