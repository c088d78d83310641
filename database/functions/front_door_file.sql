-- Whether the referral of this case is at the front door and whoever acts sees it there.
create or replace function unwatched.front_door_file(the_case uuid) returns boolean
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
begin
  return exists (select 1 from referral r where r.clinic_id = clinic_now() and r.case_id = the_case
                 and front_door_sees(r.case_id, r.taken_by, r.state));
end $$;

revoke execute on function unwatched.front_door_file(uuid) from public;
grant execute on function unwatched.front_door_file(uuid) to unwatched_program;
