-- A referral and the case it becomes are one file under one id (case_id).

-- Which role covers which part of a case. identity/permission.ts decides the same; a test holds the two equal.
create function unwatched.role_covers(role text, part text, mode text) returns boolean
language sql immutable parallel safe as $$
  select mode in ('read', 'write') and (role, part, true) in (
    select r, p, mode = 'read' or w from (values
      ('coordinator', 'overview', true), ('coordinator', 'referral', true), ('coordinator', 'contact', true),
      ('coordinator', 'triage', true), ('coordinator', 'consent', true), ('coordinator', 'evidence', false),
      ('coordinator', 'chronology', false), ('coordinator', 'bundle', true), ('coordinator', 'trail', false),
      ('cyber-adviser', 'overview', false), ('cyber-adviser', 'referral', false), ('cyber-adviser', 'contact', false),
      ('cyber-adviser', 'consent', false), ('cyber-adviser', 'evidence', true), ('cyber-adviser', 'chronology', true),
      ('cyber-adviser', 'bundle', false),
      ('stalking-advocate', 'overview', false), ('stalking-advocate', 'referral', false),
      ('stalking-advocate', 'contact', false), ('stalking-advocate', 'consent', false),
      ('stalking-advocate', 'evidence', true), ('stalking-advocate', 'chronology', true),
      ('stalking-advocate', 'bundle', true),
      ('idva', 'overview', false), ('idva', 'referral', false), ('idva', 'contact', false), ('idva', 'consent', false),
      ('idva', 'evidence', true), ('idva', 'chronology', true), ('idva', 'bundle', false),
      ('police-liaison', 'overview', false), ('police-liaison', 'chronology', false), ('police-liaison', 'bundle', false)
    ) as covers (r, p, w))
$$;

create table unwatched.file_key (
  clinic_id  uuid not null references unwatched.clinic,
  case_id    uuid not null,
  wrapped    bytea not null,
  made_at    timestamptz not null,
  primary key (clinic_id, case_id)
);

create table unwatched.referral (
  clinic_id      uuid not null references unwatched.clinic,
  case_id        uuid not null,
  reference      text not null,
  form_token     text not null,
  door           text not null check (door in ('phone', 'public-form')),
  received_at    timestamptz not null,
  taken_by       uuid,
  referred_by    text not null,
  state          text not null check (state in ('waiting', 'triaged', 'opened', 'not-ours')),
  client_name    text not null check (length(client_name) <= 200),
  name_tokens    text[] not null default '{}',
  suspect_name   text not null default '' check (length(suspect_name) <= 200),
  suspect_tokens text[] not null default '{}',
  -- What they said, and the answers to the questions of eligibility and danger. Never contact details.
  answers        jsonb not null,
  decision       jsonb not null,
  primary key (clinic_id, case_id),
  unique (clinic_id, reference),
  unique (clinic_id, form_token)
);
create index referral_waiting on unwatched.referral (clinic_id, state, received_at);
create index referral_names on unwatched.referral using gin (name_tokens);
create index referral_suspects on unwatched.referral using gin (suspect_tokens);

-- A sealed field (S6): safe ways to reach her, address, postcode, school, workplace, code words.
create table unwatched.jewel (
  clinic_id    uuid not null,
  case_id      uuid not null,
  kind         text not null check (kind ~ '^[a-z-]{2,40}$'),
  sealed       bytea not null,
  recorded_at  timestamptz not null,
  recorded_by  uuid,
  primary key (clinic_id, case_id, kind)
);

create table unwatched.triage (
  clinic_id      uuid not null,
  case_id        uuid not null,
  triage_id      bigint generated always as identity,
  at             timestamptz not null,
  by_person      uuid not null,
  stalker_type   text not null check (stalker_type in ('stranger-online', 'known-control', 'both', 'not-clear-yet')),
  type_reasons   text[] not null,
  urgency        text not null check (urgency in ('today', 'two-days', 'seven-days', 'routine')),
  urgency_reasons text[] not null,
  conflicts      jsonb not null,
  note           text not null default '',
  primary key (clinic_id, case_id, triage_id)
);

