-- The one door to a client: how she may be reached, what may be observed, what was asked for and what became of it.

-- The safe contact plan: revisions, never edits, sealed whole under the key of the case.
create table unwatched.contact_plan (
  clinic_id  uuid not null,
  case_id    uuid not null,
  revision   integer not null check (revision > 0),
  at         timestamptz not null,
  by_person  uuid not null,
  sealed     bytea not null,
  primary key (clinic_id, case_id, revision),
  foreign key (clinic_id, case_id) references unwatched.case_file
);
create trigger contact_plan_is_append_only before update or delete or truncate on unwatched.contact_plan
  for each statement execute function unwatched.refuse_change();

-- Whether the suspected person can observe a channel, as the access map or a person has it. The newest word counts.
create table unwatched.channel_verdict (
  clinic_id   uuid not null,
  case_id     uuid not null,
  verdict_id  bigint generated always as identity,
  channel_id  text not null check (channel_id ~ '^c[0-9]{1,3}$'),
  verdict     text not null check (verdict in ('observable', 'not-observable', 'unknown')),
  -- A person, or the map that a person changed.
  from_map    boolean not null,
  at          timestamptz not null,
  by_person   uuid not null,
  -- Why, in words: the path on the map, or what the person knows.
  sealed      bytea not null,
  primary key (clinic_id, case_id, verdict_id),
  foreign key (clinic_id, case_id) references unwatched.case_file
);
create trigger channel_verdict_is_append_only before update or delete or truncate on unwatched.channel_verdict
  for each statement execute function unwatched.refuse_change();

-- What was asked to be sent. A message is never asked for twice about the same thing.
create table unwatched.message (
  clinic_id   uuid not null,
  case_id     uuid not null,
  message_id  uuid not null,
  purpose     text not null check (purpose in ('appointment-reminder')),
  channel_id  text not null,
  -- The instant it is about, and what tells it from others of its kind (an appointment's id).
  about_at    timestamptz not null,
  about       text not null,
  asked_at    timestamptz not null,
  asked_by    uuid not null,
  state       text not null check (state in ('waiting', 'sending', 'sent', 'refused', 'stopped', 'failed', 'not-known')),
  because     text,
  attempts    integer not null default 0,
  changed_at  timestamptz not null,
  primary key (clinic_id, case_id, message_id),
  foreign key (clinic_id, case_id) references unwatched.case_file
);
create unique index message_once on unwatched.message (clinic_id, case_id, purpose, about, channel_id)
  where state in ('waiting', 'sending', 'sent', 'not-known');

-- What only a person can do, raised by the program or by a colleague: a code, never words.
create table unwatched.task (
  clinic_id  uuid not null,
  task_id    uuid not null,
  case_id    uuid not null,
  kind       text not null check (kind ~ '^[a-z][a-z-]{2,40}$'),
  because    text not null check (because ~ '^[a-z][a-z-]{2,60}$'),
  subject    text,
  raised_at  timestamptz not null,
  raised_by  uuid,
  done_at    timestamptz,
  done_by    uuid,
  sealed     bytea,
  primary key (clinic_id, task_id),
  foreign key (clinic_id, case_id) references unwatched.case_file
);
create index task_open on unwatched.task (clinic_id, raised_at) where done_at is null;
create index task_by_case on unwatched.task (clinic_id, case_id);

do $$ declare t text; begin
  foreach t in array array['contact_plan', 'channel_verdict', 'message', 'task'] loop
    execute format('alter table unwatched.%I enable row level security', t);
  end loop;
end $$;

create policy contact_plan_read on unwatched.contact_plan for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('contact', 'read')));
create policy contact_plan_make on unwatched.contact_plan for insert
  with check (clinic_id = unwatched.clinic_now() and by_person = unwatched.person_now() and at = unwatched.time_now()
              and case_id in (select unwatched.opened_cases('contact', 'write')));

create policy channel_verdict_read on unwatched.channel_verdict for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('contact', 'read')));
create policy channel_verdict_make on unwatched.channel_verdict for insert
  with check (clinic_id = unwatched.clinic_now() and by_person = unwatched.person_now() and at = unwatched.time_now()
              and case_id in (select unwatched.opened_cases('contact', 'write')));

create policy message_read on unwatched.message for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('contact', 'read')));
create policy message_ask on unwatched.message for insert
  with check (clinic_id = unwatched.clinic_now() and asked_by = unwatched.person_now() and asked_at = unwatched.time_now()
              and state in ('waiting', 'refused')
              and case_id in (select unwatched.opened_cases('contact', 'write')));
create policy message_change on unwatched.message for update
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('contact', 'write')))
  with check (clinic_id = unwatched.clinic_now());
-- What left cannot be called back, and what was silenced is never sent: a person stops what waits, the job does the rest.
create function unwatched.keep_message() returns trigger language plpgsql
as $$ begin
  if old.state in ('sent', 'refused', 'stopped', 'failed', 'not-known') then
    raise exception 'unwatched: what became of a message does not change' using errcode = 'insufficient_privilege';
  end if;
  if unwatched.person_now() is not null and new.state <> 'stopped' then
    raise exception 'unwatched: a person stops a message and does no more to it' using errcode = 'insufficient_privilege';
  end if;
  if new.state = 'sent' and old.state <> 'sending' then
    raise exception 'unwatched: a message is sent from sending alone' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger message_keeps_its_end before update on unwatched.message
  for each row execute function unwatched.keep_message();

-- A task is seen by whoever may see the case's ways to reach her, before the case is opened: it holds codes alone.
create policy task_read on unwatched.task for select
  using (clinic_id = unwatched.clinic_now()
         and (case_id in (select unwatched.cases_in_sight('contact', 'read'))
              or case_id in (select unwatched.opened_cases('contact', 'read'))));
create policy task_raise on unwatched.task for insert
  with check (clinic_id = unwatched.clinic_now() and done_at is null and raised_at = unwatched.time_now()
              and raised_by is not distinct from unwatched.person_now() and unwatched.has_opened(case_id));
create policy task_do on unwatched.task for update
  using (clinic_id = unwatched.clinic_now() and done_at is null
         and case_id in (select unwatched.opened_cases('contact', 'write')))
  with check (clinic_id = unwatched.clinic_now() and done_by = unwatched.person_now() and done_at = unwatched.time_now());

grant select, insert on unwatched.contact_plan, unwatched.channel_verdict, unwatched.message, unwatched.task
  to unwatched_program;
grant update (state, because, attempts, changed_at) on unwatched.message to unwatched_program;
grant update (done_at, done_by, sealed) on unwatched.task to unwatched_program;
