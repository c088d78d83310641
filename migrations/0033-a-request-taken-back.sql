-- Whoever asked to share without consent may take it back while nobody has decided: it is no decision, and lets nobody in.
alter table unwatched.exception_request
  drop constraint exception_request_state_check,
  drop constraint exception_request_check3,
  drop constraint exception_request_check5,
  add constraint exception_request_state_check check (state in ('asked', 'approved', 'refused', 'withdrawn')),
  -- Two people for a decision (S12); alone one only takes back what one asked for.
  add constraint exception_request_names_two check ((state = 'withdrawn') = (decided_by is not distinct from asked_by)),
  add constraint exception_request_says_why check (state in ('asked', 'withdrawn') or note <> '');
alter policy exception_request_decide on unwatched.exception_request
  using (clinic_id = unwatched.clinic_now() and state = 'asked' and unwatched.role_now() = 'coordinator'
         and case_id in (select unwatched.opened_cases('consent', 'write')))
  with check (clinic_id = unwatched.clinic_now() and decided_by = unwatched.person_now()
              and decided_at = unwatched.time_now()
              and case when asked_by = unwatched.person_now() then state = 'withdrawn'
                  else state in ('approved', 'refused') end);
