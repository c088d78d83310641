-- One line of time: records read from items, incidents made by people, identities as sources know them.

create table unwatched.record (
  clinic_id        uuid not null,
  case_id          uuid not null,
  item_id          uuid not null,
  ordinal          integer not null,
  kind             text not null,
  sent_at          timestamptz,
  sent_local       timestamp,
  sent_as_written  text not null default '',
  zone             text,
  zone_how         text not null default 'unknown',
  precision        text not null default '',
  sender           text not null default '',
  body             text not null default '',
  -- The raw text as it stood in the source, where it differs from what is shown.
  raw              text,
  place            jsonb not null,
  attachments      jsonb not null default '[]',
  marks            text[] not null default '{}',
  -- What else the importer knows: why there is no instant, the two it may be, why it was set aside, what a camera wrote.
  facts            jsonb not null default '{}',
  -- Set when another record tells the same message: marked, never dropped.
  same_as_item     uuid,
  same_as_ordinal  integer,
  -- Where it stands on the line; a plain column, because row security keeps an expression out of the index.
  line_time        timestamp not null generated always as (coalesce(sent_local, 'infinity'::timestamp)) stored,
  -- PostgreSQL refuses a tsvector over 1 MB; the words of a longer message are found by its first 150 000 characters.
  -- Its parser drops what stands in <script>; brackets are blanks here, so that such a message is found by its words.
  words            tsvector generated always as (to_tsvector('simple', translate(left(sender || ' ' || body, 150000), '<>', '  '))) stored,
  primary key (clinic_id, case_id, item_id, ordinal),
  foreign key (clinic_id, case_id, item_id) references unwatched.item
);
create index record_by_time on unwatched.record (clinic_id, case_id, line_time, item_id, ordinal);
create index record_by_words on unwatched.record using gin (words);

-- An account, number or name the suspected person may use, as a source knows it.
create table unwatched.identity (
  clinic_id    uuid not null,
  case_id      uuid not null,
  identity_id  uuid not null,
  platform     text not null,
  handle       text not null,
  recorded_at  timestamptz not null,
  recorded_by  uuid,
  primary key (clinic_id, case_id, identity_id),
  unique (clinic_id, case_id, platform, handle)
);

-- Who the clinic believes is behind an identity: a claim with its ground, that can be withdrawn.
create table unwatched.identity_link (
  clinic_id     uuid not null,
  case_id       uuid not null,
  identity_id   uuid not null,
  suspect_id    uuid not null,
  ground        text not null,
  confidence    text not null check (confidence in ('certain', 'likely', 'possible')),
  made_at       timestamptz not null,
  made_by       uuid not null,
  withdrawn_at  timestamptz,
  withdrawn_by  uuid,
  primary key (clinic_id, case_id, identity_id, suspect_id, made_at)
);

create table unwatched.incident (
  clinic_id    uuid not null,
  case_id      uuid not null,
  incident_id  uuid not null,
  number       integer not null,
  made_at      timestamptz not null,
  made_by      uuid not null,
  form_token   text,
  primary key (clinic_id, case_id, incident_id),
  unique (clinic_id, case_id, number),
  foreign key (clinic_id, case_id) references unwatched.case_file
);

-- Revisions, never edits: the newest one is shown, the older ones stay.
create table unwatched.incident_revision (
  clinic_id      uuid not null,
  case_id        uuid not null,
  incident_id    uuid not null,
  revision       integer not null,
  at             timestamptz not null,
  by_person      uuid not null,
  -- exact: starts_at alone; about: starts_at, give or take; between: starts_at to ends_at; unknown: neither.
  precision      text not null check (precision in ('exact', 'about', 'between', 'unknown')),
  starts_at      timestamptz,
  ends_at        timestamptz,
  zone           text not null,
  noticed_on     date,
  what           text not null check (length(what) between 1 and 20000),
  her_words      text not null default '',
  changed        text not null default '',
  where_coarse   text not null default '',
  told_to        text not null default '',
  platform       text not null default '',
  -- Protection from Harassment Act 1997, s.2A(3): the acts it lists, and "other" because the list is not closed
  codes          text[] not null default '{}',
  origin         text not null check (origin in ('records', 'told-by-client')),
  reason         text not null default '',
  primary key (clinic_id, case_id, incident_id, revision),
  foreign key (clinic_id, case_id, incident_id) references unwatched.incident,
  check (codes <@ array['A_FOLLOW', 'B_CONTACT', 'C_PUBLISH', 'D_MONITOR', 'E_LOITER', 'F_INTERFERE', 'G_WATCH', 'X_OTHER'])
);

-- Which records a revision rests on; a later revision names its own, and the earlier ones stay.
create table unwatched.incident_record (
  clinic_id    uuid not null,
  case_id      uuid not null,
  incident_id  uuid not null,
  revision     integer not null,
  item_id      uuid not null,
  ordinal      integer not null,
  primary key (clinic_id, case_id, incident_id, revision, item_id, ordinal),
  foreign key (clinic_id, case_id, incident_id, revision) references unwatched.incident_revision
);

