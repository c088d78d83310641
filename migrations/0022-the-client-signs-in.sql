-- A client signs in with a phrase of words, looks at her own case while it is open, and writes in her diary.

-- Of a phrase the clinic keeps where to find it (a keyed digest of its first two words) and an Argon2id verifier that
-- is bound to the case. `open` lets her in; `quiet` opens a page with nothing on it and tells the clinic.
create table unwatched.case_phrase (
  clinic_id  uuid not null,
  case_id    uuid not null,
  handle     text not null check (handle ~ '^[0-9a-f]{64}$'),
  kind       text not null check (kind in ('open', 'quiet')),
  verifier   text not null check (verifier like '$argon2id$%'),
  made_at    timestamptz not null,
  made_by    uuid not null,
  ended_at   timestamptz,
  primary key (clinic_id, case_id, handle),
  foreign key (clinic_id, case_id) references unwatched.case_file
);
create unique index case_phrase_by_handle on unwatched.case_phrase (clinic_id, handle) where ended_at is null;
create unique index case_phrase_of_each_kind on unwatched.case_phrase (clinic_id, case_id, kind) where ended_at is null;

-- One row for each browser a client is signed in at; only the hash of its token. It has the kind of the phrase.
create table unwatched.client_session (
  clinic_id    uuid not null,
  token_hash   text not null,
  case_id      uuid not null,
  kind         text not null check (kind in ('open', 'quiet')),
  started_at   timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at   timestamptz not null,
  primary key (clinic_id, token_hash),
  foreign key (clinic_id, case_id) references unwatched.case_file
);
create index client_session_by_case on unwatched.client_session (clinic_id, case_id);

-- Every time a phrase let somebody in. A use of the quiet one stays open until a person says what was done about it.
create table unwatched.phrase_use (
  clinic_id  uuid not null,
  case_id    uuid not null,
  use_id     uuid not null,
  kind       text not null check (kind in ('open', 'quiet')),
  at         timestamptz not null,
  seen_at    timestamptz,
  seen_by    uuid,
  primary key (clinic_id, case_id, use_id),
  foreign key (clinic_id, case_id) references unwatched.case_file,
  check ((seen_at is null) = (seen_by is null))
);

alter table unwatched.case_phrase enable row level security;
alter table unwatched.client_session enable row level security;
alter table unwatched.phrase_use enable row level security;

-- The phrases of a case are made and ended by whoever keeps safe contact with the client.
create policy case_phrase_read on unwatched.case_phrase for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('contact', 'write')));
create policy case_phrase_make on unwatched.case_phrase for insert
  with check (clinic_id = unwatched.clinic_now() and made_by = unwatched.person_now() and ended_at is null
              and case_id in (select unwatched.opened_cases('contact', 'write')));
create policy case_phrase_end on unwatched.case_phrase for update
  using (clinic_id = unwatched.clinic_now() and ended_at is null
         and case_id in (select unwatched.opened_cases('contact', 'write')))
  with check (clinic_id = unwatched.clinic_now() and ended_at is not null);

create policy client_session_door on unwatched.client_session for all
  using (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'sign-in')
  with check (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'sign-in');
-- A new phrase ends the sessions of the one before.
create policy client_session_look on unwatched.client_session for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('contact', 'write')));
create policy client_session_end on unwatched.client_session for delete
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('contact', 'write')));

create policy phrase_use_make on unwatched.phrase_use for insert
  with check (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'sign-in' and seen_at is null);
create policy phrase_use_read on unwatched.phrase_use for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('contact', 'write')));
create policy phrase_use_seen on unwatched.phrase_use for update
  using (clinic_id = unwatched.clinic_now() and seen_at is null
         and case_id in (select unwatched.opened_cases('contact', 'write')))
  with check (clinic_id = unwatched.clinic_now() and seen_by = unwatched.person_now());

-- What the door may know of a phrase: whose it is and what to judge it by, and nothing once the case is closed.
create function unwatched.find_phrase(the_handle text)
returns table (case_id uuid, kind text, verifier text)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select p.case_id, p.kind, p.verifier from case_phrase p
  join case_file f on f.clinic_id = p.clinic_id and f.case_id = p.case_id and f.state = 'open'
  where p.clinic_id = clinic_now() and task_now() = 'sign-in' and p.handle = the_handle and p.ended_at is null
$$;

