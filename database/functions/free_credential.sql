-- A third person, who had no part in it and does not wait themselves, says that they are who they are.
create or replace function unwatched.free_credential(the_change bigint) returns boolean
language plpgsql security definer set search_path = unwatched, pg_temp as $$
begin
  if role_now() is null or role_now() not in ('administrator', 'coordinator') or is_fresh_now() then return false; end if;
  update credential_change c set freed_by = person_now(), freed_at = time_now()
    where c.clinic_id = clinic_now() and c.change_id = the_change and c.waits_until > time_now() and c.freed_at is null
      and person_now() not in (c.person_id, coalesce(c.asked_by, c.person_id), coalesce(c.approved_by, c.person_id),
                               coalesce(c.witnessed_by, c.person_id));
  return found;
end $$;

revoke execute on function unwatched.free_credential(bigint) from public;
grant execute on function unwatched.free_credential(bigint) to unwatched_program;
