-- Rule S5 for all cases at once, for the caseload: those whose part the person acting may see now.
-- An agency party to the case by a consent in force now that covers the part, a role that covers the part, and no bar.
-- cases/sharing.ts decides the same. What the role covers is asked once, and not for every consent of the agency.
-- A client sees their own file while their case is open, by no consent but their own and not a moment longer, what
-- role_covers says of it; and anyone who came with the second phrase sees the companion so long.
create or replace function unwatched.cases_in_sight(part text, mode text) returns setof uuid
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
begin
  if person_now() is not null and role_covers(role_now(), $1, $2) then
    return query
      select c.case_id
      from consent c
      where c.clinic_id = clinic_now() and c.agency_id = agency_now()
        and $1 = any (c.parts)
        and c.in_force_from <= time_now()
        and (c.in_force_until is null or c.in_force_until > time_now())
        and (c.withdrawn_at is null or c.withdrawn_at > time_now())
        and not exists (select 1 from bar b where b.clinic_id = c.clinic_id and b.case_id = c.case_id
                        and b.person_id = person_now() and b.lifted_at is null);
  end if;
  if client_case_now() is not null and role_covers('client', $1, $2) then
    return query select client_case_now() from case_file f
      where f.clinic_id = clinic_now() and f.case_id = case_behind(client_case_now()) and f.state = 'open';
  end if;
end $$;

revoke execute on function unwatched.cases_in_sight(text, text) from public;
grant execute on function unwatched.cases_in_sight(text, text) to unwatched_program;
