-- What leaves the clinic: asked for by one, approved by another, both named (S12).

-- One asking for a bundle, what was decided on it, and what was made of it.
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
  built_at      timestamptz,
  -- What was made of a bundle, once it was; and why it could not be.
  made          bytea,
  why_failed    bytea,
  primary key (clinic_id, case_id, bundle_id),
  unique (clinic_id, case_id, form_token),
  foreign key (clinic_id, case_id) references unwatched.case_file,
  check (decided_by is null or decided_by <> asked_by)
);
create index bundle_in_order on unwatched.bundle (clinic_id, case_id, asked_at, bundle_id);

alter table unwatched.bundle enable row level security;
-- A police liaison sees what was made for the police and approved, and nothing that is still being talked about.
create policy bundle_read on unwatched.bundle for select
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('bundle', 'read'))
         and (unwatched.is_job() or (select unwatched.role_now()) <> 'police-liaison'
              or (state = 'ready' and for_agency = (select unwatched.agency_now()))));
create policy bundle_make on unwatched.bundle for insert
  with check (clinic_id = unwatched.clinic_now()
         and state = 'asked' and asked_by = unwatched.person_now() and decided_by is null
         and case_id in (select unwatched.opened_cases('bundle', 'write')));
create policy bundle_change on unwatched.bundle for update
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('bundle', 'write')));
create policy bundle_waits on unwatched.bundle as restrictive for insert
  with check (not unwatched.is_fresh_now());
create policy bundle_decision_waits on unwatched.bundle as restrictive for update
  with check (decided_by is distinct from unwatched.person_now() or state <> 'building' or not unwatched.is_fresh_now());
grant select on unwatched.bundle to unwatched_program;
grant insert (clinic_id, case_id, bundle_id, purpose, for_agency, choices, state, asked_by, asked_at, decided_by,
  decided_at, decision_note, form_token, blob_id, built_at, made,
  why_failed) on unwatched.bundle to unwatched_program;
grant update (state, decided_by, decided_at, decision_note, blob_id, built_at, made,
  why_failed) on unwatched.bundle to unwatched_program;
create trigger bundle_keeps_its_decision before update on unwatched.bundle
  for each row execute function unwatched.keep_decision();
