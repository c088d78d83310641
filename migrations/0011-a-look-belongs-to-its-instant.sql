-- A look opens a case for the transaction that recorded it, which is known by its number. Numbers belong to a server:
-- on another one, to which rows were brought by other means than our own restore, an old look's number comes up again.
-- So the look must also carry the instant of this transaction, which an old one cannot.

create or replace function unwatched.opened_cases(part text, mode text) returns setof uuid
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select distinct a.case_id from act a
  where a.xid = pg_current_xact_id() and a.at = time_now() and a.clinic_id = clinic_now() and a.verb = 'case-opened'
    and a.person_id is not distinct from person_now() and a.task is not distinct from task_now()
    and (is_job() or a.case_id in (select cases_in_sight($1, $2)))
$$;

create or replace function unwatched.has_opened(the_case uuid) returns boolean
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select exists (select 1 from act a
    where a.xid = pg_current_xact_id() and a.at = time_now() and a.clinic_id = clinic_now() and a.verb = 'case-opened'
      and a.case_id = the_case
      and a.person_id is not distinct from person_now() and a.task is not distinct from task_now())
$$;
