-- A case closes with its outcome, and may be opened again; and the counts that figures are made of.

alter table unwatched.case_file
  add column closed_at timestamptz,
  add column closed_by uuid,
  add column outcome text check (outcome in ('contact-stopped', 'contact-less', 'contact-same', 'contact-more', 'not-known'));
grant update (closed_at, closed_by, outcome) on unwatched.case_file to unwatched_program;
alter policy case_change on unwatched.case_file
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('triage', 'write')))
  with check (clinic_id = unwatched.clinic_now()
              and (state = 'open' and closed_at is null and closed_by is null
                   or state = 'closed' and closed_at <= unwatched.time_now() and outcome is not null));

-- Whoever reads figures gets counts and medians, never a row of a case. The rule on small numbers is applied in code
-- before anything is shown; these functions answer a manager alone, and nobody else's transaction.
create function unwatched.count_referrals(zone text)
returns table (month date, outcome text, referrals bigint)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select date_trunc('month', r.received_at at time zone zone)::date,
         case r.state when 'opened' then 'opened' when 'not-ours' then 'not-ours' else 'waiting' end, count(*)
  from referral r
  where r.clinic_id = clinic_now() and role_now() = 'manager'
  group by 1, 2
$$;

create function unwatched.count_closings(zone text)
returns table (month date, outcome text, cases bigint)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select date_trunc('month', c.closed_at at time zone zone)::date, c.outcome, count(*)
  from case_file c
  where c.clinic_id = clinic_now() and role_now() = 'manager' and c.state = 'closed'
  group by 1, 2
$$;

-- Whole days from a referral to its case, by the month in which the case was opened.
create function unwatched.count_waits(zone text)
returns table (month date, days integer, cases bigint)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select date_trunc('month', c.opened_at at time zone zone)::date,
         greatest(0, (c.opened_at at time zone zone)::date - (r.received_at at time zone zone)::date), count(*)
  from case_file c join referral r on r.clinic_id = c.clinic_id and r.case_id = c.case_id
  where c.clinic_id = clinic_now() and role_now() = 'manager'
  group by 1, 2
$$;
