-- When each referral that has appointments came in, and those, sealed: for figures, for a manager alone, and no case.
create or replace function unwatched.appointments_by_referral()
returns table (received_at timestamptz, appointments uuid[], sealed bytea[])
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select r.received_at, array_agg(a.appointment_id order by a.appointment_id), array_agg(a.sealed order by a.appointment_id)
  from referral r join appointment a on a.clinic_id = r.clinic_id and a.case_id = r.case_id
  where r.clinic_id = clinic_now() and role_now() = 'manager'
  group by r.clinic_id, r.case_id, r.received_at
$$;

revoke execute on function unwatched.appointments_by_referral() from public;
grant execute on function unwatched.appointments_by_referral() to unwatched_program;
