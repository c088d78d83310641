-- What a picture says, as a person typed it off.
create table unwatched.transcript (
  clinic_id  uuid not null,
  case_id    uuid not null,
  item_id    uuid not null,
  revision   integer not null check (revision > 0),
  at         timestamptz not null,
  by_person  uuid,
  sealed     bytea not null,
  primary key (clinic_id, case_id, item_id, revision),
  foreign key (clinic_id, case_id, item_id) references unwatched.item
);
alter table unwatched.transcript enable row level security;
