-- Opens a part once more for the rest of the same visit, when what was asked for took a second transaction.
-- Recorded, and recorded as that. It counts as the same visit only while the same person asked for that part within two
-- minutes before; otherwise it is an access like any other.
create or replace function unwatched.open_again(the_case uuid, the_part text, the_mode text) returns boolean
language plpgsql volatile security definer set search_path = unwatched, pg_temp as $$
begin
  if not coalesce(sees_case(the_case, the_part, the_mode), false)
     or not exists (
       select 1 from act a
       where a.clinic_id = clinic_now() and a.case_id = the_case and a.verb = 'case-opened' and a.part = the_part
         and a.at between time_now() - interval '2 minutes' and time_now()
         and a.detail ->> 'mode' in ('write', the_mode)
         and not a.detail ?| array['beside', 'again']
         and a.person_id is not distinct from person_now() and a.task is not distinct from task_now()) then
    return open_case(the_case, the_part, the_mode);
  end if;
  insert into act (clinic_id, at, person_id, agency_id, task, verb, case_id, part, detail)
  values (clinic_now(), time_now(), person_now(), agency_now(), task_now(), 'case-opened', the_case, the_part,
          jsonb_build_object('mode', the_mode, 'again', true));
  return true;
end $$;

revoke execute on function unwatched.open_again(uuid, text, text) from public;
grant execute on function unwatched.open_again(uuid, text, text) to unwatched_program;
