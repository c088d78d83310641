-- Services the clinic refers to, and who checked what it says of them.

-- Who checked an entry of the clinic's list of services, when, how, and what they found; each names the entry as it stood
-- then, so that a changed entry is checked again. Everybody may read it: a public page says what was not checked.
create table unwatched.service_check (
  clinic_id  uuid not null,
  check_id   uuid not null,
  service    text not null check (length(service) between 1 and 120),
  entry      text not null check (entry ~ '^[0-9a-f]{64}$'),
  checked_at timestamptz not null,
  checked_by uuid not null,
  method     text not null check (method in ('telephone', 'website', 'told-by-them')),
  finding    text not null check (finding in ('right', 'wrong')),
  note       text not null check (length(note) <= 1000),
  primary key (clinic_id, check_id),
  foreign key (clinic_id, checked_by) references unwatched.person
);
create index service_check_by_entry on unwatched.service_check (clinic_id, service, entry, checked_at desc);

alter table unwatched.service_check enable row level security;
create policy service_check_read on unwatched.service_check for select
  using (clinic_id = unwatched.clinic_now());
create policy service_check_make on unwatched.service_check for insert
  with check (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'coordinator'
              and checked_by = unwatched.person_now() and checked_at = unwatched.time_now());
grant select on unwatched.service_check to unwatched_program;
grant insert (clinic_id, check_id, service, entry, checked_at, checked_by, method, finding,
  note) on unwatched.service_check to unwatched_program;
create trigger service_check_is_kept before update or delete or truncate on unwatched.service_check
  for each statement execute function unwatched.refuse_change();