-- How many records there are by source, kind, sender and hour, duplicates left out: what the pictures count from,
-- so that opening a long line costs no more than opening a short one. An hour of null is a time nobody knows.
create table unwatched.record_tally (
  clinic_id  uuid not null,
  case_id    uuid not null,
  item_id    uuid not null,
  kind       text not null,
  sender     text not null,
  hour       timestamp,
  counted    integer not null
);
create index record_tally_by_case on unwatched.record_tally (clinic_id, case_id);

-- Which readings the duplicates were marked and the tally was made from; another fingerprint means: do it again.
create table unwatched.line_reckoning (
  clinic_id    uuid not null,
  case_id      uuid not null,
  fingerprint  text not null,
  reckoned_at  timestamptz not null,
  primary key (clinic_id, case_id)
);

create trigger incident_revision_is_kept before update or delete or truncate on unwatched.incident_revision
  for each statement execute function unwatched.refuse_change();
create trigger incident_record_is_kept before update or delete or truncate on unwatched.incident_record
  for each statement execute function unwatched.refuse_change();

do $$ declare t text; begin
  foreach t in array array['record', 'identity', 'identity_link', 'incident', 'incident_revision', 'incident_record',
                           'record_tally', 'line_reckoning'] loop
    execute format('alter table unwatched.%I enable row level security', t);
    execute format($p$create policy %I on unwatched.%I for select using (clinic_id = unwatched.clinic_now()
      and case_id in (select unwatched.opened_cases('chronology', 'read')))$p$, t || '_read', t);
    execute format($p$create policy %I on unwatched.%I for insert with check (clinic_id = unwatched.clinic_now()
      and case_id in (select unwatched.opened_cases('chronology', 'write')))$p$, t || '_make', t);
    execute format($p$create policy %I on unwatched.%I for update using (clinic_id = unwatched.clinic_now()
      and case_id in (select unwatched.opened_cases('chronology', 'write')))$p$, t || '_change', t);
    execute format($p$create policy %I on unwatched.%I for delete using (clinic_id = unwatched.clinic_now()
      and case_id in (select unwatched.opened_cases('chronology', 'write')))$p$, t || '_replace', t);
  end loop;
end $$;

-- Words are matched here and not under row security: the match operator is not leakproof, so the index would stay
-- unused and a search would read every row of the clinic. The function repeats the check that the policy makes.
-- What is narrowed down and where a page begins are given here too, so that no more rows leave than a page shows.
create function unwatched.search_records(the_case uuid, sought text, kinds text[], senders text[], items uuid[],
                                         from_time timestamp, until_time timestamp,
                                         after_time timestamp, after_item uuid, after_ordinal integer, at_most integer)
returns table (item_id uuid, ordinal integer)
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
declare
  -- Rare words are looked up in the index of words and put in order; common ones are met soon along the line itself.
  rare constant integer := 5000;
  query constant tsquery := websearch_to_tsquery('simple', sought);
  within constant text := 'r.clinic_id = $1 and r.case_id = $2 and r.words @@ $3';
  found integer;
begin
  if not exists (select 1 from opened_cases('chronology', 'read') o where o = the_case) then return; end if;
  execute 'select count(*) from (select 1 from record r where ' || within || ' limit ' || rare || ') f'
    into found using clinic_now(), the_case, query;
  return query execute
    (case when found < rare then 'with r as materialized (select * from record r where ' || within || ') select r.item_id, r.ordinal from r where true'
          else 'select r.item_id, r.ordinal from record r where ' || within end)
    || ' and ($4 is null or r.kind = any ($4)) and ($5 is null or r.sender = any ($5)) and ($6 is null or r.item_id = any ($6))
         and r.line_time between $7 and $8 and (r.line_time, r.item_id, r.ordinal) > ($9, $10, $11)
         order by r.line_time, r.item_id, r.ordinal limit $12'
    using clinic_now(), the_case, query, kinds, senders, items, from_time, until_time,
          after_time, after_item, after_ordinal, least(at_most, 1000);
end $$;

-- Records are derived and may be replaced when a question is answered; nothing else here is ever deleted.
grant select, insert, update, delete on unwatched.record to unwatched_program;
grant select, insert on unwatched.identity, unwatched.incident, unwatched.incident_revision to unwatched_program;
grant select, insert on unwatched.identity_link to unwatched_program;
grant update (withdrawn_at, withdrawn_by) on unwatched.identity_link to unwatched_program;
grant select, insert on unwatched.incident_record to unwatched_program;
grant select, insert, delete on unwatched.record_tally to unwatched_program;
grant select, insert, update on unwatched.line_reckoning to unwatched_program;