create table unwatched.case_file (
  clinic_id     uuid not null,
  case_id       uuid not null,
  reference     text not null,
  client_name   text not null,
  stalker_type  text not null,
  urgency       text not null,
  state         text not null default 'open' check (state in ('open', 'closed')),
  opened_at     timestamptz not null,
  opened_by     uuid not null,
  zone          text not null default 'Europe/London',
  primary key (clinic_id, case_id),
  unique (clinic_id, reference),
  foreign key (clinic_id, case_id) references unwatched.referral
);

-- One row a consent, or a lawful exception where there is none; withdrawal is a date, never a deletion.
create table unwatched.consent (
  clinic_id     uuid not null,
  case_id       uuid not null,
  consent_id    uuid not null,
  agency_id     uuid not null,
  parts         text[] not null check (cardinality(parts) > 0),
  basis         text not null check (basis in ('consent', 'lawful-exception')),
  how           text not null,
  reason        text not null default '',
  recorded_at   timestamptz not null,
  recorded_by   uuid not null,
  approved_by   uuid,
  in_force_from timestamptz not null,
  in_force_until timestamptz,
  withdrawn_at  timestamptz,
  withdrawn_by  uuid,
  primary key (clinic_id, case_id, consent_id),
  foreign key (clinic_id, agency_id) references unwatched.agency
);
-- At most one consent in force for an agency in a case: the second of two simultaneous ones must fail.
create unique index consent_in_force on unwatched.consent (clinic_id, case_id, agency_id) where withdrawn_at is null;
create index consent_by_agency on unwatched.consent (clinic_id, agency_id);

-- The conflict wall: somebody who must never see this file, by name.
create table unwatched.bar (
  clinic_id  uuid not null,
  case_id    uuid not null,
  person_id  uuid not null,
  reason     text not null,
  made_at    timestamptz not null,
  made_by    uuid,
  lifted_at  timestamptz,
  lifted_by  uuid,
  lift_reason text,
  primary key (clinic_id, case_id, person_id)
);

create table unwatched.suspect (
  clinic_id    uuid not null,
  case_id      uuid not null,
  suspect_id   uuid not null,
  name         text not null,
  name_tokens  text[] not null default '{}',
  relation     text not null default '',
  recorded_at  timestamptz not null,
  recorded_by  uuid not null,
  primary key (clinic_id, case_id, suspect_id)
);
create index suspect_names on unwatched.suspect using gin (name_tokens);

create function unwatched.is_barred(the_case uuid) returns boolean
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select exists (select 1 from bar where clinic_id = clinic_now() and case_id = the_case
                 and person_id = person_now() and lifted_at is null)
$$;

-- Rule S5, as the database keeps it: an agency party to the case by a consent in force now that covers the part,
-- a role that covers the part, and no bar. cases/sharing.ts decides the same.
create function unwatched.cases_in_sight(part text, mode text) returns setof uuid
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select c.case_id
  from person p
  join consent c on c.clinic_id = p.clinic_id and c.agency_id = p.agency_id
  where p.clinic_id = clinic_now() and p.person_id = person_now() and p.state = 'active'
    and role_covers(p.role, $1, $2)
    and $1 = any (c.parts)
    and c.in_force_from <= time_now()
    and (c.in_force_until is null or c.in_force_until > time_now())
    and (c.withdrawn_at is null or c.withdrawn_at > time_now())
    and not exists (select 1 from bar b where b.clinic_id = c.clinic_id and b.case_id = c.case_id
                    and b.person_id = p.person_id and b.lifted_at is null)
$$;

