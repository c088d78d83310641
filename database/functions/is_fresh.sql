-- Whether what takes two people has to wait for somebody: they were set up again within a day, and no third person has
-- said that they are who they are. identity/fresh-credential.ts decides the same; a test holds the two equal.
create or replace function unwatched.is_fresh(the_person uuid) returns boolean
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select exists (select 1 from credential_change c where c.clinic_id = clinic_now() and c.person_id = the_person
                 and c.waits_until > time_now() and c.freed_at is null)
$$;

revoke execute on function unwatched.is_fresh(uuid) from public;
grant execute on function unwatched.is_fresh(uuid) to unwatched_program;
