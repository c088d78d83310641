-- Whether somebody comes in as what was asked for and approved, and as nothing else.
create or replace function unwatched.is_as_approved(the_person uuid, the_name text, the_sign_in_name text, the_role text, the_agency uuid)
returns boolean language sql stable security definer set search_path = unwatched, pg_temp as $$
  select approves_now(the_person, null) and exists (
    select 1 from link_request r
    where r.clinic_id = clinic_now() and r.person_id = the_person and r.kind = 'new-person' and r.state = 'approved'
      and (r.name, r.sign_in_name, r.role, r.agency_id) = (the_name, the_sign_in_name, the_role, the_agency))
$$;

revoke execute on function unwatched.is_as_approved(uuid, text, text, text, uuid) from public;
grant execute on function unwatched.is_as_approved(uuid, text, text, text, uuid) to unwatched_program;
