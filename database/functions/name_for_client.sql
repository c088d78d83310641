-- Who it was, for the client who reads the trail of their own case; nobody's name for anybody else.
create or replace function unwatched.name_for_client(the_case uuid, the_person uuid) returns text
language plpgsql stable strict security definer set search_path = unwatched, pg_temp as $$
begin
  if the_case is distinct from client_case_now() or not has_opened(the_case) then return null; end if;
  return (select p.name from person p where p.clinic_id = clinic_now() and p.person_id = the_person
          and exists (select 1 from act a where a.clinic_id = p.clinic_id and a.case_id = the_case and a.person_id = p.person_id));
end $$;

revoke execute on function unwatched.name_for_client(uuid, uuid) from public;
grant execute on function unwatched.name_for_client(uuid, uuid) to unwatched_program;
