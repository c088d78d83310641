-- Whole days from a referral to its case, by the month in which the case was opened.
create or replace function unwatched.count_waits(zone text)
returns table (month date, days integer, cases bigint)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select date_trunc('month', c.opened_at at time zone zone)::date,
         greatest(0, (c.opened_at at time zone zone)::date - (r.received_at at time zone zone)::date), count(*)
  from case_file c join referral r on r.clinic_id = c.clinic_id and r.case_id = c.case_id
  where c.clinic_id = clinic_now() and role_now() = 'manager'
  group by 1, 2
$$;

revoke execute on function unwatched.count_waits(text) from public;
grant execute on function unwatched.count_waits(text) to unwatched_program;
