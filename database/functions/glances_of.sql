-- What is kept at a glance of each part that this transaction has opened of a case; `sealed` is null where the part was changed
-- and nobody has made it again, and `is_ended_here` true where this transaction changed it. A client has no page that shows any.
create or replace function unwatched.glances_of(the_case uuid)
  returns table (part text, revision bigint, sealed bytea, is_ended_here boolean)
language plpgsql stable rows 10 security definer set search_path = unwatched, pg_temp as $$
begin
  return query
    -- Asked once, and not for each part.
    with opened as materialized (select opened_parts(the_case) as part)
    select g.part, g.revision, g.sealed, g.sealed is null and g.xmin = pg_current_xact_id()::xid
    from case_glance g join opened o on o.part = g.part
    where g.clinic_id = clinic_now() and g.case_id = the_case and client_case_now() is null;
end $$;

revoke execute on function unwatched.glances_of(uuid) from public;
grant execute on function unwatched.glances_of(uuid) to unwatched_program;
