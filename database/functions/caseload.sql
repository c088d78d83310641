-- A page of the cases in sight: enough to find one, nothing of what is in it. Rule S5 as sees_case says it, asked of every
-- row on the way and of none besides: an index has them in their order, and at most 1 001 are gone through, so the page
-- costs the same in a clinic of any size. `counted` is how many there are from here on, and 1 001 stands for more.
-- Those of `first_cases` that are in sight come before all others, and are not listed again after `after_case`.
create or replace function unwatched.caseload(
  the_state text, the_urgency text, the_order text, first_cases uuid[], after_case uuid, skipped integer, at_most integer)
returns table (place integer, counted integer, case_id uuid, reference text, client_name text, stalker_type text,
               urgency text, state text, opened_at timestamptz)
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
declare
  clinic constant uuid := clinic_now();
  agency constant uuid := agency_now();
  instant constant timestamptz := time_now();
  barred constant uuid[] := barred_from();
  rank constant integer := array_position(array['today', 'two-days', 'seven-days', 'routine'], the_urgency);
  last agency_case;
  listed uuid[];
begin
  if person_now() is null or not coalesce(role_covers(role_now(), 'overview', 'read'), false) then return; end if;
  select * into last from agency_case a
    where a.clinic_id = clinic and a.agency_id = agency and a.case_id = after_case;
  if last.case_id is null then
    listed := array(
      select a.case_id from agency_case a
      where a.clinic_id = clinic and a.agency_id = agency and a.case_id = any (first_cases) and a.state = the_state
        and (rank is null or a.urgency_rank = rank)
        and lets_in(a.parts, a.in_force_from, a.in_force_until, 'overview', instant) and a.case_id <> all (barred)
      order by a.opened_at desc, a.case_id desc);
  end if;
  if the_order = 'most-urgent' then
    listed := listed || array(
      select a.case_id from agency_case a
      where a.clinic_id = clinic and a.agency_id = agency and a.state = the_state
        and a.urgency_rank >= coalesce(rank, 1) and a.urgency_rank <= coalesce(rank, 4)
        and (a.urgency_rank, a.opened_at, a.case_id)
            > (coalesce(last.urgency_rank, 0), coalesce(last.opened_at, '-infinity'),
               coalesce(last.case_id, '00000000-0000-0000-0000-000000000000'))
        and lets_in(a.parts, a.in_force_from, a.in_force_until, 'overview', instant)
        and a.case_id <> all (barred) and a.case_id <> all (first_cases)
      order by a.urgency_rank, a.opened_at, a.case_id limit 1001);
  elsif rank is not null then
    listed := listed || array(
      select a.case_id from agency_case a
      where a.clinic_id = clinic and a.agency_id = agency and a.state = the_state and a.urgency_rank = rank
        and (a.opened_at, a.case_id)
            < (coalesce(last.opened_at, 'infinity'), coalesce(last.case_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
        and lets_in(a.parts, a.in_force_from, a.in_force_until, 'overview', instant)
        and a.case_id <> all (barred) and a.case_id <> all (first_cases)
      order by a.opened_at desc, a.case_id desc limit 1001);
  else
    listed := listed || array(
      select a.case_id from agency_case a
      where a.clinic_id = clinic and a.agency_id = agency and a.state = the_state
        and (a.opened_at, a.case_id)
            < (coalesce(last.opened_at, 'infinity'), coalesce(last.case_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
        and lets_in(a.parts, a.in_force_from, a.in_force_until, 'overview', instant)
        and a.case_id <> all (barred) and a.case_id <> all (first_cases)
      order by a.opened_at desc, a.case_id desc limit 1001);
  end if;
  return query
    select p.place, least(cardinality(listed), 1001), f.case_id, f.reference, f.client_name, f.stalker_type, f.urgency,
           f.state, f.opened_at
    from page_of(listed, skipped, at_most) p join case_file f on f.clinic_id = clinic and f.case_id = p.id
    order by p.place;
end $$;

revoke execute on function unwatched.caseload(text, text, text, uuid[], uuid, integer, integer) from public;
grant execute on function unwatched.caseload(text, text, text, uuid[], uuid, integer, integer) to unwatched_program;
