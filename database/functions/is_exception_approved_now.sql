-- Whether the person acting has approved exactly this sharing without consent, in this very transaction.
create or replace function unwatched.is_exception_approved_now(made unwatched.consent) returns boolean
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select exists (
    select 1 from exception_request r
    where r.clinic_id = clinic_now() and r.case_id = made.case_id and r.request_id = made.consent_id
      and r.state = 'approved' and r.decided_by = person_now() and r.decided_at = time_now()
      and r.xmin = pg_current_xact_id()::xid
      and (r.agency_id, r.parts, r.legal_basis, r.reason, r.until_time, r.asked_by, r.decided_by, r.decided_at)
        = (made.agency_id, made.parts, made.how, made.reason, made.in_force_until, made.recorded_by, made.approved_by,
           made.in_force_from))
$$;

revoke execute on function unwatched.is_exception_approved_now(unwatched.consent) from public;
grant execute on function unwatched.is_exception_approved_now(unwatched.consent) to unwatched_program;
