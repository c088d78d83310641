-- The second phrase opens the same pages as the first, over a file of its own that is empty. The alarm is the use itself:
-- it stands from the transaction of the sign-in until somebody writes down what was done.

-- One for each case that has phrases, whether or not the second one is ever used. It is no case: it has a key, notes and
-- acts, and no name, no reference, no consent and no row in any list of cases.
create table unwatched.companion (
  clinic_id    uuid not null,
  case_id      uuid not null,
  companion_id uuid not null,
  made_at      timestamptz not null,
  primary key (clinic_id, case_id),
  unique (clinic_id, companion_id),
  foreign key (clinic_id, case_id) references unwatched.case_file
);
alter table unwatched.companion enable row level security;
create policy companion_read on unwatched.companion for select
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.task_now() in ('sign-in', 'job-tell-on-call')
              or case_id in (select unwatched.opened_cases('contact', 'write'))));
grant select on unwatched.companion to unwatched_program;

-- A copy says what was done, when and by whom. What else an act says is sealed for its own file, and stays there.
alter table unwatched.act add column is_copy boolean not null default false;

-- What a new client would read of her file on the day she was given her words: how it began, and that words were made.
-- Of anything later the companion knows nothing. The acts stay where they are; these are their copies, marked as such.
-- Whoever does these things comes by pages, and in a client's own file those looks stand beside what was done: the looks of
-- that person in the quarter of an hour before go with it, at the case's first page and at the part that it was done in.
-- One from before the last thing that is read there stays out: in no file does a line stand above a later one.
create function unwatched.copy_beginning(the_clinic uuid, the_case uuid, the_companion uuid, the_goes xid8[]) returns void
language sql volatile set search_path = unwatched, pg_temp as $$
  insert into act (clinic_id, at, person_id, agency_id, task, verb, case_id, part, detail, is_copy, xid)
  select a.clinic_id, a.at, a.person_id, a.agency_id, a.task, a.verb, the_companion, a.part,
         case when a.verb in ('case-opened', 'case-refused') then a.detail else '{}' end, true, a.xid
  from act a
  where a.clinic_id = the_clinic and a.case_id = the_case
    and (a.xid = any (the_goes)
         or not exists (select 1 from act c where c.clinic_id = the_clinic and c.case_id = the_companion)
            and (a.task = 'job-carry-over-contact'
                 or a.act_id <= (select max(o.act_id) from act o
                                 where o.clinic_id = the_clinic and o.case_id = the_case
                                   and o.xid in (select m.xid from act m where m.clinic_id = the_clinic
                                                   and m.case_id = the_case and m.verb = 'case-made')))
         or a.verb = 'case-opened'
            and not exists (select 1 from act c where c.clinic_id = the_clinic and c.case_id = the_companion
                            and c.is_copy and c.xid = a.xid)
            and a.xid in (
              select l.xid from act g join act l on l.clinic_id = g.clinic_id and l.case_id = g.case_id
              where g.clinic_id = the_clinic and g.case_id = the_case and g.xid = any (the_goes)
                and g.verb in ('phrase-made', 'case-closed', 'case-reopened')
                and l.verb = 'case-opened' and l.person_id = g.person_id and l.act_id < g.act_id
                and l.at between g.at - interval '15 minutes' and g.at
                and not l.detail ? 'beside'
                and (l.part = 'overview'
                     or l.part in (select o.part from act o where o.clinic_id = the_clinic and o.case_id = the_case
                                   and o.xid = g.xid and o.verb = 'case-opened'))
                and l.at >= coalesce((select max(c.at) from act c where c.clinic_id = the_clinic
                                      and c.case_id = the_companion
                                      and (c.is_copy or c.task in ('client', 'sign-in'))), '-infinity')))
  order by a.act_id
$$;
revoke execute on function unwatched.copy_beginning(uuid, uuid, uuid, xid8[]) from public;

