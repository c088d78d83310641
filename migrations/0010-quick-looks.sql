-- Looking into a case costs the same whether it holds a hundred records or a million, and whether the clinic has ten
-- cases or ten thousand. Who may see what stays as it was.

-- The functions that the policies ask are asked for every statement. In plpgsql a session plans each of them once; as
-- SQL they were planned anew every time, which was most of the work of a page.
create or replace function unwatched.role_now() returns text
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
begin
  return (select role from person where clinic_id = clinic_now() and person_id = person_now() and state = 'active');
end $$;

create or replace function unwatched.agency_now() returns uuid
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
begin
  return (select agency_id from person where clinic_id = clinic_now() and person_id = person_now() and state = 'active');
end $$;

create or replace function unwatched.is_barred(the_case uuid) returns boolean
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
begin
  return exists (select 1 from bar where clinic_id = clinic_now() and case_id = the_case
                 and person_id = person_now() and lifted_at is null);
end $$;

create or replace function unwatched.front_door_sees(the_case uuid, taken_by uuid, state text) returns boolean
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
declare
  role constant text := role_now();
begin
  return state <> 'opened' and (role = 'coordinator' or (role = 'call-handler' and taken_by = person_now()))
     and not is_barred(the_case);
end $$;

create or replace function unwatched.front_door_file(the_case uuid) returns boolean
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
begin
  return exists (select 1 from referral r where r.clinic_id = clinic_now() and r.case_id = the_case
                 and front_door_sees(r.case_id, r.taken_by, r.state));
end $$;

-- Rule S5 for one case; cases_in_sight says the same of all of them, for the caseload.
create function unwatched.sees_case(the_case uuid, the_part text, the_mode text) returns boolean
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
        and exists (select 1 from case_file f where f.clinic_id = clinic_now() and f.case_id = the_case));
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
  if not exists (select 1 from case_file where clinic_id = clinic_now() and case_id = the_case) then return false; end if;
  insert into act (clinic_id, at, person_id, agency_id, task, verb, case_id, part, detail)
  values (clinic_now(), time_now(), person_now(), agency_now(), task_now(), 'case-opened', the_case, the_part,
          jsonb_build_object('mode', the_mode));
  return true;
end $$;

create or replace function unwatched.opened_cases(part text, mode text) returns setof uuid
language plpgsql stable rows 1 security definer set search_path = unwatched, pg_temp as $$
begin
  return query
    select o.case_id from (
      select distinct a.case_id from act a
      where a.xid = pg_current_xact_id() and a.clinic_id = clinic_now() and a.verb = 'case-opened'
        and a.person_id is not distinct from person_now() and a.task is not distinct from task_now()) o
    where is_job() or sees_case(o.case_id, $1, $2);
end $$;

create or replace function unwatched.has_opened(the_case uuid) returns boolean
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
begin
  return exists (select 1 from act a
    where a.xid = pg_current_xact_id() and a.clinic_id = clinic_now() and a.verb = 'case-opened' and a.case_id = the_case
      and a.person_id is not distinct from person_now() and a.task is not distinct from task_now());
end $$;

-- Asked once for a statement, not once for each person of the clinic.
alter policy person_read on unwatched.person
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.is_job() or unwatched.task_now() in ('setup', 'sign-in')
              or (select unwatched.role_now()) is not null));

-- How many records there are by week, and by hour of the week, each by source, kind and sender: what the pictures show
-- while no days are chosen. A line has far fewer weeks than messages; only chosen days are counted from the hours.
create table unwatched.record_summary (
  clinic_id  uuid not null,
  case_id    uuid not null,
  item_id    uuid not null,
  kind       text not null,
  sender     text not null,
  span       text not null check (span in ('week', 'hour-of-week')),
  -- The Monday, or the first time it was that hour of the week; null for a time nobody knows.
  at         timestamp,
  counted    integer not null
);
create index record_summary_by_case on unwatched.record_summary (clinic_id, case_id);
alter table unwatched.record_summary enable row level security;
create policy record_summary_read on unwatched.record_summary for select using (clinic_id = unwatched.clinic_now()
  and case_id in (select unwatched.opened_cases('chronology', 'read')));
create policy record_summary_make on unwatched.record_summary for insert with check (clinic_id = unwatched.clinic_now()
  and case_id in (select unwatched.opened_cases('chronology', 'write')));
create policy record_summary_replace on unwatched.record_summary for delete using (clinic_id = unwatched.clinic_now()
  and case_id in (select unwatched.opened_cases('chronology', 'write')));
grant select, insert, delete on unwatched.record_summary to unwatched_program;

insert into unwatched.record_summary
  select clinic_id, case_id, item_id, kind, sender, 'week', date_trunc('week', hour), sum(counted)
  from unwatched.record_tally group by 1, 2, 3, 4, 5, 7
  union all
  select clinic_id, case_id, item_id, kind, sender, 'hour-of-week', min(hour), sum(counted)
  from unwatched.record_tally group by 1, 2, 3, 4, 5, extract(isodow from hour), extract(hour from hour);

-- The records found come out of the search themselves: joined to the table afterwards, they were looked for among all
-- records of the case.
drop function unwatched.search_records(uuid, text, text[], text[], uuid[], timestamp, timestamp, timestamp, uuid, integer, integer);
create function unwatched.search_records(the_case uuid, sought text, kinds text[], senders text[], items uuid[],
                                         from_time timestamp, until_time timestamp,
                                         after_time timestamp, after_item uuid, after_ordinal integer, at_most integer)
returns setof unwatched.record
language plpgsql stable rows 50 security definer set search_path = unwatched, pg_temp as $$
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
    (case when found < rare then 'with r as materialized (select * from record r where ' || within || ') select r.* from r where true'
          else 'select r.* from record r where ' || within end)
    || ' and ($4 is null or r.kind = any ($4)) and ($5 is null or r.sender = any ($5)) and ($6 is null or r.item_id = any ($6))
         and r.line_time between $7 and $8 and (r.line_time, r.item_id, r.ordinal) > ($9, $10, $11)
         order by r.line_time, r.item_id, r.ordinal limit $12'
    using clinic_now(), the_case, query, kinds, senders, items, from_time, until_time,
          after_time, after_item, after_ordinal, least(at_most, 1000);
end $$;
