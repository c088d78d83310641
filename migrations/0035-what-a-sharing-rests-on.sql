-- On what a sharing without consent rests: the basis by the list as it is read now, and, sealed, what was answered to each
-- limb of it with the conditions for health and crime beside it. The bases of the list before stay readable, and nobody
-- asks for one or approves one any more.
alter table unwatched.exception_request
  add column grounds text not null default '',
  drop constraint exception_request_legal_basis_check,
  add constraint exception_request_legal_basis_check check (legal_basis in (
    'vital-interests', 'safeguarding-child', 'safeguarding-adult-at-risk', 'crime-prevention', 'public-task-request',
    'civil-emergency', 'legal-obligation', 'safeguarding-vulnerable-individual', 'court-order'));
alter policy exception_request_ask on unwatched.exception_request
  with check (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'coordinator' and state = 'asked'
              and asked_by = unwatched.person_now() and asked_at = unwatched.time_now()
              and grounds <> '' and legal_basis not in ('safeguarding-vulnerable-individual', 'court-order')
              and case_id in (select unwatched.opened_cases('consent', 'write')));
alter policy exception_request_decide on unwatched.exception_request
  with check (clinic_id = unwatched.clinic_now() and decided_by = unwatched.person_now()
              and decided_at = unwatched.time_now()
              and case when asked_by = unwatched.person_now() then state = 'withdrawn'
                  else state = 'refused' or (state = 'approved' and grounds <> '') end);
