-- The further parts of a case, the client herself as somebody who acts, and the key of a case for every part of it.

-- Which role covers which part of a case. identity/permission.ts decides the same; a test holds the two equal.
-- A client is no role at the clinic: what she sees of her own case stands here alone.
create or replace function unwatched.role_covers(role text, part text, mode text) returns boolean
language sql immutable parallel safe as $$
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
    ) as covers (r, p, w))
$$;

-- The case whose client is acting, signed in with her case phrase; null for everybody else. The program sets it from
-- her session, as it sets a person's.
create function unwatched.client_case_now() returns uuid language sql stable parallel safe
as $$ select case when unwatched.task_now() = 'client' then nullif(current_setting('unwatched.client_case', true), '')::uuid end $$;

-- Rule S5 as before; and a client sees of her own open case what role_covers says, by no consent but her own.
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
  where f.clinic_id = clinic_now() and f.case_id = client_case_now() and role_covers('client', $1, $2)
$$;

create or replace function unwatched.open_case(the_case uuid, the_part text, the_mode text) returns boolean
language plpgsql volatile security definer set search_path = unwatched, pg_temp as $$
begin
  if clinic_now() is null then return false; end if;
  if task_now() is not null and not is_job() and client_case_now() is null then return false; end if;
  if not is_job() and not exists (select 1 from cases_in_sight(the_part, the_mode) s where s = the_case) then
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

-- Whether this transaction has opened the case, for whatever part.
create function unwatched.has_opened(the_case uuid) returns boolean
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select exists (select 1 from act a
    where a.xid = pg_current_xact_id() and a.clinic_id = clinic_now() and a.verb = 'case-opened' and a.case_id = the_case
      and a.person_id is not distinct from person_now() and a.task is not distinct from task_now())
$$;

-- A wrapped key is taken up only with the case it opens, whichever part of it was opened: what lies sealed in a part
-- is read by that part's own policy.
alter policy file_key_read on unwatched.file_key
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.is_job() or unwatched.front_door_file(case_id) or unwatched.has_opened(case_id)));
