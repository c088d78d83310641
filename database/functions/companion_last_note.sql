-- The newest note written in the visits of the second phrase, for those who look into it.
create or replace function unwatched.companion_last_note(the_case uuid) returns uuid
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select n.entry_id from companion_notes(the_case, 1) n
$$;

revoke execute on function unwatched.companion_last_note(uuid) from public;
grant execute on function unwatched.companion_last_note(uuid) to unwatched_program;
