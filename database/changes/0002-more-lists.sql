-- More of what lists are sorted by.
drop index unwatched.follow_up_open;
create index follow_up_open on unwatched.follow_up (clinic_id, appointment_id) where is_open;
create index act_of_clinic on unwatched.act (clinic_id, act_id)
  where (case_id is null or task = 'job-command-line' and verb = 'case-opened') and not is_copy;
create index person_by_name on unwatched.person (clinic_id, name, person_id);
create index diary_entry_in_order on unwatched.diary_entry (clinic_id, case_id, written_at, entry_id)
  where corrects is null;
create index diary_entry_by_corrected on unwatched.diary_entry (clinic_id, case_id, corrects) where corrects is not null;
create index bundle_in_order on unwatched.bundle (clinic_id, case_id, asked_at, bundle_id);
-- No list asks for the consents of an agency any more. While it was there, one case was looked up by it: a plan that was
-- made before anybody acted took the agency for none, and went through all of its consents ever after.
drop index unwatched.consent_by_agency;
drop index unwatched.agency_case_by_case;
create index agency_case_by_case on unwatched.agency_case (clinic_id, case_id, agency_id);
