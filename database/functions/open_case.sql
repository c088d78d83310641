-- Opens a part of a case, and writes the act of opening it; without that act, in the same transaction, nothing in it can
-- be read. A page therefore cannot forget to be recorded.
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
  -- No job opens a companion: only a client comes in to it.
  if not exists (select 1 from case_file where clinic_id = clinic_now()
                   and case_id = (select case when client_case_now() is null then the_case else case_behind(the_case) end)) then
    return false;
  end if;
  insert into act (clinic_id, at, person_id, agency_id, task, verb, case_id, part, detail)
  values (clinic_now(), time_now(), person_now(), agency_now(), task_now(), 'case-opened', the_case, the_part,
          jsonb_build_object('mode', the_mode));
  return true;
end $$;

revoke execute on function unwatched.open_case(uuid, text, text) from public;
grant execute on function unwatched.open_case(uuid, text, text) to unwatched_program;
