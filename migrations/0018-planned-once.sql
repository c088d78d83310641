-- What 0010 did for speed and 0011 for safety, together: a look belongs to its instant, and is asked for by functions
-- that a session plans once.

create or replace function unwatched.opened_cases(part text, mode text) returns setof uuid
language plpgsql stable rows 1 security definer set search_path = unwatched, pg_temp as $$
begin
  return query
    select o.case_id from (
      select distinct a.case_id from act a
      where a.xid = pg_current_xact_id() and a.at = time_now() and a.clinic_id = clinic_now() and a.verb = 'case-opened'
        and a.person_id is not distinct from person_now() and a.task is not distinct from task_now()) o
    where is_job() or sees_case(o.case_id, $1, $2);
end $$;

create or replace function unwatched.has_opened(the_case uuid) returns boolean
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
begin
  return exists (select 1 from act a
    where a.xid = pg_current_xact_id() and a.at = time_now() and a.clinic_id = clinic_now() and a.verb = 'case-opened'
      and a.case_id = the_case
      and a.person_id is not distinct from person_now() and a.task is not distinct from task_now());
end $$;