-- Those that have phrases already. Their keys are made at the next start, which has the clinic's key.
insert into unwatched.companion (clinic_id, case_id, companion_id, made_at)
select p.clinic_id, p.case_id, gen_random_uuid(), max(p.made_at) from unwatched.case_phrase p group by 1, 2;
select unwatched.copy_beginning(c.clinic_id, c.case_id, c.companion_id,
  (select coalesce(array_agg(a.xid), '{}') from unwatched.act a
   where a.clinic_id = c.clinic_id and a.case_id = c.case_id and a.verb = 'phrase-made'))
from unwatched.companion c;

-- No phrase without one: neither of a pair could let anybody in to less than the other.
alter table unwatched.case_phrase
  add constraint case_phrase_has_companion foreign key (clinic_id, case_id) references unwatched.companion;

-- The companion of a case whose contact this transaction opened for writing: the one there is, or a new one with its key.
create function unwatched.keep_companion(the_case uuid, new_id uuid, new_key bytea) returns uuid
language plpgsql volatile security definer set search_path = unwatched, pg_temp as $$
begin
  if not exists (select 1 from opened_cases('contact', 'write') o where o = the_case) then return null; end if;
  insert into companion (clinic_id, case_id, companion_id, made_at)
  values (clinic_now(), the_case, new_id, time_now()) on conflict do nothing;
  if found then
    insert into file_key (clinic_id, case_id, wrapped, made_at) values (clinic_now(), new_id, new_key, time_now());
  end if;
  return (select c.companion_id from companion c where c.clinic_id = clinic_now() and c.case_id = the_case);
end $$;

-- Tells the companion that words were made, and how the file began if it does not know yet.
create function unwatched.tell_companion(the_case uuid) returns void
language plpgsql volatile security definer set search_path = unwatched, pg_temp as $$
begin
  if not exists (select 1 from opened_cases('contact', 'write') o where o = the_case) then return; end if;
  perform copy_beginning(c.clinic_id, c.case_id, c.companion_id, array[pg_current_xact_id()])
  from companion c where c.clinic_id = clinic_now() and c.case_id = the_case;
end $$;

-- What closes her portal and opens it again closes and opens the companion, and both tell it: copied as the transaction is
-- kept, with what was opened for it.
create function unwatched.tell_companion_of_state() returns trigger
language plpgsql security definer set search_path = unwatched, pg_temp as $$
begin
  perform copy_beginning(c.clinic_id, c.case_id, c.companion_id, array[new.xid])
  from companion c where c.clinic_id = new.clinic_id and c.case_id = new.case_id;
  return null;
end $$;
create constraint trigger act_is_told_to_companion after insert on unwatched.act
  deferrable initially deferred for each row when (new.verb in ('case-closed', 'case-reopened'))
  execute function unwatched.tell_companion_of_state();

-- The case behind what a client is let in to: her own, or the one a companion belongs to.
create function unwatched.case_behind(the_file uuid) returns uuid
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select coalesce((select c.case_id from companion c where c.clinic_id = clinic_now() and c.companion_id = the_file), the_file)
$$;
revoke execute on function unwatched.case_behind(uuid) from public;

-- The door, as before, and what the phrase lets in to.
drop function unwatched.find_phrase(text);
create function unwatched.find_phrase(the_handle text)
returns table (case_id uuid, kind text, verifier text, file_id uuid)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select p.case_id, p.kind, p.verifier, case p.kind when 'open' then p.case_id else c.companion_id end
  from case_phrase p
  join case_file f on f.clinic_id = p.clinic_id and f.case_id = p.case_id and f.state = 'open'
  join companion c on c.clinic_id = p.clinic_id and c.case_id = p.case_id
  where p.clinic_id = clinic_now() and task_now() = 'sign-in' and p.handle = the_handle and p.ended_at is null
$$;

-- A client sees her own file while her case is open, and whoever came with the second phrase sees the companion so long.
create or replace function unwatched.cases_in_sight(part text, mode text) returns setof uuid
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
begin
  if person_now() is not null and role_covers(role_now(), $1, $2) then
    return query
      select c.case_id
      from consent c
      where c.clinic_id = clinic_now() and c.agency_id = agency_now()
        and $1 = any (c.parts)
        and c.in_force_from <= time_now()
        and (c.in_force_until is null or c.in_force_until > time_now())
        and (c.withdrawn_at is null or c.withdrawn_at > time_now())
        and not exists (select 1 from bar b where b.clinic_id = c.clinic_id and b.case_id = c.case_id
                        and b.person_id = person_now() and b.lifted_at is null);
  end if;
  if client_case_now() is not null and role_covers('client', $1, $2) then
    return query select client_case_now() from case_file f
      where f.clinic_id = clinic_now() and f.case_id = case_behind(client_case_now()) and f.state = 'open';
  end if;
