-- Whether the person acting may see this part of this case now (rule S5).
-- An agency party to the case by a consent in force now that covers the part, a role that covers the part, and no bar by
-- name. cases/sharing.ts decides the same; a property test holds the two equal. Lists ask the same of all of their lines
-- at once: see caseload; parts_in_sight asks it of all parts of one case. A client sees their own file while their case is
-- open, what role_covers says of it; anyone who came with the second phrase sees the companion so long.
create or replace function unwatched.sees_case(the_case uuid, the_part text, the_mode text) returns boolean
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
begin
  if person_now() is not null and role_covers(role_now(), the_part, the_mode)
     and the_part = any (agreed_parts(the_case)) then
    return true;
  end if;
  if the_case is distinct from client_case_now() or not role_covers('client', the_part, the_mode) then return false; end if;
  return exists (select 1 from case_file f where f.clinic_id = clinic_now() and f.case_id = (select case_behind(the_case))
                 and f.state = 'open');
end $$;

revoke execute on function unwatched.sees_case(uuid, text, text) from public;
grant execute on function unwatched.sees_case(uuid, text, text) to unwatched_program;
