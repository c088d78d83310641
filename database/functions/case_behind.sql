-- The case behind what a client is let in to: their own, or the one a companion belongs to.
create or replace function unwatched.case_behind(the_file uuid) returns uuid
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select coalesce((select c.case_id from companion c where c.clinic_id = clinic_now() and c.companion_id = the_file), the_file)
$$;

revoke execute on function unwatched.case_behind(uuid) from public;
