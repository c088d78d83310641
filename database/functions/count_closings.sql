-- How many cases were closed in each month, by outcome: for a manager alone, and no case. See count_referrals.
create or replace function unwatched.count_closings(zone text)
returns table (month date, outcome text, cases bigint)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select date_trunc('month', c.closed_at at time zone zone)::date, c.outcome, count(*)
  from case_file c
  where c.clinic_id = clinic_now() and role_now() = 'manager' and c.state = 'closed'
  group by 1, 2
$$;

revoke execute on function unwatched.count_closings(text) from public;
grant execute on function unwatched.count_closings(text) to unwatched_program;