end $$;

create or replace function unwatched.sees_case(the_case uuid, the_part text, the_mode text) returns boolean
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
begin
  if person_now() is not null and role_covers(role_now(), the_part, the_mode)
     and exists (
       select 1 from consent c
       where c.clinic_id = clinic_now() and c.case_id = the_case and c.agency_id = agency_now()
         and the_part = any (c.parts)
         and c.in_force_from <= time_now()
         and (c.in_force_until is null or c.in_force_until > time_now())
         and (c.withdrawn_at is null or c.withdrawn_at > time_now())
         and not exists (select 1 from bar b where b.clinic_id = c.clinic_id and b.case_id = c.case_id
                         and b.person_id = person_now() and b.lifted_at is null)) then
    return true;
  end if;
  return coalesce(the_case = client_case_now() and role_covers('client', the_part, the_mode)
    and exists (select 1 from case_file f where f.clinic_id = clinic_now() and f.case_id = case_behind(the_case)
                and f.state = 'open'), false);
end $$;

create or replace function unwatched.open_case(the_case uuid, the_part text, the_mode text) returns boolean
language plpgsql volatile security definer set search_path = unwatched, pg_temp as $$
begin
  if clinic_now() is null then return false; end if;
  if task_now() is not null and not is_job() and client_case_now() is null then return false; end if;
  if not is_job() and not coalesce(sees_case(the_case, the_part, the_mode), false) then
    insert into act (clinic_id, at, person_id, agency_id, task, verb, case_id, part)
    values (clinic_now(), time_now(), person_now(), agency_now(), task_now(), 'case-refused', the_case, the_part);
    return false;
  end if;
  -- No job opens a companion: it is a client's door alone.
  if not exists (select 1 from case_file where clinic_id = clinic_now()
                   and case_id = case when client_case_now() is null then the_case else case_behind(the_case) end) then
    return false;
  end if;
  insert into act (clinic_id, at, person_id, agency_id, task, verb, case_id, part, detail)
  values (clinic_now(), time_now(), person_now(), agency_now(), task_now(), 'case-opened', the_case, the_part,
          jsonb_build_object('mode', the_mode));
  return true;
end $$;

create or replace function unwatched.zone_for_client() returns text
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select f.zone from case_file f where f.clinic_id = clinic_now() and f.case_id = case_behind(client_case_now())
$$;

-- Notes belong to whatever has a key: a case, or a companion.
alter table unwatched.diary_entry drop constraint diary_entry_clinic_id_case_id_fkey;
alter table unwatched.diary_entry
  add constraint diary_entry_has_key foreign key (clinic_id, case_id) references unwatched.file_key;

-- What was done about it, by whom: sealed, and kept for ever.
create table unwatched.phrase_look (
  clinic_id  uuid not null,
  case_id    uuid not null,
  look_id    uuid not null,
  at         timestamptz not null,
  by_person  uuid not null,
  sealed     bytea not null,
  primary key (clinic_id, case_id, look_id),
  foreign key (clinic_id, case_id) references unwatched.case_file
);
create trigger phrase_look_is_kept before update or delete or truncate on unwatched.phrase_look
  for each statement execute function unwatched.refuse_change();
alter table unwatched.phrase_look enable row level security;
create policy phrase_look_read on unwatched.phrase_look for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('contact', 'write')));
create policy phrase_look_make on unwatched.phrase_look for insert
  with check (clinic_id = unwatched.clinic_now() and by_person = unwatched.person_now() and at = unwatched.time_now()
              and case_id in (select unwatched.opened_cases('contact', 'write')));
grant select, insert on unwatched.phrase_look to unwatched_program;

