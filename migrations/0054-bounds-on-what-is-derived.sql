-- What is derived from what is brought has bounds: for a file, a case and the clinic. What is kept is counted as it
-- changes, so that nobody counts millions of records to know whether there is room for one more. The counts are sealed:
-- how many messages a chat has, whoever wrote half of them knows (decision 36). Where one is null it was never counted,
-- and the program counts the records themselves, once.

alter table unwatched.reading
  -- What a person asked to be read: sealed; empty for the whole.
  add column asked jsonb not null default '{}',
  -- Moves on whenever something else is asked for: a reading that began before then keeps nothing.
  add column turn integer not null default 0,
  -- What the reading keeps, records and bytes of text: sealed under the key of the case.
  add column kept bytea;

-- What all readings of a case keep: sealed under the key of the case.
create table unwatched.derived_of_case (
  clinic_id  uuid not null,
  case_id    uuid not null,
  sealed     bytea,
  primary key (clinic_id, case_id),
  foreign key (clinic_id, case_id) references unwatched.case_file
);

-- What all cases hold: sealed under the key of the clinic.
create table unwatched.derived_of_clinic (
  clinic_id  uuid primary key references unwatched.clinic,
  sealed     bytea
);

-- No job sees the records of all cases; how many they are, one may know that has not counted yet. The sealed content is
-- somewhat longer than its text.
create function unwatched.count_derived_of_clinic() returns table (records bigint, bytes bigint)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select count(*), coalesce(sum(octet_length(r.sealed)), 0)::bigint from unwatched.record r
  where r.clinic_id = unwatched.clinic_now() and unwatched.is_job()
$$;
revoke execute on function unwatched.count_derived_of_clinic() from public;
grant execute on function unwatched.count_derived_of_clinic() to unwatched_program;

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
