-- What is derived from what is brought has bounds: for a file, a case and the clinic. What is kept is counted as it
-- changes, so that nobody counts millions of records to know whether there is room for one more.

alter table unwatched.reading
  -- What a person asked to be read: sealed; empty for the whole.
  add column asked jsonb not null default '{}',
  -- Moves on whenever something else is asked for: a reading that began before then keeps nothing.
  add column turn integer not null default 0,
  -- What the reading keeps: records, and bytes of text in them.
  add column kept_records bigint not null default 0,
  add column kept_bytes bigint not null default 0;

create table unwatched.derived_of_case (
  clinic_id  uuid not null,
  case_id    uuid not null,
  records    bigint not null,
  bytes      bigint not null,
  primary key (clinic_id, case_id),
  foreign key (clinic_id, case_id) references unwatched.case_file
);

create table unwatched.derived_of_clinic (
  clinic_id  uuid primary key references unwatched.clinic,
  records    bigint not null,
  bytes      bigint not null
);

-- Counted once, for what was read before. The sealed content is somewhat longer than its text.
update unwatched.reading g set kept_records = f.records, kept_bytes = f.bytes
  from (select r.clinic_id, r.case_id, r.item_id, count(*) as records, coalesce(sum(octet_length(r.sealed)), 0) as bytes
        from unwatched.record r group by 1, 2, 3) f
  where g.clinic_id = f.clinic_id and g.case_id = f.case_id and g.item_id = f.item_id;
insert into unwatched.derived_of_case
  select g.clinic_id, g.case_id, sum(g.kept_records), sum(g.kept_bytes) from unwatched.reading g group by 1, 2;
insert into unwatched.derived_of_clinic
  select d.clinic_id, sum(d.records), sum(d.bytes) from unwatched.derived_of_case d group by 1;

alter table unwatched.derived_of_case enable row level security;
alter table unwatched.derived_of_clinic enable row level security;
create policy derived_of_case_read on unwatched.derived_of_case for select using (clinic_id = unwatched.clinic_now()
  and (case_id in (select unwatched.opened_cases('evidence', 'read'))
       or case_id in (select unwatched.opened_cases('chronology', 'read'))));
create policy derived_of_case_make on unwatched.derived_of_case for insert with check (clinic_id = unwatched.clinic_now()
  and unwatched.is_job() and case_id in (select unwatched.opened_cases('evidence', 'write')));
create policy derived_of_case_change on unwatched.derived_of_case for update using (clinic_id = unwatched.clinic_now()
  and unwatched.is_job() and case_id in (select unwatched.opened_cases('evidence', 'write')));
-- How much a whole clinic holds is nobody's to see who reads one case.
create policy derived_of_clinic_all on unwatched.derived_of_clinic for all
  using (clinic_id = unwatched.clinic_now() and unwatched.is_job())
  with check (clinic_id = unwatched.clinic_now() and unwatched.is_job());
grant select, insert, update on unwatched.derived_of_case, unwatched.derived_of_clinic to unwatched_program;
