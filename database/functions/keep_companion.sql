-- The companion of a case whose contact this transaction opened for writing: the one there is, or a new one with its key.
create or replace function unwatched.keep_companion(the_case uuid, new_id uuid, new_key bytea) returns uuid
language plpgsql volatile security definer set search_path = unwatched, pg_temp as $$
begin
  if not exists (select 1 from opened_cases('contact', 'write') o where o = the_case) then return null; end if;
  insert into companion (clinic_id, case_id, companion_id, made_at)
  values (clinic_now(), the_case, new_id, time_now()) on conflict do nothing;
  if found then
    insert into file_key (clinic_id, case_id, wrapped, made_at) values (clinic_now(), new_id, new_key, time_now());
  end if;
  return (select c.companion_id from companion c where c.clinic_id = clinic_now() and c.case_id = the_case);
end $$;

revoke execute on function unwatched.keep_companion(uuid, uuid, bytea) from public;
grant execute on function unwatched.keep_companion(uuid, uuid, bytea) to unwatched_program;
