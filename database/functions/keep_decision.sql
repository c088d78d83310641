-- S12: anyone who decides on a bundle is named as who they are, once; the job that builds it decides nothing.
create or replace function unwatched.keep_decision() returns trigger language plpgsql
as $$ begin
  if unwatched.person_now() is not null and (old.state <> 'asked' or new.state not in ('building', 'refused')
       or new.decided_by is distinct from unwatched.person_now() or new.blob_id is not null) then
    raise exception 'unwatched: a bundle is decided once, by the person acting' using errcode = 'insufficient_privilege';
  end if;
  if unwatched.is_job() and (old.decided_by is null or old.state = 'refused' or new.state not in ('ready', 'failed')
       or new.decided_by <> old.decided_by or new.decided_at <> old.decided_at) then
    raise exception 'unwatched: only a bundle that was approved is built' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

revoke execute on function unwatched.keep_decision() from public;
