-- What was written in the visits of the second phrase, for those who look into it, the newest first.
create or replace function unwatched.companion_notes(the_case uuid, at_most integer)
returns table (companion_id uuid, entry_id uuid, written_at timestamptz, corrects uuid, body bytea)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select d.case_id, d.entry_id, d.written_at, d.corrects, d.body
  from companion c join diary_entry d on d.clinic_id = c.clinic_id and d.case_id = c.companion_id
  where c.clinic_id = clinic_now() and c.case_id = the_case and person_now() is not null
    and the_case in (select opened_cases('contact', 'write'))
  order by d.written_at desc, d.entry_id desc limit at_most
$$;

revoke execute on function unwatched.companion_notes(uuid, integer) from public;
grant execute on function unwatched.companion_notes(uuid, integer) to unwatched_program;
