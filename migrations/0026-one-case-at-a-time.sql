-- A page asks for one case, and is answered about one case. Who may see what stays as it was.

-- As before, planned once a session instead of once for every consent it was asked about.
create or replace function unwatched.role_covers(role text, part text, mode text) returns boolean
language plpgsql immutable parallel safe as $$
begin
  return (
    select mode in ('read', 'write') and (role, part, true) in (
        select r, p, mode = 'read' or w from (values
          ('coordinator', 'overview', true), ('coordinator', 'referral', true), ('coordinator', 'contact', true),
          ('coordinator', 'triage', true), ('coordinator', 'consent', true), ('coordinator', 'appointment', true),
          ('coordinator', 'map', false), ('coordinator', 'evidence', false), ('coordinator', 'chronology', false),
          ('coordinator', 'diary', false), ('coordinator', 'plan', true), ('coordinator', 'order', false),
          ('coordinator', 'bundle', true), ('coordinator', 'trail', false),
          ('cyber-adviser', 'overview', false), ('cyber-adviser', 'referral', false), ('cyber-adviser', 'contact', true),
          ('cyber-adviser', 'consent', false), ('cyber-adviser', 'appointment', true), ('cyber-adviser', 'map', true),
          ('cyber-adviser', 'evidence', true), ('cyber-adviser', 'chronology', true), ('cyber-adviser', 'diary', false),
          ('cyber-adviser', 'plan', true), ('cyber-adviser', 'order', false), ('cyber-adviser', 'bundle', false),
          ('stalking-advocate', 'overview', false), ('stalking-advocate', 'referral', false),
          ('stalking-advocate', 'contact', true), ('stalking-advocate', 'consent', false),
          ('stalking-advocate', 'appointment', true), ('stalking-advocate', 'map', true),
          ('stalking-advocate', 'evidence', true), ('stalking-advocate', 'chronology', true),
          ('stalking-advocate', 'diary', false), ('stalking-advocate', 'plan', true), ('stalking-advocate', 'order', true),
          ('stalking-advocate', 'bundle', true),
          ('idva', 'overview', false), ('idva', 'referral', false), ('idva', 'contact', true), ('idva', 'consent', false),
          ('idva', 'appointment', true), ('idva', 'map', false), ('idva', 'evidence', true), ('idva', 'chronology', true),
          ('idva', 'diary', false), ('idva', 'plan', true), ('idva', 'order', false), ('idva', 'bundle', false),
          ('police-liaison', 'overview', false), ('police-liaison', 'chronology', false), ('police-liaison', 'plan', false),
          ('police-liaison', 'order', true), ('police-liaison', 'bundle', false),
          ('client', 'appointment', false), ('client', 'plan', false), ('client', 'diary', true), ('client', 'trail', false)
        ) as covers (r, p, w)));
end $$;

-- Rule S5 as it stands: what the role covers is asked once, and no longer for every consent of the agency.
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
    return query select f.case_id from case_file f
      where f.clinic_id = clinic_now() and f.case_id = client_case_now() and f.state = 'open';
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
    and exists (select 1 from case_file f where f.clinic_id = clinic_now() and f.case_id = the_case and f.state = 'open'), false);
end $$;

-- One case is looked up by itself. The caseload looks up each of those it lists.
alter policy case_read on unwatched.case_file
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.is_job() or unwatched.sees_case(case_id, 'overview', 'read')));

-- What asks for a review of the plan, as before: whether orders are this person's to see is asked of the one case.
create or replace function unwatched.plan_triggers(the_case uuid) returns table (trigger text, at timestamptz)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select case when sees_case(the_case, 'order', 'read') then f.trigger else 'other' end, f.at
  from (
    select 'order-served' as trigger, min(o.at) as at from order_revision o
    where o.clinic_id = clinic_now() and o.case_id = the_case and o.served_at is not null group by o.order_id
    union all
    select 'breach', b.at from breach_decision b
    where b.clinic_id = clinic_now() and b.case_id = the_case and b.is_confirmed
  ) f
  where client_case_now() is null and the_case in (select opened_cases('plan', 'read'))
$$;

-- Tokens belong to one case, because its key makes them: the index of words alone finds the records. Asked for the case
-- as well, a server that has not counted a long chat yet read the whole of it.
create or replace function unwatched.search_records(the_case uuid, sought bigint[], unwanted bigint[], kinds text[], senders bigint[],
                                         items uuid[], from_time timestamp, until_time timestamp,
                                         after_time timestamp, after_item uuid, after_ordinal integer, at_most integer)
returns setof unwatched.record
language plpgsql stable rows 50 security definer set search_path = unwatched, pg_temp set enable_seqscan = off as $$
declare
  -- Rare words are looked up in the index of words and put in order; common ones are met soon along the line itself.
  rare constant integer := 5000;
  found integer;
begin
  if not exists (select 1 from opened_cases('chronology', 'read') o where o = the_case) then return; end if;
  select count(*) into found from (select 1 from record r where r.words @> sought limit rare) f;
  if found < rare then
    return query
      with f as materialized (select * from record r where r.words @> sought)
      select r.* from f r
      where r.clinic_id = clinic_now() and r.case_id = the_case and not r.words && unwanted
        and (kinds is null or r.kind = any (kinds)) and (senders is null or r.sender_key = any (senders))
        and (items is null or r.item_id = any (items))
        and r.line_time between from_time and until_time
        and (r.line_time, r.item_id, r.ordinal) > (after_time, after_item, after_ordinal)
      order by r.line_time, r.item_id, r.ordinal limit least(at_most, 1000);
  else
    return query
      select r.* from record r
      where r.clinic_id = clinic_now() and r.case_id = the_case and r.words @> sought and not r.words && unwanted
        and (kinds is null or r.kind = any (kinds)) and (senders is null or r.sender_key = any (senders))
        and (items is null or r.item_id = any (items))
        and r.line_time between from_time and until_time
        and (r.line_time, r.item_id, r.ordinal) > (after_time, after_item, after_ordinal)
      order by r.line_time, r.item_id, r.ordinal limit least(at_most, 1000);
  end if;
end $$;
