-- What closes a client's portal and opens it again closes and opens the companion, and both tell it: copied as the transaction is
-- kept, with what was opened for it.
create or replace function unwatched.tell_companion_of_state() returns trigger
language plpgsql security definer set search_path = unwatched, pg_temp as $$
begin
  perform copy_beginning(c.clinic_id, c.case_id, c.companion_id, array[new.xid])
  from companion c where c.clinic_id = new.clinic_id and c.case_id = new.case_id;
  return null;
end $$;

revoke execute on function unwatched.tell_companion_of_state() from public;
