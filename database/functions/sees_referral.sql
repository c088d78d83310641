-- Whether the person acting sees this referral: before a case is opened it belongs to the call handler who
-- took it and the coordinators, and to nobody who is barred.
create or replace function unwatched.sees_referral(the_case uuid, taken_by uuid, state text) returns boolean
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
declare
  role constant text := role_now();
begin
  return state <> 'opened' and (role = 'coordinator' or (role = 'call-handler' and taken_by = person_now()))
     and not is_barred(the_case);
end $$;

revoke execute on function unwatched.sees_referral(uuid, uuid, text) from public;
grant execute on function unwatched.sees_referral(uuid, uuid, text) to unwatched_program;
