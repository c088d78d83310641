-- Nobody who comes by the program undoes a suspension alone: a policy cannot see what a row was, so this one thing is a
-- trigger's.
create or replace function unwatched.keep_suspended() returns trigger
language plpgsql security definer set search_path = unwatched, pg_temp as $$
begin
  if clinic_now() is not null and old.state = 'suspended' and new.state <> 'suspended'
     and task_now() is distinct from 'setup'
     and not approves_now(old.person_id, null) then
    raise exception 'unwatched: letting somebody in again takes two people' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

revoke execute on function unwatched.keep_suspended() from public;