-- Opening a case writes the act of opening it; without that act, in the same transaction, nothing in it can be read.
-- A page therefore cannot forget to be recorded.
create function unwatched.open_case(the_case uuid, the_part text, the_mode text) returns boolean
language plpgsql volatile security definer set search_path = unwatched, pg_temp as $$
begin
  if clinic_now() is null then return false; end if;
  if task_now() is not null and not is_job() then return false; end if;
  if task_now() is null and not exists (select 1 from cases_in_sight(the_part, the_mode) s where s = the_case) then
    insert into act (clinic_id, at, person_id, agency_id, task, verb, case_id, part)
    values (clinic_now(), time_now(), person_now(), agency_now(), null, 'case-refused', the_case, the_part);
    return false;
  end if;
  if not exists (select 1 from case_file where clinic_id = clinic_now() and case_id = the_case) then return false; end if;
  insert into act (clinic_id, at, person_id, agency_id, task, verb, case_id, part, detail)
  values (clinic_now(), time_now(), person_now(), agency_now(), task_now(), 'case-opened', the_case, the_part,
          jsonb_build_object('mode', the_mode));
  return true;
end $$;

create function unwatched.opened_cases(part text, mode text) returns setof uuid
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select distinct a.case_id from act a
  where a.xid = pg_current_xact_id() and a.clinic_id = clinic_now() and a.verb = 'case-opened'
    and a.person_id is not distinct from person_now() and a.task is not distinct from task_now()
    and (is_job() or a.case_id in (select cases_in_sight($1, $2)))
$$;

-- Before a case is opened, a referral belongs to the front door: the call handler who took it and the coordinators.
create function unwatched.front_door_sees(the_case uuid, taken_by uuid, state text) returns boolean
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select state <> 'opened' and not is_barred(the_case)
     and (role_now() = 'coordinator' or (role_now() = 'call-handler' and taken_by = person_now()))
$$;

create function unwatched.front_door_file(the_case uuid) returns boolean
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select exists (select 1 from referral r where r.clinic_id = clinic_now() and r.case_id = the_case
                 and front_door_sees(r.case_id, r.taken_by, r.state))
$$;

-- Names that share a key with a name being checked, from all files, and every name of staff (they are few, and a
-- misspelling must not slip by), for the conflict check alone.
create function unwatched.conflict_candidates(the_case uuid, tokens text[])
returns table (kind text, case_id uuid, person_id uuid, name text)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select 'client', r.case_id, null::uuid, r.client_name from referral r
    where r.clinic_id = clinic_now() and r.case_id <> the_case and r.name_tokens && tokens
  union all
  select 'suspect', r.case_id, null, r.suspect_name from referral r
    where r.clinic_id = clinic_now() and r.case_id <> the_case and r.suspect_tokens && tokens
  union all
  select 'suspect', s.case_id, null, s.name from suspect s
    where s.clinic_id = clinic_now() and s.case_id <> the_case and s.name_tokens && tokens
  union all
  select 'staff', null, p.person_id, p.name from person p
    where p.clinic_id = clinic_now()
$$;

do $$ declare t text; begin
  foreach t in array array['file_key', 'referral', 'jewel', 'triage', 'case_file', 'consent', 'bar', 'suspect'] loop
    execute format('alter table unwatched.%I enable row level security', t);
  end loop;
end $$;

-- A wrapped key opens nothing without the clinic's key, which is not in the database.
create policy file_key_all on unwatched.file_key for all
  using (clinic_id = unwatched.clinic_now()) with check (clinic_id = unwatched.clinic_now());

create policy referral_read on unwatched.referral for select
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.is_job()
              or unwatched.front_door_sees(case_id, taken_by, state)
              or case_id in (select unwatched.opened_cases('referral', 'read'))));
create policy referral_make on unwatched.referral for insert
  with check (clinic_id = unwatched.clinic_now()
              and (unwatched.task_now() = 'public-form'
                   or (unwatched.role_now() in ('call-handler', 'coordinator') and taken_by = unwatched.person_now())));
create policy referral_decide on unwatched.referral for update
  using (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'coordinator'
         and unwatched.front_door_sees(case_id, taken_by, state))
  with check (clinic_id = unwatched.clinic_now());

create policy jewel_read on unwatched.jewel for select
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.front_door_file(case_id)
              or case_id in (select unwatched.opened_cases('contact', 'read'))));
