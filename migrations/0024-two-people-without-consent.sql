-- Two people for every sharing without consent (S12): a coordinator asks, another one approves, and only the approval
-- makes a row that lets an agency in. Who may write the consents of a case is a coordinator who opened it.
create table unwatched.exception_request (
  clinic_id    uuid not null,
  case_id      uuid not null,
  request_id   uuid not null,
  agency_id    uuid not null,
  parts        text[] not null check (cardinality(parts) > 0),
  legal_basis  text not null check (legal_basis in ('vital-interests', 'safeguarding-vulnerable-individual',
                                                    'crime-prevention', 'court-order')),
  reason       text not null check (length(reason) between 1 and 4000),
  is_told      boolean not null,
  not_told_because text not null check (length(not_told_because) <= 4000),
  until_time   timestamptz not null,
  state        text not null check (state in ('asked', 'approved', 'refused')),
  asked_by     uuid not null,
  asked_at     timestamptz not null,
  decided_by   uuid,
  decided_at   timestamptz,
  note         text not null default '' check (length(note) <= 4000),
  primary key (clinic_id, case_id, request_id),
  foreign key (clinic_id, case_id) references unwatched.case_file,
  foreign key (clinic_id, agency_id) references unwatched.agency,
  check (is_told = (not_told_because = '')),
  check (until_time > asked_at and until_time <= asked_at + interval '720 hours'),
  check ((state = 'asked') = (decided_by is null and decided_at is null)),
  check (decided_by <> asked_by),
  check (state <> 'approved' or decided_at < until_time),
  check (state = 'asked' or note <> '')
);
alter table unwatched.exception_request enable row level security;
create policy exception_request_read on unwatched.exception_request for select
  using (clinic_id = unwatched.clinic_now()
         and case_id in (select unwatched.opened_cases('consent', 'read')));
create policy exception_request_ask on unwatched.exception_request for insert
  with check (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'coordinator' and state = 'asked'
              and asked_by = unwatched.person_now() and asked_at = unwatched.time_now()
              and case_id in (select unwatched.opened_cases('consent', 'write')));
create policy exception_request_decide on unwatched.exception_request for update
  using (clinic_id = unwatched.clinic_now() and state = 'asked' and asked_by <> unwatched.person_now()
         and unwatched.role_now() = 'coordinator'
         and case_id in (select unwatched.opened_cases('consent', 'write')))
  with check (clinic_id = unwatched.clinic_now() and state in ('approved', 'refused')
              and decided_by = unwatched.person_now() and decided_at = unwatched.time_now());
grant select, insert on unwatched.exception_request to unwatched_program;
grant update (state, decided_by, decided_at, note) on unwatched.exception_request to unwatched_program;

-- A row without consent names two people. What an earlier version may have let somebody write stays as it was.
alter table unwatched.consent add constraint consent_without_consent_names_two
  check (basis = 'consent' or (approved_by is not null and approved_by <> recorded_by)) not valid;

-- Whether whoever acts has approved exactly this in this very transaction.
create function unwatched.is_exception_approved_now(made unwatched.consent) returns boolean
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select exists (
    select 1 from exception_request r
    where r.clinic_id = clinic_now() and r.case_id = made.case_id and r.request_id = made.consent_id
      and r.state = 'approved' and r.decided_by = person_now() and r.decided_at = time_now()
      and r.xmin = pg_current_xact_id()::xid
      and (r.agency_id, r.parts, r.legal_basis, r.reason, r.until_time, r.asked_by, r.decided_by, r.decided_at)
        = (made.agency_id, made.parts, made.how, made.reason, made.in_force_until, made.recorded_by, made.approved_by,
           made.in_force_from))
$$;
alter policy consent_make on unwatched.consent
  with check (clinic_id = unwatched.clinic_now() and withdrawn_at is null
              and case basis
                  when 'consent' then recorded_by = unwatched.person_now() and approved_by is null
                       and ((unwatched.role_now() = 'coordinator' and unwatched.front_door_file(case_id))
                            or case_id in (select unwatched.opened_cases('consent', 'write')))
                  else case_id in (select unwatched.opened_cases('consent', 'write'))
                       and unwatched.is_exception_approved_now(consent) end);
