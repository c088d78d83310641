-- Whether the coordinator who acts has approved this person's return in this very transaction.
create or replace function unwatched.returns_now(the_person uuid) returns boolean
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select approves_now(the_person, null) and has_joined(the_person) and exists (
    select 1 from link_request r
    where r.clinic_id = clinic_now() and r.person_id = the_person and r.kind = 'return' and r.state = 'approved'
      and r.decided_by = person_now() and r.decided_at = time_now() and r.xmin = pg_current_xact_id()::xid)
$$;

revoke execute on function unwatched.returns_now(uuid) from public;
grant execute on function unwatched.returns_now(uuid) to unwatched_program;
