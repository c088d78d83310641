-- Two people means two (S12). Whoever approves a link sees it, so a link alone opens nothing: the joining code is with
-- whoever asked, and whoever joined before shows what only they hold. Nobody alone can enrol as a colleague.

-- Whether what somebody shows is what was kept. What is shown is made by Argon2id with the clinic's key
-- (identity/operations/secret-words.ts); only its digest lies here, so a dump is no help in guessing.
create function unwatched.shows(kept text, shown text) returns boolean
language sql immutable parallel safe set search_path = unwatched, pg_temp as $$
  select coalesce(kept = encode(sha256(convert_to(shown, 'UTF8')), 'hex'), false)
$$;

-- What was asked for before rests on a link alone, and so does a link that nobody used yet: both end here.
update unwatched.link_request set state = 'withdrawn', decided_by = asked_by, decided_at = now()
  where state = 'asked' and kind <> 'return';
update unwatched.invitation set expires_at = now() where purpose = 'enrol' and used_at is null and expires_at > now();

-- The joining code of a request, which whoever asked was shown once. Every role takes two people from here.
alter table unwatched.link_request
  add column code_kept text check (code_kept ~ '^[0-9a-f]{64}$');
alter table unwatched.link_request
  add constraint link_request_has_code check (kind = 'return' or code_kept is not null) not valid;
alter policy link_request_ask on unwatched.link_request
  with check (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'administrator'
              and state = 'asked' and asked_by = unwatched.person_now() and asked_at = unwatched.time_now()
              and person_id <> unwatched.person_now() and (kind = 'return') = (code_kept is null)
              and case kind when 'new-person' then unwatched.role_of(person_id) is null
                            when 'return' then unwatched.state_of(person_id) = 'suspended'
                            else unwatched.role_of(person_id) is not null end);
create function unwatched.code_of_request(the_request uuid) returns text
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select code_kept from link_request where clinic_id = clinic_now() and request_id = the_request
$$;

-- Nobody comes in, and nobody is invited again, by one person; no column of a person changes but their state.
alter policy person_add on unwatched.person
  with check (clinic_id = unwatched.clinic_now()
              and (unwatched.task_now() = 'setup'
                   or (state = 'invited'
                       and unwatched.is_as_approved(person_id, name, sign_in_name, role, agency_id))));
alter policy person_change on unwatched.person
  with check (clinic_id = unwatched.clinic_now()
              and (unwatched.task_now() = 'setup'
                   or (unwatched.task_now() = 'sign-in' and state = 'active' and unwatched.link_was_used_now(person_id))
                   or (unwatched.role_now() = 'administrator' and state = 'suspended')
                   or (state = 'invited' and unwatched.approves_now(person_id, null))
                   or (state = 'active' and unwatched.returns_now(person_id))));
revoke update on unwatched.person from unwatched_program;
grant update (state) on unwatched.person to unwatched_program;

-- A link bears the code of its request, and whose word a colleague of theirs gave for whoever lost what they held.
alter table unwatched.invitation
  add column code_kept text check (code_kept ~ '^[0-9a-f]{64}$'),
  add column witness_kept text check (witness_kept ~ '^[0-9a-f]{64}$'),
  add column witnessed_by uuid,
  add column witness_until timestamptz,
  -- What was shown beside link and code when it was used.
  add column second_by text check (second_by in ('nothing-agreed-yet', 'second-secret', 'witness')),
  add check ((witness_kept is null) = (witnessed_by is null) and (witness_kept is null) = (witness_until is null));
alter policy invitation_make on unwatched.invitation
  with check (clinic_id = unwatched.clinic_now() and used_at is null and second_by is null and witness_kept is null
              and case purpose
                  when 'demo-sign-in' then unwatched.task_now() = 'sign-in'
                  else code_kept is not null and person_id is distinct from unwatched.person_now()
                       and ((unwatched.task_now() = 'setup' and request_id is null)
                            or (request_id is not null and unwatched.approves_now(person_id, request_id)
                                and code_kept = unwatched.code_of_request(request_id))) end);
-- It is used by one door alone, below. Everybody else only ends it.
revoke update on unwatched.invitation from unwatched_program;
grant update (expires_at) on unwatched.invitation to unwatched_program;

-- What somebody keeps on paper and shows when they join again.
alter table unwatched.credential
  add column second_kept text check (second_kept ~ '^[0-9a-f]{64}$'),
  add column second_made_at timestamptz;

