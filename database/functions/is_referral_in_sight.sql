-- Whether this file is still a referral and the person acting sees it.
create or replace function unwatched.is_referral_in_sight(the_case uuid) returns boolean
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
begin
  return exists (select 1 from referral r where r.clinic_id = clinic_now() and r.case_id = the_case
                 and sees_referral(r.case_id, r.taken_by, r.state));
end $$;

revoke execute on function unwatched.is_referral_in_sight(uuid) from public;
grant execute on function unwatched.is_referral_in_sight(uuid) to unwatched_program;
