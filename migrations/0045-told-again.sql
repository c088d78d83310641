-- A bundle asks of each stretch of records which others tell the same again: found without looking through the case.
create index record_told_again on unwatched.record (clinic_id, case_id, same_as_item, same_as_ordinal)
  where same_as_item is not null;
