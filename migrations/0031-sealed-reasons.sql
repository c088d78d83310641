-- S8: why something is shared, barred or lifted, what was decided on a bundle, the names of files and how they were come
-- by, and what an importer found and asked are sealed too. A sealed text is longer than what it says; how long it may be
-- is settled at the door. What was written before is sealed at the next start.
alter table unwatched.exception_request
  drop constraint exception_request_reason_check,
  drop constraint exception_request_not_told_because_check,
  drop constraint exception_request_note_check,
  add constraint exception_request_has_reason check (reason <> '');
