-- Opens a further part of a case for a page that was asked for.
-- Where rule S5 lets this person see it, and recorded as shown beside what they asked for. A part that is not theirs was
-- never asked for, so it is no refused access. Without an access that was asked for in the same transaction it is one like
-- any other, so nothing is hidden by it. Rows are still read only in a transaction that opened their part.
create or replace function unwatched.open_beside(the_case uuid, the_part text, the_mode text) returns boolean
language plpgsql volatile security definer set search_path = unwatched, pg_temp as $$
begin
  if clinic_now() is null then return false; end if;
  if not is_job() and not coalesce(sees_case(the_case, the_part, the_mode), false) then return false; end if;
  if not has_opened(the_case) then return open_case(the_case, the_part, the_mode); end if;
  if the_case in (select opened_cases(the_part, the_mode)) then return true; end if;
  insert into act (clinic_id, at, person_id, agency_id, task, verb, case_id, part, detail)
  values (clinic_now(), time_now(), person_now(), agency_now(), task_now(), 'case-opened', the_case, the_part,
          jsonb_build_object('mode', the_mode, 'beside', true));
  return true;
end $$;

revoke execute on function unwatched.open_beside(uuid, text, text) from public;
grant execute on function unwatched.open_beside(uuid, text, text) to unwatched_program;
