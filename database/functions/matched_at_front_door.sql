-- Whether the referral of this case is at the front door, whoever acts sees it there, and its names were matched, so that
-- whoever is named like the suspected person is barred.
create or replace function unwatched.matched_at_front_door(the_case uuid) returns boolean
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
begin
  return exists (select 1 from referral r where r.clinic_id = clinic_now() and r.case_id = the_case and r.is_matched
                 and front_door_sees(r.case_id, r.taken_by, r.state));
end $$;

revoke execute on function unwatched.matched_at_front_door(uuid) from public;
grant execute on function unwatched.matched_at_front_door(uuid) to unwatched_program;
