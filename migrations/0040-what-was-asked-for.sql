-- What somebody asked for is told apart from what a page shows beside it, and what a page may offer is decided without a
-- look at anything. Rows are still read only in a transaction that opened their part and wrote the act.

-- Opens a further part of a case for a page that was asked for: where rule S5 lets this person see it, and recorded as
-- shown beside what they asked for. A part that is not theirs was never asked for, so it is no refused look. Without a
-- look that was asked for in the same transaction it is a look like any other, so nothing is hidden by this door.
create function unwatched.open_beside(the_case uuid, the_part text, the_mode text) returns boolean
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

-- Which of these parts of a case whoever acts may look at and change now (rule S5), for a page that offers ways on. It
-- reads nothing of the case; of a case that is not theirs it says what it says of one that is not there.
create function unwatched.parts_in_sight(the_case uuid, parts text[]) returns table (part text, mode text)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select p, m from unnest(parts) p, unnest(array['read', 'write']) m where sees_case(the_case, p, m)
$$;
revoke execute on function unwatched.parts_in_sight(uuid, text[]) from public;
grant execute on function unwatched.parts_in_sight(uuid, text[]) to unwatched_program;

-- Opens a part once more for the rest of the same visit, when what was asked for took a second transaction: recorded, and
-- recorded as that. It counts as the same visit only while the same person asked for that part within two minutes before;
-- otherwise it is a look like any other.
create function unwatched.open_again(the_case uuid, the_part text, the_mode text) returns boolean
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