-- Uses a link up: 'used', or 'closed' where it is none that holds, or 'wrong' where what was shown is not what was kept.
-- Which of it was wrong is not said.
create function unwatched.use_link(the_hash text, the_code text, the_second text, the_witness text) returns text
language plpgsql security definer set search_path = unwatched, pg_temp as $$
declare
  link invitation;
  had credential;
  shown text;
begin
  if task_now() is distinct from 'sign-in' then
    raise exception 'unwatched: only the sign-in door uses a link' using errcode = 'insufficient_privilege';
  end if;
  select * into link from invitation i
    where i.clinic_id = clinic_now() and i.token_hash = the_hash and i.purpose = 'enrol'
      and i.used_at is null and i.expires_at > time_now() for update;
  if not found then return 'closed'; end if;
  select * into had from credential c where c.clinic_id = clinic_now() and c.person_id = link.person_id for update;
  shown := case
    when had.enrolled_at is null then 'nothing-agreed-yet'
    when shows(had.second_kept, the_second) then 'second-secret'
    when link.witness_until > time_now() and shows(link.witness_kept, the_witness) then 'witness' end;
  if shown is null or not shows(link.code_kept, the_code) then return 'wrong'; end if;
  update invitation set used_at = time_now(), second_by = shown
    where clinic_id = link.clinic_id and token_hash = link.token_hash;
  return 'used';
end $$;
create function unwatched.use_demo_link(the_hash text) returns boolean
language plpgsql security definer set search_path = unwatched, pg_temp as $$
begin
  if task_now() is distinct from 'sign-in' then
    raise exception 'unwatched: only the sign-in door uses a link' using errcode = 'insufficient_privilege';
  end if;
  update invitation set used_at = time_now()
    where clinic_id = clinic_now() and token_hash = the_hash and purpose = 'demo-sign-in'
      and used_at is null and expires_at > time_now();
  return found;
end $$;

-- Every change of what somebody signs in with, written by the change itself, so that none is silent.
create table unwatched.credential_change (
  clinic_id     uuid not null,
  change_id     bigint generated always as identity,
  person_id     uuid not null,
  at            timestamptz not null,
  kind          text not null check (kind in ('joined', 'set-up-anew', 'password', 'code-app', 'second-secret')),
  -- Of a link: who asked, who approved, whose word stood in for what was lost, and whether it was made at the machine.
  asked_by      uuid,
  approved_by   uuid,
  witnessed_by  uuid,
  at_machine    boolean not null default false,
  -- Until when what takes two people waits for them, and the third person who said before that they are who they are.
  waits_until   timestamptz,
  freed_by      uuid,
  freed_at      timestamptz,
  -- When the person themselves said that they know of it.
  known_at      timestamptz,
  primary key (clinic_id, change_id),
  foreign key (clinic_id, person_id) references unwatched.person,
  check ((freed_by is null) = (freed_at is null)),
  check (freed_by is null or freed_by not in (person_id, coalesce(asked_by, person_id), coalesce(approved_by, person_id),
                                              coalesce(witnessed_by, person_id)))
);
create index credential_change_by_person on unwatched.credential_change (clinic_id, person_id, change_id);
alter table unwatched.credential_change enable row level security;
create policy credential_change_read on unwatched.credential_change for select
  using (clinic_id = unwatched.clinic_now()
         and (person_id = unwatched.person_now() or unwatched.role_now() in ('administrator', 'coordinator')
              or unwatched.task_now() = 'sign-in'));
grant select on unwatched.credential_change to unwatched_program;

create function unwatched.record_credential_change() returns trigger
language plpgsql security definer set search_path = unwatched, pg_temp as $$
declare
  link invitation;
  request link_request;
  is_known boolean;
