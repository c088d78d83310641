-- Takes away the glance of the parts that were changed, as the last thing in the transaction of the change. Until that ends, nobody
-- else keeps a glance of the case. A referral that is no case yet has none.
create or replace function unwatched.end_glances() returns trigger
language plpgsql security definer set search_path = unwatched, pg_temp as $$
declare
  it record := case when tg_op = 'DELETE' then old else new end;
begin
  -- Once for a transaction, however many rows it changed: what it has taken away itself, and nobody has kept again since, is
  -- gone, and no other transaction reaches the row. Behind a savepoint the row has another number, and it is done again.
  if not exists (select 1 from case_glance g where g.clinic_id = it.clinic_id and g.case_id = it.case_id and g.part = any (tg_argv)
                 and (g.sealed is not null or g.xmin <> pg_current_xact_id()::xid)) then
    return null;
  end if;
  -- All of the case first, in one order: two who change the same parts in another order do not wait for each other for ever.
  perform 1 from case_glance g where g.clinic_id = it.clinic_id and g.case_id = it.case_id order by g.part for update;
  update case_glance g set revision = g.revision + 1, sealed = null
    where g.clinic_id = it.clinic_id and g.case_id = it.case_id and g.part = any (tg_argv);
  return null;
end $$;

revoke execute on function unwatched.end_glances() from public;