create policy jewel_make on unwatched.jewel for insert
  with check (clinic_id = unwatched.clinic_now()
              and (unwatched.task_now() = 'public-form' or unwatched.front_door_file(case_id)
                   or case_id in (select unwatched.opened_cases('contact', 'write'))));
create policy jewel_change on unwatched.jewel for update
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.front_door_file(case_id) or case_id in (select unwatched.opened_cases('contact', 'write'))));

-- A referral that is not ours keeps no way to reach anybody.
create policy jewel_clear on unwatched.jewel for delete
  using (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'coordinator' and unwatched.front_door_file(case_id));

create policy triage_read on unwatched.triage for select
  using (clinic_id = unwatched.clinic_now()
         and ((unwatched.role_now() = 'coordinator' and unwatched.front_door_file(case_id))
              or case_id in (select unwatched.opened_cases('triage', 'read'))));
create policy triage_make on unwatched.triage for insert
  with check (clinic_id = unwatched.clinic_now() and by_person = unwatched.person_now()
         and ((unwatched.role_now() = 'coordinator' and unwatched.front_door_file(case_id))
              or case_id in (select unwatched.opened_cases('triage', 'write'))));

-- The caseload: enough to find a case, only for those who may see it. Looking inside needs open_case.
create policy case_read on unwatched.case_file for select
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.is_job() or case_id in (select unwatched.cases_in_sight('overview', 'read'))));
create policy case_make on unwatched.case_file for insert
  with check (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'coordinator'
              and opened_by = unwatched.person_now() and not unwatched.is_barred(case_id));
create policy case_change on unwatched.case_file for update
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('triage', 'write')));

-- A coordinator records the first consents while the file is still at the front door (that is how a case is opened),
-- and after that only in a case that is open to her.
create policy consent_read on unwatched.consent for select
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.is_job() or case_id in (select unwatched.opened_cases('consent', 'read'))));
create policy consent_make on unwatched.consent for insert
  with check (clinic_id = unwatched.clinic_now() and recorded_by = unwatched.person_now()
              and ((unwatched.role_now() = 'coordinator' and unwatched.front_door_file(case_id))
                   or case_id in (select unwatched.opened_cases('consent', 'write'))));
create policy consent_withdraw on unwatched.consent for update
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('consent', 'write')))
  with check (clinic_id = unwatched.clinic_now());

create policy bar_read on unwatched.bar for select
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.is_job()
              or (unwatched.role_now() = 'coordinator'
                  and (unwatched.front_door_file(case_id) or case_id in (select unwatched.opened_cases('consent', 'read'))))));
create policy bar_make on unwatched.bar for insert
  with check (clinic_id = unwatched.clinic_now()
              and (unwatched.task_now() = 'public-form' or unwatched.role_now() in ('call-handler', 'coordinator')));
create policy bar_lift on unwatched.bar for update
  using (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'coordinator'
         and person_id <> unwatched.person_now()
         and (unwatched.front_door_file(case_id) or case_id in (select unwatched.opened_cases('consent', 'write'))))
  with check (clinic_id = unwatched.clinic_now());

create policy suspect_read on unwatched.suspect for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('chronology', 'read')));
create policy suspect_make on unwatched.suspect for insert
  with check (clinic_id = unwatched.clinic_now() and recorded_by = unwatched.person_now()
              and (unwatched.role_now() = 'coordinator' and unwatched.front_door_file(case_id)
                   or case_id in (select unwatched.opened_cases('chronology', 'write'))));

create policy act_read on unwatched.act for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('trail', 'read')));

grant select, insert on unwatched.file_key, unwatched.triage, unwatched.suspect to unwatched_program;
grant select, insert, update on unwatched.referral, unwatched.jewel, unwatched.case_file to unwatched_program;
grant delete on unwatched.jewel to unwatched_program;
grant select, insert on unwatched.consent, unwatched.bar to unwatched_program;
grant update (withdrawn_at, withdrawn_by, in_force_until) on unwatched.consent to unwatched_program;
grant update (lifted_at, lifted_by, lift_reason) on unwatched.bar to unwatched_program;
