-- Opens a visit of a client: what a session lets in to and, where it is asked for, that file. The transaction it is sent in
-- acts as the client from then on.
-- The same is asked for either phrase, in the same order, so that neither takes longer. No row: no session of an open case,
-- or one whose time is up. How long it lasts is decided by identity/client-session.ts, which sends the two instants.
create or replace function unwatched.enter_as_client(the_clinic uuid, the_token text, the_time timestamptz,
  idle_since timestamptz, mark_before timestamptz, the_part text, the_mode text, opens boolean, beside text[])
returns table (file_id uuid, profile_revision text, is_opened boolean, besides text[], wrapped bytea)
language plpgsql volatile security definer set search_path = unwatched, pg_temp as $$
#variable_conflict use_column
declare
  seen_at timestamptz;
begin
  perform set_config('unwatched.clinic', the_clinic::text, true), set_config('unwatched.now', the_time::text, true),
          set_config('unwatched.person', '', true), set_config('unwatched.task', '', true),
          set_config('unwatched.client_case', '', true);
  select s.last_seen_at, case s.kind when 'open' then s.case_id else c.companion_id end, k.xmin::text
    into seen_at, file_id, profile_revision
    from client_session s
    join companion c on c.clinic_id = s.clinic_id and c.case_id = s.case_id
    join case_file f on f.clinic_id = s.clinic_id and f.case_id = s.case_id and f.state = 'open'
    join clinic k on k.clinic_id = s.clinic_id
    where s.clinic_id = the_clinic and s.token_hash = the_token
      and s.expires_at > the_time and s.last_seen_at > idle_since;
  if not found then return; end if;
  perform set_config('unwatched.task', 'client', true), set_config('unwatched.client_case', file_id::text, true);
  if seen_at <= mark_before then
    update client_session s set last_seen_at = the_time
      where s.clinic_id = the_clinic and s.token_hash = (
        select f.token_hash from client_session f where f.clinic_id = the_clinic and f.token_hash = the_token
        for update skip locked);
  end if;
  is_opened := opens and open_case(file_id, the_part, the_mode);
  if is_opened then
    besides := array(select b from unnest(beside) b where b <> the_part and role_covers('client', b, 'read'));
    insert into act (clinic_id, at, task, verb, case_id, part, detail)
      select the_clinic, the_time, 'client', 'case-opened', file_id, b, '{"mode": "read", "beside": true}'
      from unnest(besides) b;
    wrapped := (select k.wrapped from file_key k where k.clinic_id = the_clinic and k.case_id = file_id);
  end if;
  return next;
end $$;

revoke execute on function unwatched.enter_as_client(uuid, text, timestamptz, timestamptz, timestamptz, text, text,
  boolean, text[]) from public;
grant execute on function unwatched.enter_as_client(uuid, text, timestamptz, timestamptz, timestamptz, text, text,
  boolean, text[]) to unwatched_program;
