-- S8: what a message says, who sent it and what an incident was lie sealed under the key of their case. Words are found
-- through tokens: keyed digests, cut to 64 bits, that say nothing without that key. In the open stay the kind, the time
-- and how surely it is known, so that the line is put in order, narrowed down and counted without opening anything.
-- What was written before is sealed by the program, which has the key, when it next starts; see forget_clear_records.

drop function unwatched.search_records(uuid, text, text[], text[], uuid[], timestamp, timestamp, timestamp, uuid, integer, integer);

alter table unwatched.record
  drop column words,
  alter column place drop not null,
  add column sealed bytea,
  add column sender_key bigint,
  -- The same for two records that say the same, for telling duplicates.
  add column text_key bigint,
  add column words bigint[] not null default '{}';
create index record_by_words on unwatched.record using gin (words);

-- The name behind each sender's token, as its sources write it.
create table unwatched.record_sender (
  clinic_id   uuid not null,
  case_id     uuid not null,
  sender_key  bigint not null,
  sealed      bytea not null,
  primary key (clinic_id, case_id, sender_key)
);
alter table unwatched.record_sender enable row level security;
create policy record_sender_read on unwatched.record_sender for select using (clinic_id = unwatched.clinic_now()
  and case_id in (select unwatched.opened_cases('chronology', 'read')));
create policy record_sender_make on unwatched.record_sender for insert with check (clinic_id = unwatched.clinic_now()
  and case_id in (select unwatched.opened_cases('chronology', 'write')));
grant select, insert on unwatched.record_sender to unwatched_program;

-- Counted anew, by token, when somebody next opens the line.
delete from unwatched.record_tally;
delete from unwatched.record_summary;
delete from unwatched.line_reckoning;
alter table unwatched.record_tally drop column sender, add column sender_key bigint;
alter table unwatched.record_summary drop column sender, add column sender_key bigint;

-- Each text of a revision is sealed by itself; a text that is empty stays empty.
alter table unwatched.incident_revision
  drop constraint incident_revision_what_check,
  alter column her_words drop default, alter column changed drop default, alter column where_coarse drop default,
  alter column told_to drop default, alter column platform drop default, alter column reason drop default;
alter table unwatched.incident_revision
  alter column what type bytea using convert_to(what, 'UTF8'),
  alter column her_words type bytea using convert_to(her_words, 'UTF8'),
  alter column changed type bytea using convert_to(changed, 'UTF8'),
  alter column where_coarse type bytea using convert_to(where_coarse, 'UTF8'),
  alter column told_to type bytea using convert_to(told_to, 'UTF8'),
  alter column platform type bytea using convert_to(platform, 'UTF8'),
  alter column reason type bytea using convert_to(reason, 'UTF8');
alter table unwatched.incident_revision add check (length(what) > 0);

-- The last step for records that were written in the open, once each is sealed: the columns go, and the table is
-- written anew, so that no page of it keeps what stood there. A clinic without records takes it at once.
create function unwatched.forget_clear_records() returns void language plpgsql as $$
begin
  alter table unwatched.record
    drop column sender, drop column body, drop column raw, drop column sent_as_written,
    drop column place, drop column attachments, drop column facts,
    alter column sealed set not null;
  alter table unwatched.record alter column marks type text[] using marks || '{}'::text[];
end $$;
revoke execute on function unwatched.forget_clear_records() from public;
do $$ begin
  if not exists (select from unwatched.record) then
    perform unwatched.forget_clear_records();
    drop function unwatched.forget_clear_records();
  end if;
end $$;

-- Tokens are matched here and not under row security: the operator is not leakproof, so the index would stay unused and
-- a search would read every row of the clinic. The function repeats the check that the policy makes. A record holds all
-- of `sought`, and none of `unwanted`.
create function unwatched.search_records(the_case uuid, sought bigint[], unwanted bigint[], kinds text[], senders bigint[],
                                         items uuid[], from_time timestamp, until_time timestamp,
                                         after_time timestamp, after_item uuid, after_ordinal integer, at_most integer)
returns setof unwatched.record
language plpgsql stable rows 50 security definer set search_path = unwatched, pg_temp as $$
declare
  -- Rare words are looked up in the index of words and put in order; common ones are met soon along the line itself.
  rare constant integer := 5000;
  within constant text := 'r.clinic_id = $1 and r.case_id = $2 and r.words @> $3';
  found integer;
begin
  if not exists (select 1 from opened_cases('chronology', 'read') o where o = the_case) then return; end if;
  execute 'select count(*) from (select 1 from record r where ' || within || ' limit ' || rare || ') f'
    into found using clinic_now(), the_case, sought;
  return query execute
    (case when found < rare then 'with r as materialized (select * from record r where ' || within || ') select r.* from r where true'
          else 'select r.* from record r where ' || within end)
    || ' and not r.words && $13 and ($4 is null or r.kind = any ($4)) and ($5 is null or r.sender_key = any ($5))
         and ($6 is null or r.item_id = any ($6))
         and r.line_time between $7 and $8 and (r.line_time, r.item_id, r.ordinal) > ($9, $10, $11)
         order by r.line_time, r.item_id, r.ordinal limit $12'
    using clinic_now(), the_case, sought, kinds, senders, items, from_time, until_time,
          after_time, after_item, after_ordinal, least(at_most, 1000), unwanted;
end $$;