create function unwatched.portal_is_open(the_case uuid) returns boolean
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select exists (select 1 from case_file f where f.clinic_id = clinic_now() and task_now() = 'sign-in'
                 and f.case_id = the_case and f.state = 'open')
$$;

-- Uses of a quiet phrase that nobody has looked into, of cases whose contact this person keeps.
create function unwatched.open_quiet_uses()
returns table (case_id uuid, reference text, at timestamptz)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select u.case_id, f.reference, u.at
  from phrase_use u join case_file f on f.clinic_id = u.clinic_id and f.case_id = u.case_id
  where u.clinic_id = clinic_now() and client_case_now() is null and u.kind = 'quiet' and u.seen_at is null
    and u.case_id in (select cases_in_sight('contact', 'write'))
  order by u.at
$$;

-- A client sees her own case while it is open, and not a moment longer.
create or replace function unwatched.cases_in_sight(part text, mode text) returns setof uuid
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
  union all
  select f.case_id from case_file f
  where f.clinic_id = clinic_now() and f.case_id = client_case_now() and f.state = 'open' and role_covers('client', $1, $2)
$$;

create or replace function unwatched.sees_case(the_case uuid, the_part text, the_mode text) returns boolean
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
begin
  return exists (
    select 1
    from person p
    join consent c on c.clinic_id = p.clinic_id and c.agency_id = p.agency_id
    where p.clinic_id = clinic_now() and p.person_id = person_now() and p.state = 'active'
      and c.case_id = the_case
      and role_covers(p.role, the_part, the_mode)
      and the_part = any (c.parts)
      and c.in_force_from <= time_now()
      and (c.in_force_until is null or c.in_force_until > time_now())
      and (c.withdrawn_at is null or c.withdrawn_at > time_now())
      and not exists (select 1 from bar b where b.clinic_id = c.clinic_id and b.case_id = c.case_id
                      and b.person_id = p.person_id and b.lifted_at is null))
    or (the_case = client_case_now() and role_covers('client', the_part, the_mode)
        and exists (select 1 from case_file f where f.clinic_id = clinic_now() and f.case_id = the_case and f.state = 'open'));
end $$;

-- Who it was, for the client who reads the trail of her own case; nobody's name for anybody else.
create function unwatched.name_for_client(the_case uuid, the_person uuid) returns text
language plpgsql stable strict security definer set search_path = unwatched, pg_temp as $$
begin
  if the_case is distinct from client_case_now() or not has_opened(the_case) then return null; end if;
  return (select p.name from person p where p.clinic_id = clinic_now() and p.person_id = the_person
          and exists (select 1 from act a where a.clinic_id = p.clinic_id and a.case_id = the_case and a.person_id = p.person_id));
end $$;

-- The clock a client reads her own times by.
create function unwatched.zone_for_client() returns text
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select f.zone from case_file f where f.clinic_id = clinic_now() and f.case_id = client_case_now()
$$;

-- What the client writes down between appointments: sealed whole with the key of her case. A correction is an entry of
-- its own that names the one it corrects; nothing is changed and nothing goes.
create table unwatched.diary_entry (
  clinic_id  uuid not null,
  case_id    uuid not null,
  entry_id   uuid not null,
  written_at timestamptz not null,
  corrects   uuid,
  body       bytea not null,
  primary key (clinic_id, case_id, entry_id),
  foreign key (clinic_id, case_id) references unwatched.case_file,
  foreign key (clinic_id, case_id, corrects) references unwatched.diary_entry
);
create trigger diary_entry_is_kept before update or delete or truncate on unwatched.diary_entry
  for each statement execute function unwatched.refuse_change();
alter table unwatched.diary_entry enable row level security;
create policy diary_entry_read on unwatched.diary_entry for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('diary', 'read')));
-- Her own words: nobody else writes here.
create policy diary_entry_make on unwatched.diary_entry for insert
  with check (clinic_id = unwatched.clinic_now() and case_id = unwatched.client_case_now()
              and written_at = unwatched.time_now()
              and case_id in (select unwatched.opened_cases('diary', 'write')));

grant select, insert on unwatched.case_phrase, unwatched.diary_entry, unwatched.phrase_use to unwatched_program;
grant update (ended_at) on unwatched.case_phrase to unwatched_program;
grant update (seen_at, seen_by) on unwatched.phrase_use to unwatched_program;
grant select, insert, update, delete on unwatched.client_session to unwatched_program;
