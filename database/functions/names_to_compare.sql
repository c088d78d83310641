-- The sealed names of every other file, so many at a time in the order of their ids, for the coordinator who checks a
-- file that is still a referral, and for nobody else: where the blocks of names do not open. A suspected person of an open case is
-- named in its referral.
create or replace function unwatched.names_to_compare(the_case uuid, after_case uuid, at_most integer)
returns table (case_id uuid, client_name text, suspect_name text)
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
begin
  if not compares_names(the_case) then return; end if;
  return query
    select r.case_id, r.client_name, r.suspect_name from referral r
    where r.clinic_id = clinic_now() and r.case_id > after_case and r.case_id <> the_case and has_names(r)
    order by r.case_id limit least(at_most, 5000);
end $$;

revoke execute on function unwatched.names_to_compare(uuid, uuid, integer) from public;
grant execute on function unwatched.names_to_compare(uuid, uuid, integer) to unwatched_program;
