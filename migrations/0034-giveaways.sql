-- What in an original could lead somebody to the client, and copies of pictures made without it.

-- One row an item, made anew with each reading. What was found and where lies sealed under the key of the case;
-- `looked_for` tells whether it was looked for with the same details of the client, and nothing about them.
create table unwatched.giveaway_look (
  clinic_id   uuid not null,
  case_id     uuid not null,
  item_id     uuid not null,
  at          timestamptz not null,
  looked_for  text not null check (looked_for ~ '^-?[0-9]{1,20}$'),
  sealed      bytea not null,
  primary key (clinic_id, case_id, item_id),
  foreign key (clinic_id, case_id, item_id) references unwatched.item
);

-- A picture made anew from the pixels of an original. It is derived and never the original: it has no exhibit reference
-- of its own, and the custody log says from what it was made.
create table unwatched.working_copy (
  clinic_id   uuid not null,
  case_id     uuid not null,
  item_id     uuid not null,
  blob_id     text not null,
  sha256      text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size        bigint not null check (size > 0),
  media_type  text not null,
  made_at     timestamptz not null,
  primary key (clinic_id, case_id, item_id),
  foreign key (clinic_id, case_id, item_id) references unwatched.item
);
create trigger working_copy_is_kept before update or delete or truncate on unwatched.working_copy
  for each statement execute function unwatched.refuse_change();

alter table unwatched.giveaway_look enable row level security;
alter table unwatched.working_copy enable row level security;

create policy giveaway_look_read on unwatched.giveaway_look for select using (clinic_id = unwatched.clinic_now()
  and case_id in (select unwatched.opened_cases('evidence', 'read')));
create policy giveaway_look_make on unwatched.giveaway_look for insert with check (clinic_id = unwatched.clinic_now()
  and unwatched.is_job() and case_id in (select unwatched.opened_cases('evidence', 'write')));
create policy giveaway_look_change on unwatched.giveaway_look for update using (clinic_id = unwatched.clinic_now()
  and unwatched.is_job() and case_id in (select unwatched.opened_cases('evidence', 'write')));

create policy working_copy_read on unwatched.working_copy for select using (clinic_id = unwatched.clinic_now()
  and case_id in (select unwatched.opened_cases('evidence', 'read')));
create policy working_copy_make on unwatched.working_copy for insert with check (clinic_id = unwatched.clinic_now()
  and unwatched.is_job() and case_id in (select unwatched.opened_cases('evidence', 'read'))
  and case_id in (select unwatched.opened_cases('bundle', 'write')));

grant select, insert, update on unwatched.giveaway_look to unwatched_program;
grant select, insert on unwatched.working_copy to unwatched_program;
