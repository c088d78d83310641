-- Uses up a link of the demo, which signs somebody in at once.
create or replace function unwatched.use_demo_link(the_hash text) returns boolean
language plpgsql security definer set search_path = unwatched, pg_temp as $$
begin
  if task_now() is distinct from 'sign-in' then
    raise exception 'unwatched: only the sign-in uses a link' using errcode = 'insufficient_privilege';
  end if;
  update invitation set used_at = time_now()
    where clinic_id = clinic_now() and token_hash = the_hash and purpose = 'demo-sign-in'
      and used_at is null and expires_at > time_now();
  return found;
end $$;

revoke execute on function unwatched.use_demo_link(text) from public;
grant execute on function unwatched.use_demo_link(text) to unwatched_program;
