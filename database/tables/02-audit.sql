-- What anybody did or opened.

-- Everything anybody did or opened. `xid` ties an access to the transaction it was for (see opened_cases).
create table unwatched.act (
  clinic_id  uuid not null references unwatched.clinic,
  act_id     bigint generated always as identity,
  at         timestamptz not null,
  person_id  uuid,
  agency_id  uuid,
  task       text,
  verb       text not null check (verb ~ '^[a-z][a-z-]{2,60}$'),
  case_id    uuid,
  part       text,
  subject    text,
  detail     jsonb not null default '{}',
  xid        xid8 not null default pg_current_xact_id(),
  -- S8: of an act in a case the trail says in the open who did what kind of thing and when. What else it says (a field
  -- that was shown, a time, a number, a size) lies sealed under a key of the clinic.
  sealed     bytea,
  -- A copy says what was done, when and by whom. What else an act says is sealed for its own file, and stays there.
  is_copy    boolean not null default false,
  -- What somebody did within the day says that they had been set up again, and when, for good.
  set_up_again_at timestamptz,
  -- The program did it without being asked, and nobody saw what it opened: by its task (audit/by-itself.ts), for the lists
  -- of what people did and of what the program did.
  by_itself boolean not null generated always as (task is not null and task in ('setup', 'job-build-bundle',
    'job-carry-over-contact', 'job-keep-names', 'job-look-at-phrase-use', 'job-queue', 'job-read-item', 'job-review-due',
    'job-send-message', 'job-tell-on-call', 'job-watch-machine')) stored,
  primary key (clinic_id, act_id),
  -- What the database itself writes when a case is opened (for reading or for changing, beside or again) it must read.
  constraint act_detail_is_sealed
    check (case_id is null or detail = '{}' or verb in ('case-opened', 'case-refused'))
);
create index act_by_case on unwatched.act (clinic_id, case_id, by_itself, act_id);
create index act_by_transaction on unwatched.act (xid);
create index act_of_clinic on unwatched.act (clinic_id, act_id)
  where (case_id is null or task = 'job-command-line' and verb = 'case-opened') and not is_copy;

alter table unwatched.act enable row level security;
-- An act carries the agency, the instant and the transaction of who did it; what open_case writes, only it writes.
create policy act_write on unwatched.act for insert
  with check (clinic_id = unwatched.clinic_now()
              and verb not in ('case-opened', 'case-refused')
              and person_id is not distinct from unwatched.person_now()
              and agency_id is not distinct from unwatched.agency_now()
              and task is not distinct from unwatched.task_now()
              and at = unwatched.time_now()
              and xid = pg_current_xact_id());
create policy act_read on unwatched.act for select
  using (clinic_id = unwatched.clinic_now()
         and (case_id in (select unwatched.opened_cases('trail', 'read'))
              or case_id in (select unwatched.companion_of(o) from unwatched.opened_cases('trail', 'read') o)));
grant select on unwatched.act to unwatched_program;
-- Which transaction it was, whether it is a copy and whether somebody was set up again, the database says itself.
grant insert (clinic_id, at, person_id, agency_id, task, verb, case_id, part, subject, detail,
  sealed) on unwatched.act to unwatched_program;
create trigger act_is_append_only before update or delete or truncate on unwatched.act
  for each statement execute function unwatched.refuse_change();
create constraint trigger act_is_told_to_companion after insert on unwatched.act
  deferrable initially deferred for each row when (new.verb in ('case-closed', 'case-reopened'))
  execute function unwatched.tell_companion_of_state();
create trigger act_says_set_up_again before insert on unwatched.act
  for each row execute function unwatched.mark_act_of_fresh();
