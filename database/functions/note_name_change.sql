-- Notes that the names of a file are not in the blocks of names as they are now. No one who changes a name can leave this out.
-- A form that nobody has opened is compared with nothing, and a file without names has none to keep.
create or replace function unwatched.note_name_change() returns trigger
language plpgsql security definer set search_path = unwatched, pg_temp as $$
declare
  it record := case when tg_op = 'DELETE' then old else new end;
  had constant boolean := tg_op <> 'INSERT' and has_names(old);
  has constant boolean := tg_op <> 'DELETE' and has_names(new);
begin
  if not had and not has then return null; end if;
  if had and has and old.client_name = new.client_name and old.suspect_name = new.suspect_name then return null; end if;
  -- What waits already says itself whether it is in the blocks.
  insert into name_change as c (clinic_id, case_id, was_kept) values (it.clinic_id, it.case_id, had)
  on conflict (clinic_id, case_id) do update set change_id = gen_random_uuid();
  return null;
end $$;

revoke execute on function unwatched.note_name_change() from public;
