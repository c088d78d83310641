-- The days on which the suspected person knew something, and those on which they did not: revisions, never edits. The
-- whole of a revision lies sealed under the key of the case; what is in the open says only that somebody worked on it,
-- and when.

create table unwatched.leak_book (
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
create trigger leak_book_is_append_only before update or delete or truncate on unwatched.leak_book
  for each statement execute function unwatched.refuse_change();

alter table unwatched.leak_book enable row level security;
create policy leak_book_read on unwatched.leak_book for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('map', 'read')));
create policy leak_book_make on unwatched.leak_book for insert
  with check (clinic_id = unwatched.clinic_now() and by_person = unwatched.person_now()
              and at = unwatched.time_now()
              and case_id in (select unwatched.opened_cases('map', 'write')));
grant select, insert on unwatched.leak_book to unwatched_program;
