-- Which incidents a person takes for one course of conduct, from which a time limit for a charge counts. Revisions, never
-- edits: the newest counts, the older ones stay. All of it lies sealed under the key of the case: which incidents, the
-- days the police or the prosecutor told, and the reason.

create table unwatched.conduct_choice (
  clinic_id  uuid not null,
  case_id    uuid not null,
  revision   integer not null check (revision > 0),
  at         timestamptz not null,
  by_person  uuid not null,
  sealed     bytea not null,
  primary key (clinic_id, case_id, revision),
  foreign key (clinic_id, case_id) references unwatched.case_file
);

create trigger conduct_choice_is_append_only before update or delete or truncate on unwatched.conduct_choice
  for each statement execute function unwatched.refuse_change();

alter table unwatched.conduct_choice enable row level security;
create policy conduct_choice_read on unwatched.conduct_choice for select using (clinic_id = unwatched.clinic_now()
  and case_id in (select unwatched.opened_cases('chronology', 'read')));
create policy conduct_choice_make on unwatched.conduct_choice for insert with check (clinic_id = unwatched.clinic_now()
  and by_person = unwatched.person_now() and at = unwatched.time_now()
  and case_id in (select unwatched.opened_cases('chronology', 'write')));
grant select, insert on unwatched.conduct_choice to unwatched_program;
