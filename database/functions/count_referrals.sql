-- How many referrals came in each month, by what became of them: for a manager alone, and no case.
-- Anyone who reads figures gets counts and medians, never a row of a case. The rule on small numbers is applied in code
-- before anything is shown; the functions that count answer a manager alone, and nobody else's transaction.
create or replace function unwatched.count_referrals(zone text)
returns table (month date, outcome text, referrals bigint)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select date_trunc('month', r.received_at at time zone zone)::date,
         case r.state when 'opened' then 'opened' when 'not-ours' then 'not-ours' else 'waiting' end, count(*)
  from referral r
  where r.clinic_id = clinic_now() and role_now() = 'manager'
  group by 1, 2
$$;

revoke execute on function unwatched.count_referrals(text) from public;
grant execute on function unwatched.count_referrals(text) to unwatched_program;
