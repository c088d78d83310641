-- The sealed names of some of the other files as they are now, for those who may compare them: those that the blocks of names led to.
create or replace function unwatched.names_of_files(the_case uuid, cases uuid[])
returns table (case_id uuid, client_name text, suspect_name text)
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
begin
  if not compares_names(the_case) then return; end if;
  return query
    select r.case_id, r.client_name, r.suspect_name from unnest(cases) w (case_id)
    join referral r on r.clinic_id = clinic_now() and r.case_id = w.case_id
    where r.case_id <> the_case and has_names(r);
end $$;

revoke execute on function unwatched.names_of_files(uuid, uuid[]) from public;
grant execute on function unwatched.names_of_files(uuid, uuid[]) to unwatched_program;
