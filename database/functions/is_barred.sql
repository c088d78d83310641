-- Whether the person acting is barred from this case, by name, now.
create or replace function unwatched.is_barred(the_case uuid) returns boolean
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
begin
  return exists (select 1 from bar where clinic_id = clinic_now() and case_id = the_case
                 and person_id = person_now() and lifted_at is null);
end $$;

revoke execute on function unwatched.is_barred(uuid) from public;
grant execute on function unwatched.is_barred(uuid) to unwatched_program;
