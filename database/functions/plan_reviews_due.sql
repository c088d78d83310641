-- Plans whose review by date has come, of cases in sight: enough to find them. Looking inside needs open_case.
create or replace function unwatched.plan_reviews_due(until_day date)
returns table (case_id uuid, reference text, client_name text, due_on date)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select p.case_id, f.reference, f.client_name, p.next_review_on
  from plan_revision p join case_file f on f.clinic_id = p.clinic_id and f.case_id = p.case_id
  where p.clinic_id = clinic_now() and client_case_now() is null
    and p.revision = (select max(n.revision) from plan_revision n where n.clinic_id = p.clinic_id and n.case_id = p.case_id)
    and p.state = 'open' and p.next_review_on <= until_day
    and p.case_id in (select cases_in_sight('plan', 'read'))
  order by p.next_review_on, f.reference
$$;

revoke execute on function unwatched.plan_reviews_due(date) from public;
grant execute on function unwatched.plan_reviews_due(date) to unwatched_program;
