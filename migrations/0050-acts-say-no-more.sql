-- S8: of an act in a case the trail says in the open who did what kind of thing and when. What else it says (a field that
-- was shown, a time, a number, a size) lies sealed under a key of the clinic. What the database itself writes when a
-- case is opened (for reading or for changing, beside or again) it must read, and stays.
alter table unwatched.act add column sealed bytea;
alter table unwatched.act add constraint act_detail_is_sealed
  check (case_id is null or detail = '{}' or verb in ('case-opened', 'case-refused')) not valid;