begin
  if clinic_now() is null then return null; end if;
  if tg_op = 'UPDATE' and (new.password_hash, new.code_secret, new.second_kept)
                          is not distinct from (old.password_hash, old.code_secret, old.second_kept) then
    return null;
  end if;
  select * into link from invitation i
    where i.clinic_id = new.clinic_id and i.person_id = new.person_id and i.purpose = 'enrol'
      and i.used_at = time_now() and i.xmin = pg_current_xact_id()::xid;
  if found then
    select * into request from link_request r where r.clinic_id = link.clinic_id and r.request_id = link.request_id;
    -- A coordinator made at the machine where one has worked before comes in by nobody's approval.
    is_known := link.second_by = 'nothing-agreed-yet' and (link.request_id is not null or not exists (
      select 1 from credential c join person p on p.clinic_id = c.clinic_id and p.person_id = c.person_id
      where c.clinic_id = new.clinic_id and c.person_id <> new.person_id and c.enrolled_at is not null
        and p.role = role_of(new.person_id)));
    insert into credential_change (clinic_id, person_id, at, kind, asked_by, approved_by, witnessed_by, at_machine, waits_until)
      values (new.clinic_id, new.person_id, time_now(),
              case link.second_by when 'nothing-agreed-yet' then 'joined' else 'set-up-anew' end,
              request.asked_by, request.decided_by,
              case link.second_by when 'witness' then link.witnessed_by end, link.request_id is null,
              case when not is_known then time_now() + interval '24 hours' end);
  elsif tg_op = 'UPDATE' and new.last_code_step > old.last_code_step and new.enrolled_at = old.enrolled_at then
    -- Its owner, who has just spent a code of the app that was theirs till now.
    insert into credential_change (clinic_id, person_id, at, kind)
      select new.clinic_id, new.person_id, time_now(), kind
      from (values ('password', new.password_hash is distinct from old.password_hash),
                   ('code-app', new.code_secret is distinct from old.code_secret),
                   ('second-secret', new.second_kept is distinct from old.second_kept)) changed (kind, has_changed)
      where has_changed;
  else
    raise exception 'unwatched: what somebody signs in with changes by a link or by a code of theirs'
      using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
create trigger credential_is_told after insert or update on unwatched.credential
  for each row execute function unwatched.record_credential_change();

-- Whether what takes two people has to wait for somebody: they were set up anew within a day, and no third person has
-- said that they are who they are. identity/fresh-credential.ts decides the same; a test holds the two equal.
create function unwatched.is_fresh(the_person uuid) returns boolean
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select exists (select 1 from credential_change c where c.clinic_id = clinic_now() and c.person_id = the_person
                 and c.waits_until > time_now() and c.freed_at is null)
$$;
create function unwatched.is_fresh_now() returns boolean
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select coalesce(is_fresh(person_now()), false)
$$;
-- To stop, to refuse and to take back stay open: nothing that protects waits.
create policy link_request_waits on unwatched.link_request as restrictive for insert
  with check (not unwatched.is_fresh_now());
create policy link_request_decision_waits on unwatched.link_request as restrictive for update
  with check (state <> 'approved' or not unwatched.is_fresh_now());
create policy exception_waits on unwatched.exception_request as restrictive for insert
  with check (not unwatched.is_fresh_now());
create policy exception_decision_waits on unwatched.exception_request as restrictive for update
  with check (state <> 'approved' or not unwatched.is_fresh_now());
create policy bundle_waits on unwatched.bundle as restrictive for insert
  with check (not unwatched.is_fresh_now());
create policy bundle_decision_waits on unwatched.bundle as restrictive for update
  with check (decided_by is distinct from unwatched.person_now() or state <> 'building' or not unwatched.is_fresh_now());
create policy case_phrase_waits on unwatched.case_phrase as restrictive for insert
  with check (not unwatched.is_fresh_now());

-- A third person, who had no part in it and does not wait themselves, says that they are who they are.
create function unwatched.free_credential(the_change bigint) returns boolean
language plpgsql security definer set search_path = unwatched, pg_temp as $$
begin
  if role_now() is null or role_now() not in ('administrator', 'coordinator') or is_fresh_now() then return false; end if;
  update credential_change c set freed_by = person_now(), freed_at = time_now()
    where c.clinic_id = clinic_now() and c.change_id = the_change and c.waits_until > time_now() and c.freed_at is null
      and person_now() not in (c.person_id, coalesce(c.asked_by, c.person_id), coalesce(c.approved_by, c.person_id),
                               coalesce(c.witnessed_by, c.person_id));
  return found;
end $$;

-- The person says that they know of what was changed, up to what they were shown.
create function unwatched.know_credential_changes(up_to bigint) returns integer
language sql security definer set search_path = unwatched, pg_temp as $$
  with known as (
    update credential_change set known_at = time_now()
    where clinic_id = clinic_now() and person_id = person_now() and change_id <= up_to and known_at is null returning 1)
  select count(*)::int from known
$$;

