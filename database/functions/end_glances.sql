-- Takes away the glance of the parts that were changed, in the transaction of the change. Until that ends, nobody else
-- changes the part or keeps a glance of it. A referral that is no case yet has none.
create or replace function unwatched.end_glances() returns trigger
language plpgsql security definer set search_path = unwatched, pg_temp as $$
declare
  it record := case when tg_op = 'DELETE' then old else new end;
begin
  update case_glance g set revision = g.revision + 1, sealed = null
    where g.clinic_id = it.clinic_id and g.case_id = it.case_id and g.part = any (tg_argv);
  return null;
end $$;

revoke execute on function unwatched.end_glances() from public;
