-- The person says that they know of what was changed, up to what they were shown.
create or replace function unwatched.know_credential_changes(up_to bigint) returns integer
language sql security definer set search_path = unwatched, pg_temp as $$
  with known as (
    update credential_change set known_at = time_now()
    where clinic_id = clinic_now() and person_id = person_now() and change_id <= up_to and known_at is null returning 1)
  select count(*)::int from known
$$;

revoke execute on function unwatched.know_credential_changes(bigint) from public;
grant execute on function unwatched.know_credential_changes(bigint) to unwatched_program;
