-- What the sign-in may know of a phrase: whose it is, what to judge it by, and which file it lets in to; nothing once the
-- case is closed.
create or replace function unwatched.find_phrase(the_handle text)
returns table (case_id uuid, kind text, verifier text, file_id uuid)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select p.case_id, p.kind, p.verifier, case p.kind when 'open' then p.case_id else c.companion_id end
  from case_phrase p
  join case_file f on f.clinic_id = p.clinic_id and f.case_id = p.case_id and f.state = 'open'
  join companion c on c.clinic_id = p.clinic_id and c.case_id = p.case_id
  where p.clinic_id = clinic_now() and task_now() = 'sign-in' and p.handle = the_handle and p.ended_at is null
$$;

revoke execute on function unwatched.find_phrase(text) from public;
grant execute on function unwatched.find_phrase(text) to unwatched_program;
