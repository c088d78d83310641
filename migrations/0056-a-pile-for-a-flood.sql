-- Public forms beyond what the clinic can look at are kept in a pile of their own: out of triage, nothing lost (S13).
alter table unwatched.referral drop constraint referral_state_check;
alter table unwatched.referral add constraint referral_state_check
  check (state in ('waiting', 'triaged', 'opened', 'not-ours', 'set-aside', 'cleared'));

-- What came from one place in one hour or day: public forms, and wrong words of clients. Its name is a keyed digest that is
-- another in every period; the count lies sealed; it names no case and no instant, and goes when the period is over (S8).
create table unwatched.origin_tally (
  clinic_id uuid not null references unwatched.clinic,
  digest    text not null check (digest ~ '^[0-9a-f]{64}$'),
  ends_at   timestamptz not null,
  sealed    bytea not null,
  primary key (clinic_id, digest)
);
create index origin_tally_by_end on unwatched.origin_tally (clinic_id, ends_at);

-- The forms in the pile, and those that were cleared from it. A form in triage has no row here. `source` and `network` are
-- numbers drawn at random for one day and one place: they hold together what stands together in the pile, and no more.
-- Nothing of what a form says, but whether it ticked a sign of danger, so that this is never buried.
create table unwatched.public_form (
  clinic_id   uuid not null,
  case_id     uuid not null,
  at          timestamptz not null,
  source      text not null check (source ~ '^[0-9a-f]{64}$'),
  network     text not null check (network ~ '^[0-9a-f]{64}$'),
  set_aside   boolean not null,
  danger      boolean not null,
  clearing_id uuid,
  primary key (clinic_id, case_id),
  foreign key (clinic_id, case_id) references unwatched.referral,
  check (set_aside = (clearing_id is null))
);
create index public_form_in_pile on unwatched.public_form (clinic_id, source) where set_aside;
create index public_form_by_clearing on unwatched.public_form (clinic_id, clearing_id);

-- Forms that were cleared from the pile together: by whom, why, and whether they were brought back.
create table unwatched.pile_clearing (
  clinic_id   uuid not null references unwatched.clinic,
  clearing_id uuid not null,
  at          timestamptz not null,
  by_person   uuid not null,
  reason      text not null check (length(reason) between 1 and 500),
  forms       integer not null check (forms > 0),
  undone_at   timestamptz,
  undone_by   uuid,
  primary key (clinic_id, clearing_id),
  foreign key (clinic_id, by_person) references unwatched.person,
  foreign key (clinic_id, undone_by) references unwatched.person
);

alter table unwatched.origin_tally enable row level security;
create policy origin_tally_door on unwatched.origin_tally for all
  using (clinic_id = unwatched.clinic_now() and unwatched.task_now() in ('public-form', 'sign-in'))
  with check (clinic_id = unwatched.clinic_now() and unwatched.task_now() in ('public-form', 'sign-in'));
grant select, insert, update, delete on unwatched.origin_tally to unwatched_program;

alter table unwatched.public_form enable row level security;
alter table unwatched.pile_clearing enable row level security;
create policy public_form_count on unwatched.public_form for select
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.task_now() = 'public-form'
              or (unwatched.role_now() = 'coordinator' and not unwatched.is_barred(case_id))));
create policy public_form_make on unwatched.public_form for insert
  with check (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'public-form'
              and at = unwatched.time_now() and set_aside);
create policy public_form_clear on unwatched.public_form for update
  using (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'coordinator'
         and (set_aside or clearing_id is not null) and not unwatched.is_barred(case_id))
  with check (clinic_id = unwatched.clinic_now());
-- Moved to triage, a form leaves nothing of where it came from.
create policy public_form_leave on unwatched.public_form for delete
  using (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'coordinator' and set_aside
         and not unwatched.is_barred(case_id));
create policy pile_clearing_read on unwatched.pile_clearing for select
  using (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'coordinator');
create policy pile_clearing_make on unwatched.pile_clearing for insert
  with check (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'coordinator'
              and by_person = unwatched.person_now() and at = unwatched.time_now() and undone_at is null);
create policy pile_clearing_undo on unwatched.pile_clearing for update
  using (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'coordinator' and undone_at is null)
  with check (clinic_id = unwatched.clinic_now() and undone_by = unwatched.person_now()
              and undone_at = unwatched.time_now());
grant select, insert on unwatched.public_form, unwatched.pile_clearing to unwatched_program;
grant delete on unwatched.public_form to unwatched_program;
grant update (clearing_id, set_aside) on unwatched.public_form to unwatched_program;
grant update (undone_at, undone_by) on unwatched.pile_clearing to unwatched_program;

-- A form in the pile was opened by nobody: it goes back to triage, or is cleared, as unmatched as it came.
alter policy referral_decide on unwatched.referral
  with check (clinic_id = unwatched.clinic_now()
              and (is_matched or state in ('waiting', 'not-ours', 'set-aside', 'cleared')));
