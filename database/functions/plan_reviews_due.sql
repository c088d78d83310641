-- A page of the plans whose review by date has come, of cases in sight, the oldest first: enough to find them. Looking inside
-- needs open_case. See caseload, which lists in the same manner.
create or replace function unwatched.plan_reviews_due(
  until_day date, first_cases uuid[], after_case uuid, skipped integer, at_most integer)
returns table (place integer, counted integer, case_id uuid, reference text, client_name text, due_on date)
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
declare
  clinic constant uuid := clinic_now();
  agency constant uuid := agency_now();
  instant constant timestamptz := time_now();
  barred constant uuid[] := barred_from();
  last agency_case;
  listed uuid[];
begin
  if person_now() is null or not coalesce(role_covers(role_now(), 'plan', 'read'), false) then return; end if;
  select * into last from agency_case a
    where a.clinic_id = clinic and a.agency_id = agency and a.case_id = after_case;
  if last.case_id is null then
    listed := array(
      select a.case_id from agency_case a
      where a.clinic_id = clinic and a.agency_id = agency and a.case_id = any (first_cases) and a.review_on <= until_day
        and lets_in(a.parts, a.in_force_from, a.in_force_until, 'plan', instant) and a.case_id <> all (barred)
      order by a.review_on, a.case_id);
  end if;
  listed := listed || array(
    select a.case_id from agency_case a
    where a.clinic_id = clinic and a.agency_id = agency and a.review_on <= until_day
      and (a.review_on, a.case_id)
          > (coalesce(last.review_on, '-infinity'), coalesce(last.case_id, '00000000-0000-0000-0000-000000000000'))
      and lets_in(a.parts, a.in_force_from, a.in_force_until, 'plan', instant)
      and a.case_id <> all (barred) and a.case_id <> all (first_cases)
    order by a.review_on, a.case_id limit 1001);
  return query
    select p.place, least(cardinality(listed), 1001), f.case_id, f.reference, f.client_name, a.review_on
    from page_of(listed, skipped, at_most) p
    join case_file f on f.clinic_id = clinic and f.case_id = p.id
    join agency_case a on a.clinic_id = clinic and a.agency_id = agency and a.case_id = p.id
    order by p.place;
end $$;

revoke execute on function unwatched.plan_reviews_due(date, uuid[], uuid, integer, integer) from public;
grant execute on function unwatched.plan_reviews_due(date, uuid[], uuid, integer, integer) to unwatched_program;
