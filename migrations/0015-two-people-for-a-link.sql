-- Two people for every link that leads to cases (S12): an administrator asks, a coordinator approves and alone sees
-- the link. Whoever keeps the machine therefore never makes themselves, or anybody, somebody who reaches a case.

-- Whether somebody in this role ever reaches a case, or a referral at the front door. identity/case-reach.ts decides
-- the same; a test holds the two equal.
create function unwatched.role_reaches_cases(the_role text) returns boolean
language sql immutable parallel safe set search_path = unwatched, pg_temp as $$
  select the_role = 'call-handler'
    or exists (select 1 from unnest(array['overview', 'referral', 'contact', 'triage', 'consent', 'appointment', 'map',
                                          'evidence', 'chronology', 'diary', 'plan', 'order', 'bundle', 'trail']) part
               where role_covers(the_role, part, 'read'))
$$;

create function unwatched.role_of(the_person uuid) returns text
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select role from person where clinic_id = clinic_now() and person_id = the_person
$$;

-- Somebody new (with all that is to be known of them) or a new link for somebody who is there (and then nothing else,
-- so that what is approved is who they are and not what was typed).
create table unwatched.link_request (
  clinic_id     uuid not null references unwatched.clinic,
  request_id    uuid not null,
  -- Of somebody new: the id they are given once approved.
  person_id     uuid not null,
  kind          text not null check (kind in ('new-person', 'new-link')),
  name          text check (length(name) between 1 and 200),
  sign_in_name  text check (length(sign_in_name) between 3 and 200),
  role          text,
  agency_id     uuid,
  state         text not null check (state in ('asked', 'approved', 'refused', 'withdrawn')),
  asked_by      uuid not null,
  asked_at      timestamptz not null,
  decided_by    uuid,
  decided_at    timestamptz,
  reason        text not null default '' check (length(reason) <= 2000),
  primary key (clinic_id, request_id),
  foreign key (clinic_id, agency_id) references unwatched.agency,
  foreign key (clinic_id, asked_by) references unwatched.person,
  check ((kind = 'new-person') = (name is not null and sign_in_name is not null and role is not null and agency_id is not null)),
  check (kind = 'new-person' or coalesce(name, sign_in_name, role, agency_id::text) is null),
  check ((state = 'asked') = (decided_by is null and decided_at is null)),
  check (state not in ('approved', 'refused') or decided_by not in (asked_by, person_id)),
  check (state <> 'refused' or reason <> '')
);
create unique index link_request_once on unwatched.link_request (clinic_id, person_id) where state = 'asked';
create unique index link_request_one_name on unwatched.link_request (clinic_id, sign_in_name)
  where state = 'asked' and kind = 'new-person';

alter table unwatched.link_request enable row level security;
create policy link_request_read on unwatched.link_request for select
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.role_now() in ('administrator', 'coordinator') or unwatched.task_now() = 'setup'));
create policy link_request_ask on unwatched.link_request for insert
  with check (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'administrator'
              and state = 'asked' and asked_by = unwatched.person_now() and asked_at = unwatched.time_now()
              and person_id <> unwatched.person_now()
              and case kind when 'new-person' then unwatched.role_of(person_id) is null
                                                   and unwatched.role_reaches_cases(role)
                            else unwatched.role_reaches_cases(unwatched.role_of(person_id)) end);
create policy link_request_decide on unwatched.link_request for update
  using (clinic_id = unwatched.clinic_now() and state = 'asked'
         and unwatched.role_now() in ('administrator', 'coordinator'))
  with check (clinic_id = unwatched.clinic_now()
              and decided_by = unwatched.person_now() and decided_at = unwatched.time_now()
              and case unwatched.role_now() when 'coordinator' then state in ('approved', 'refused')
                                            else state = 'withdrawn' end);
grant select, insert on unwatched.link_request to unwatched_program;
grant update (state, decided_by, decided_at, reason) on unwatched.link_request to unwatched_program;

