-- Whether the person acting may compare the names of this file with those of others: a coordinator, for a file that is still
-- a referral and in their sight, and nobody else.
create or replace function unwatched.compares_names(the_case uuid) returns boolean
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
begin
  return coalesce(role_now() = 'coordinator' and is_referral_in_sight(the_case), false);
end $$;

revoke execute on function unwatched.compares_names(uuid) from public;
