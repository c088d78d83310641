-- What is looked at of a picture, made again from its pixels.
create table unwatched.safe_copy (
  clinic_id  uuid not null,
  case_id    uuid not null,
  item_id    uuid not null,
  attempt    integer not null check (attempt > 0),
  blob_id    text,
  tried_at   timestamptz not null,
  sealed     bytea not null,
  primary key (clinic_id, case_id, item_id, attempt),
  foreign key (clinic_id, case_id, item_id) references unwatched.item
);
alter table unwatched.safe_copy enable row level security;
