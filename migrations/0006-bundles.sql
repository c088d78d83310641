-- What leaves: asked for by one, approved by another, both named (S12).

create table unwatched.bundle (
  clinic_id     uuid not null,
  case_id       uuid not null,
  bundle_id     uuid not null,
  purpose       text not null,
  for_agency    uuid,
  choices       jsonb not null default '{}',
  state         text not null check (state in ('asked', 'refused', 'building', 'ready', 'failed')),
  asked_by      uuid not null,
  asked_at      timestamptz not null,
  decided_by    uuid,
  decided_at    timestamptz,
  decision_note text not null default '',
  form_token    text,
  blob_id       text,
  file_name     text,
  size          bigint,
  sha256        text,
  built_at      timestamptz,
  failure       text not null default '',
  primary key (clinic_id, case_id, bundle_id),
  unique (clinic_id, case_id, form_token),
  foreign key (clinic_id, case_id) references unwatched.case_file,
  check (decided_by is null or decided_by <> asked_by)
);
alter table unwatched.bundle enable row level security;

-- A police liaison sees what was made for the police and approved, and nothing that is still being talked about.
create policy bundle_read on unwatched.bundle for select using (clinic_id = unwatched.clinic_now()
  and case_id in (select unwatched.opened_cases('bundle', 'read'))
  and (unwatched.is_job() or unwatched.role_now() <> 'police-liaison'
       or (state = 'ready' and for_agency = unwatched.agency_now())));
create policy bundle_make on unwatched.bundle for insert with check (clinic_id = unwatched.clinic_now()
  and state = 'asked' and asked_by = unwatched.person_now() and decided_by is null
  and case_id in (select unwatched.opened_cases('bundle', 'write')));
create policy bundle_change on unwatched.bundle for update using (clinic_id = unwatched.clinic_now()
  and case_id in (select unwatched.opened_cases('bundle', 'write')));
grant select, insert, update on unwatched.bundle to unwatched_program;
