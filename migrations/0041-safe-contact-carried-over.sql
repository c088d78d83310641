-- What was said about contact at the referral is carried over by the program when a case opens. No person wrote that
-- revision of the plan, and none is named for it; every other revision is written by the person who is named.
alter table unwatched.contact_plan alter column by_person drop not null;
alter policy contact_plan_make on unwatched.contact_plan
  with check (clinic_id = unwatched.clinic_now() and at = unwatched.time_now()
              and by_person is not distinct from unwatched.person_now()
              and (by_person is not null or (unwatched.task_now() = 'job-carry-over-contact' and revision = 1))
              and case_id in (select unwatched.opened_cases('contact', 'write')));
