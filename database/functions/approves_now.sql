-- Whether the coordinator who acts has approved a link for this person in this very transaction.
create or replace function unwatched.approves_now(the_person uuid, the_request uuid) returns boolean
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select coalesce(role_now() = 'coordinator' and exists (
    select 1 from link_request r
    where r.clinic_id = clinic_now() and r.person_id = the_person and r.request_id = coalesce(the_request, r.request_id)
      and r.state = 'approved' and r.decided_by = person_now() and r.decided_at = time_now()
      and r.xmin = pg_current_xact_id()::xid), false)
$$;

revoke execute on function unwatched.approves_now(uuid, uuid) from public;
grant execute on function unwatched.approves_now(uuid, uuid) to unwatched_program;
