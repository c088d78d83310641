-- A page of those who wait, for a coordinator: the most urgent first, then the longest wait, without those from which they
-- are barred and without `hidden`. Beside it, on every row, which forms of this part of the list nobody has opened, and the
-- reader's own name: who may not be shown one of them is found by opening names, which the database cannot. See caseload,
-- which lists in the same manner.
create or replace function unwatched.waiting_referrals(
  the_urgency text, hidden uuid[], after_case uuid, skipped integer, at_most integer)
returns table (place integer, counted integer, case_id uuid, reference text, client_name text, received_at timestamptz,
               received_by text, state text, urgency text, danger_now text, outcome text, unmatched uuid[], reader_name text)
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
declare
  clinic constant uuid := clinic_now();
  barred constant uuid[] := barred_from() || hidden;
  rank constant integer := array_position(array['today', 'two-days', 'seven-days', 'routine'], the_urgency);
  last referral;
  listed uuid[];
  unopened uuid[];
begin
  if coalesce(role_now(), '') <> 'coordinator' then return; end if;
  select * into last from referral r
    where r.clinic_id = clinic and r.case_id = after_case and r.state in ('waiting', 'triaged');
  select coalesce(array_agg(w.case_id), '{}'), coalesce(array_agg(w.case_id) filter (where not w.is_matched), '{}')
    into listed, unopened
    from (
      select r.case_id, r.is_matched from referral r
      where r.clinic_id = clinic and r.state in ('waiting', 'triaged')
        and r.urgency_rank >= coalesce(rank, 1) and r.urgency_rank <= coalesce(rank, 4)
        and (r.urgency_rank, r.received_at, r.case_id)
            > (coalesce(last.urgency_rank, 0), coalesce(last.received_at, '-infinity'),
               coalesce(last.case_id, '00000000-0000-0000-0000-000000000000'))
        and r.case_id <> all (barred)
      order by r.urgency_rank, r.received_at, r.case_id limit 1001) w;
  return query
    select p.place, least(cardinality(listed), 1001), r.case_id, r.reference, r.client_name, r.received_at, r.received_by,
           r.state, r.urgency, r.answers ->> 'dangerNow', r.decision ->> 'outcome', unopened, n.name
    from page_of(listed, skipped, at_most) p join referral r on r.clinic_id = clinic and r.case_id = p.id
    join person n on n.clinic_id = clinic and n.person_id = person_now()
    order by p.place;
end $$;

revoke execute on function unwatched.waiting_referrals(text, uuid[], uuid, integer, integer) from public;
grant execute on function unwatched.waiting_referrals(text, uuid[], uuid, integer, integer) to unwatched_program;
