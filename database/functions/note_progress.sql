-- Notes how far the reading of an item has come, for a job that opened the case when the reading began. It tells nothing
-- back, so it is no access: one every few seconds would bury those that are.
create or replace function unwatched.note_progress(the_case uuid, the_item uuid, sealed_progress bytea) returns void
language sql volatile security definer set search_path = unwatched, pg_temp as $$
  update unwatched.reading set progress = sealed_progress
  where clinic_id = unwatched.clinic_now() and case_id = the_case and item_id = the_item
    and state = 'reading' and unwatched.is_job()
$$;

revoke execute on function unwatched.note_progress(uuid, uuid, bytea) from public;
grant execute on function unwatched.note_progress(uuid, uuid, bytea) to unwatched_program;
