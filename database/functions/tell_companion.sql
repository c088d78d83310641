-- Tells the companion that words were made, and how the file began if it does not know yet.
create or replace function unwatched.tell_companion(the_case uuid) returns void
language plpgsql volatile security definer set search_path = unwatched, pg_temp as $$
begin
  if not exists (select 1 from opened_cases('contact', 'write') o where o = the_case) then return; end if;
  perform copy_beginning(c.clinic_id, c.case_id, c.companion_id, array[pg_current_xact_id()])
  from companion c where c.clinic_id = clinic_now() and c.case_id = the_case;
end $$;

revoke execute on function unwatched.tell_companion(uuid) from public;
grant execute on function unwatched.tell_companion(uuid) to unwatched_program;