-- A colleague who is with somebody gives their word for what was lost. Of their own agency, or of any where nobody else
-- of it is at work; neither who asked nor who approved; and nobody who waits themselves.
create function unwatched.may_witness(link unwatched.invitation) returns boolean
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select coalesce(
    link.clinic_id = clinic_now() and link.purpose = 'enrol' and link.used_at is null and link.expires_at > time_now()
    and role_now() is not null and person_now() <> link.person_id and not is_fresh_now()
    and exists (select 1 from credential c where c.clinic_id = link.clinic_id and c.person_id = link.person_id
                and c.enrolled_at is not null)
    and not exists (select 1 from link_request r where r.clinic_id = link.clinic_id and r.request_id = link.request_id
                    and person_now() in (r.asked_by, r.decided_by))
    and exists (select 1 from person joins where joins.clinic_id = link.clinic_id and joins.person_id = link.person_id
                and (joins.agency_id = agency_now()
                     or not exists (select 1 from person p where p.clinic_id = joins.clinic_id
                                    and p.agency_id = joins.agency_id and p.state = 'active'
                                    and p.person_id <> joins.person_id))), false)
$$;
create function unwatched.links_to_witness() returns table (person_id uuid, name text, role text, agency text)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select p.person_id, p.name, p.role, g.name
  from invitation i
  join person p on p.clinic_id = i.clinic_id and p.person_id = i.person_id
  join agency g on g.clinic_id = p.clinic_id and g.agency_id = p.agency_id
  where i.clinic_id = clinic_now() and i.purpose = 'enrol' and i.used_at is null and i.expires_at > time_now()
    and may_witness(i)
  order by p.name limit 100
$$;
create function unwatched.witness_link(the_person uuid, the_kept text) returns boolean
language plpgsql security definer set search_path = unwatched, pg_temp as $$
begin
  update invitation i set witness_kept = the_kept, witnessed_by = person_now(), witness_until = time_now() + interval '30 minutes'
    where i.clinic_id = clinic_now() and i.person_id = the_person and i.purpose = 'enrol' and i.used_at is null
      and i.expires_at > time_now() and may_witness(i);
  return found;
end $$;

do $$
declare door text;
begin
  foreach door in array array['use_link(text, text, text, text)', 'use_demo_link(text)', 'free_credential(bigint)',
    'know_credential_changes(bigint)', 'links_to_witness()', 'witness_link(uuid, text)'] loop
    execute format('revoke execute on function unwatched.%s from public', door);
    execute format('grant execute on function unwatched.%s to unwatched_program', door);
  end loop;
end $$;

-- What somebody did within the day says that they had been set up anew, and when, for good.
alter table unwatched.act add column set_up_anew_at timestamptz;
create function unwatched.mark_act_of_fresh() returns trigger
language plpgsql security definer set search_path = unwatched, pg_temp as $$
begin
  -- Of an act that comes back from a backup it says already what it said.
  if clinic_now() is null then return new; end if;
  new.set_up_anew_at := case when new.person_id is not null then (
    select max(c.at) from credential_change c
    where c.clinic_id = new.clinic_id and c.person_id = new.person_id and c.waits_until > time_now()) end;
  return new;
end $$;
create trigger act_says_set_up_anew before insert on unwatched.act
  for each row execute function unwatched.mark_act_of_fresh();

drop function unwatched.acts_of_clinic(bigint, boolean, integer);
create function unwatched.acts_of_clinic(before bigint, with_sign_ins boolean, at_most integer)
returns table (act_id bigint, at timestamptz, person text, task text, verb text, subject text, role text, job text,
               set_up_anew_at timestamptz)
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
begin
  if role_now() is null or role_now() not in ('administrator', 'coordinator') then return; end if;
  return query
    select a.act_id, a.at, p.name, a.task, a.verb,
           coalesce(s.name, r.name), a.detail ->> 'role', a.detail ->> 'job', a.set_up_anew_at
    from act a
    left join person p on p.clinic_id = a.clinic_id and p.person_id = a.person_id
    left join person s on a.case_id is null and s.clinic_id = a.clinic_id and s.person_id::text = a.subject
    left join link_request r on a.case_id is null and r.clinic_id = a.clinic_id and r.kind = 'new-person'
                             and r.person_id::text = a.subject and s.person_id is null
    where a.clinic_id = clinic_now() and not a.is_copy and a.act_id < coalesce(before, 9223372036854775807)
      and (a.case_id is null or (a.task = 'job-command-line' and a.verb = 'case-opened'))
      and (with_sign_ins or a.verb not in ('signed-in', 'signed-out', 'sign-in-refused'))
    order by a.act_id desc limit least(at_most, 500);
end $$;
revoke execute on function unwatched.acts_of_clinic(bigint, boolean, integer) from public;
grant execute on function unwatched.acts_of_clinic(bigint, boolean, integer) to unwatched_program;

-- Nothing asks any more which roles reach cases: two people stand before every link.
drop function unwatched.role_reaches_cases(text);
