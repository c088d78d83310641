-- Keeps glances of parts that this transaction has opened, each only while the part is at the revision that was read before the
-- glance was made. It waits for nobody: what somebody is changing at this moment is not kept.
create or replace function unwatched.keep_glances(the_case uuid, parts text[], revisions bigint[], bodies bytea[]) returns void
language plpgsql volatile security definer set search_path = unwatched, pg_temp as $$
begin
  with opened as materialized (select opened_parts(the_case) as part),
  held as (
    select g.part, k.body from case_glance g
    join unnest(parts, revisions, bodies) as k (part, revision, body) on k.part = g.part and k.revision = g.revision
    join opened o on o.part = g.part
    where g.clinic_id = clinic_now() and g.case_id = the_case and client_case_now() is null
    order by g.part for update of g skip locked)
  update case_glance g set sealed = held.body from held
    where g.clinic_id = clinic_now() and g.case_id = the_case and g.part = held.part;
end $$;

revoke execute on function unwatched.keep_glances(uuid, text[], bigint[], bytea[]) from public;
grant execute on function unwatched.keep_glances(uuid, text[], bigint[], bytea[]) to unwatched_program;