-- A use is its own alarm and its own task: the task that a job raised for it goes, and with it what bound the two.
drop trigger task_closes_with_its_use on unwatched.task;
drop trigger use_closes_with_its_task on unwatched.phrase_use;
drop function unwatched.keep_phrase_use_whole();
delete from unwatched.task where kind = 'second-phrase-used' and done_at is null;

alter table unwatched.phrase_use
  add column look_id uuid,
  -- Since when it is open again, because something was written in such a visit after it was looked into.
  add column again_at timestamptz,
  -- What became of the mail to those on call, when, and which of their addresses have it.
  add column told text check (told in ('sent', 'trying', 'held', 'refused', 'no-address', 'no-mail-here', 'words-give-away',
                                       'given-up')),
  add column told_at timestamptz,
  add column told_to text[] not null default '{}',
  -- When something was last written in its visit; what was told before that was not told of it.
  add column noted_at timestamptz,
  -- When the last mail to those on call because of it began to leave.
  add column mailed_at timestamptz,
  add foreign key (clinic_id, case_id, look_id) references unwatched.phrase_look;
create index phrase_use_open on unwatched.phrase_use (clinic_id, case_id) where kind = 'quiet' and seen_at is null;
grant update (look_id) on unwatched.phrase_use to unwatched_program;
grant update (told, told_at, told_to, mailed_at) on unwatched.phrase_use to unwatched_program;

create function unwatched.keep_phrase_use() returns trigger language plpgsql
as $$ begin
  if new.kind = 'quiet' and new.seen_at is not null and old.seen_at is null and new.look_id is null then
    raise exception 'unwatched: the use of a second phrase is closed with a note' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger phrase_use_closes_with_a_note before update on unwatched.phrase_use
  for each row execute function unwatched.keep_phrase_use();

-- The job that writes to those on call sees that there was a use, and no case.
create policy phrase_use_tell_read on unwatched.phrase_use for select
  using (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'job-tell-on-call');
create policy phrase_use_tell on unwatched.phrase_use for update
  using (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'job-tell-on-call' and seen_at is null)
  with check (clinic_id = unwatched.clinic_now() and seen_at is null);

-- What is written in such a visit is news to those on call, whatever they were told before. Where the use was looked into
-- already it is open again, as one that nobody was told of. The use is held first, so that whoever closes it at the same
-- moment is waited for.
create function unwatched.open_phrase_use_again() returns trigger
language plpgsql security definer set search_path = unwatched, pg_temp as $$
declare
  behind uuid;
  last_use uuid;
begin
  select c.case_id into behind from companion c where c.clinic_id = new.clinic_id and c.companion_id = new.case_id;
  select u.use_id into last_use from phrase_use u
    where u.clinic_id = new.clinic_id and u.case_id = behind and u.kind = 'quiet'
    order by u.at desc, u.use_id desc limit 1 for update;
  update phrase_use u
    set seen_at = null, seen_by = null, look_id = null,
        again_at = case when u.seen_at is null then u.again_at else new.written_at end,
        mailed_at = case when u.seen_at is null then u.mailed_at end,
        noted_at = new.written_at, told = null, told_at = null, told_to = '{}'
    where u.clinic_id = new.clinic_id and u.case_id = behind and u.use_id = last_use;
  return null;
end $$;
create trigger diary_entry_opens_its_use after insert on unwatched.diary_entry
  for each row execute function unwatched.open_phrase_use_again();

-- The alarms of whoever acts: one for each case whose contact they keep, the latest first. Asked on every page of staff,
-- it reads the open uses alone.
drop function unwatched.open_quiet_uses();
create function unwatched.second_phrase_alarms(at_most integer)
returns table (case_id uuid, reference text, times bigint, last_at timestamptz, noted_at timestamptz, told text,
               told_at timestamptz, mailed_at timestamptz)
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
begin
  if person_now() is null or not role_covers(role_now(), 'contact', 'write') then return; end if;
  return query
    select u.case_id, f.reference, u.times, u.last_at, u.noted_at, u.told, u.told_at, u.mailed_at
    from (
      -- What became of the mail is said of the last that happened, never of something before it.
      select o.case_id, count(*) as times, max(o.at) as last_at, max(o.noted_at) as noted_at,
             (array_agg(o.told order by greatest(o.at, o.noted_at) desc, o.use_id desc))[1] as told,
             (array_agg(o.told_at order by greatest(o.at, o.noted_at) desc, o.use_id desc))[1] as told_at,
             max(o.mailed_at) as mailed_at
      from phrase_use o where o.clinic_id = clinic_now() and o.kind = 'quiet' and o.seen_at is null
      group by o.case_id) u
    join case_file f on f.clinic_id = clinic_now() and f.case_id = u.case_id
    where sees_case(u.case_id, 'contact', 'write')
    order by greatest(u.last_at, u.noted_at) desc limit at_most;