-- Whether the coordinator who acts has approved a link for this person in this very transaction.
create function unwatched.approves_now(the_person uuid, the_request uuid) returns boolean
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select coalesce(role_now() = 'coordinator' and exists (
    select 1 from link_request r
    where r.clinic_id = clinic_now() and r.person_id = the_person and r.request_id = coalesce(the_request, r.request_id)
      and r.state = 'approved' and r.decided_by = person_now() and r.decided_at = time_now()
      and r.xmin = pg_current_xact_id()::xid), false)
$$;

-- Somebody comes in as what was asked for and approved, and as nothing else.
create function unwatched.is_as_approved(the_person uuid, the_name text, the_sign_in_name text, the_role text, the_agency uuid)
returns boolean language sql stable security definer set search_path = unwatched, pg_temp as $$
  select approves_now(the_person, null) and exists (
    select 1 from link_request r
    where r.clinic_id = clinic_now() and r.person_id = the_person and r.kind = 'new-person' and r.state = 'approved'
      and (r.name, r.sign_in_name, r.role, r.agency_id) = (the_name, the_sign_in_name, the_role, the_agency))
$$;
alter policy person_add on unwatched.person
  with check (clinic_id = unwatched.clinic_now()
              and (unwatched.task_now() = 'setup'
                   or (state = 'invited'
                       and ((unwatched.role_now() = 'administrator' and not unwatched.role_reaches_cases(role))
                            or unwatched.is_as_approved(person_id, name, sign_in_name, role, agency_id)))));

-- Of an enrolment: whether a link for this person was used up in this very transaction.
create function unwatched.link_was_used_now(the_person uuid) returns boolean
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select exists (select 1 from invitation i where i.clinic_id = clinic_now() and i.person_id = the_person
                 and i.purpose = 'enrol' and i.used_at = time_now() and i.xmin = pg_current_xact_id()::xid)
$$;
-- An administrator suspends anybody; who reaches cases is invited again only by the coordinator who approved it.
alter policy person_change on unwatched.person
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.task_now() in ('setup', 'sign-in')
              or (unwatched.role_now() in ('administrator', 'coordinator') and person_id <> unwatched.person_now())))
  with check (clinic_id = unwatched.clinic_now()
              and (unwatched.task_now() = 'setup'
                   or (unwatched.task_now() = 'sign-in' and state = 'active' and unwatched.link_was_used_now(person_id))
                   or (unwatched.role_now() = 'administrator'
                       and (state = 'suspended' or (state = 'invited' and not unwatched.role_reaches_cases(role))))
                   or (state = 'invited' and unwatched.approves_now(person_id, null))));

-- The links. One door for each who may make or end them; what a link rests on stands with it, and bears one link only.
alter table unwatched.invitation add column request_id uuid;
alter table unwatched.invitation add foreign key (clinic_id, request_id) references unwatched.link_request;
create unique index invitation_by_request on unwatched.invitation (clinic_id, request_id);
drop policy invitation_door on unwatched.invitation;
create policy invitation_look on unwatched.invitation for select
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.task_now() in ('setup', 'sign-in')
              or (unwatched.role_now() in ('administrator', 'coordinator') and purpose = 'enrol')));
create policy invitation_make on unwatched.invitation for insert
  with check (clinic_id = unwatched.clinic_now() and used_at is null
              and (unwatched.task_now() = 'setup'
                   or (unwatched.task_now() = 'sign-in' and purpose = 'demo-sign-in')
                   or (purpose = 'enrol' and person_id <> unwatched.person_now()
                       and ((unwatched.role_now() = 'administrator'
                             and not unwatched.role_reaches_cases(unwatched.role_of(person_id)))
                            or (request_id is not null and unwatched.approves_now(person_id, request_id))))));
-- The door uses a link up; everybody else only ends it.
create policy invitation_end on unwatched.invitation for update
  using (clinic_id = unwatched.clinic_now() and used_at is null
         and (unwatched.task_now() in ('setup', 'sign-in')
              or (unwatched.role_now() in ('administrator', 'coordinator') and purpose = 'enrol')))
  with check (clinic_id = unwatched.clinic_now()
              and (unwatched.task_now() = 'sign-in' and used_at = unwatched.time_now()
                   or used_at is null and expires_at <= unwatched.time_now()));