end $$;

-- Whether a use stands open in a case whose ways to reach the client this transaction has opened.
create function unwatched.second_phrase_is_open(the_case uuid) returns boolean
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select client_case_now() is null and the_case in (select opened_cases('contact', 'read'))
    and exists (select 1 from phrase_use u where u.clinic_id = clinic_now() and u.case_id = the_case
                and u.kind = 'quiet' and u.seen_at is null)
$$;

-- What was written in the visits of the second phrase, for those who look into it, the newest first.
create function unwatched.companion_notes(the_case uuid, at_most integer)
returns table (companion_id uuid, entry_id uuid, written_at timestamptz, corrects uuid, body bytea)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select d.case_id, d.entry_id, d.written_at, d.corrects, d.body
  from companion c join diary_entry d on d.clinic_id = c.clinic_id and d.case_id = c.companion_id
  where c.clinic_id = clinic_now() and c.case_id = the_case and person_now() is not null
    and the_case in (select opened_cases('contact', 'write'))
  order by d.written_at desc, d.entry_id desc limit at_most
$$;

-- Its key is had by whoever may read them.
alter policy file_key_read on unwatched.file_key
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.is_job() or unwatched.matched_at_front_door(case_id) or unwatched.has_opened(case_id)
              or unwatched.person_now() is not null and case_id in (select c.companion_id from unwatched.companion c)));

create function unwatched.companion_last_note(the_case uuid) returns uuid
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select n.entry_id from companion_notes(the_case, 1) n
$$;

-- Staff who may see who looked at a case see what was done in the visits of its second phrase as well, and with it who
-- looked into them; a client sees the acts of what she is let in to, and no others.
create function unwatched.companion_of(the_case uuid) returns uuid
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select c.companion_id from companion c
  where c.clinic_id = clinic_now() and c.case_id = the_case and client_case_now() is null
    and (the_case in (select opened_cases('trail', 'read')) or the_case in (select opened_cases('contact', 'write')))
$$;
drop policy act_read on unwatched.act;
create policy act_read on unwatched.act for select
  using (clinic_id = unwatched.clinic_now()
         and (case_id in (select unwatched.opened_cases('trail', 'read'))
              or case_id in (select unwatched.companion_of(o) from unwatched.opened_cases('trail', 'read') o)));

-- As before; what a companion copied was done once.
create or replace function unwatched.acts_of_clinic(before bigint, with_sign_ins boolean, at_most integer)
returns table (act_id bigint, at timestamptz, person text, task text, verb text, subject text, role text, job text)
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
begin
  if role_now() is null or role_now() not in ('administrator', 'coordinator') then return; end if;
  return query
    select a.act_id, a.at, p.name, a.task, a.verb,
           coalesce(s.name, r.name), a.detail ->> 'role', a.detail ->> 'job'
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

revoke execute on function unwatched.keep_companion(uuid, uuid, bytea), unwatched.tell_companion(uuid), unwatched.find_phrase(text),
  unwatched.second_phrase_alarms(integer), unwatched.second_phrase_is_open(uuid), unwatched.companion_notes(uuid, integer),
  unwatched.companion_last_note(uuid), unwatched.companion_of(uuid) from public;
grant execute on function unwatched.keep_companion(uuid, uuid, bytea), unwatched.tell_companion(uuid), unwatched.find_phrase(text),
  unwatched.second_phrase_alarms(integer), unwatched.second_phrase_is_open(uuid), unwatched.companion_notes(uuid, integer),
  unwatched.companion_last_note(uuid), unwatched.companion_of(uuid) to unwatched_program;
