-- Opens a visit of staff: whose session a token is, what every page tells them, which parts of a case they may see, and,
-- where it is asked for, the case itself. The transaction it is sent in acts as that person from then on.
-- Further parts that the page shows something of are opened with it, each with an act of its own that says so.
-- No row: nobody's session. A row that is over: a session whose time is up; nothing else was done then.
-- How long a session lasts is decided by identity/session.ts, which sends the two instants; a test holds the two equal.
create or replace function unwatched.enter_as_staff(the_clinic uuid, the_token text, the_time timestamptz,
  idle_since timestamptz, mark_before timestamptz, most_alarms integer, parts text[],
  the_case uuid, the_part text, the_mode text, opens boolean, beside text[])
returns table (is_over boolean, session_id uuid, person_id uuid, name text, role text, agency_id uuid, agency_name text,
               proved_at timestamptz, has_news boolean, alarms jsonb, profile_revision text,
               sees text[], wrapped bytea, file jsonb)
language plpgsql volatile security definer set search_path = unwatched, pg_temp as $$
#variable_conflict use_column
declare
  seen_at timestamptz;
  is_in_sight boolean;
begin
  perform set_config('unwatched.clinic', the_clinic::text, true), set_config('unwatched.now', the_time::text, true),
          set_config('unwatched.person', '', true), set_config('unwatched.task', '', true),
          set_config('unwatched.client_case', '', true);
  select s.last_seen_at, s.expires_at <= the_time or s.last_seen_at <= idle_since,
         s.session_id, p.person_id, p.name, p.role, p.agency_id, g.name, s.proved_at, c.xmin::text,
         exists (select 1 from credential_change h where h.clinic_id = the_clinic and h.person_id = p.person_id
                 and (h.known_at is null and h.kind <> 'joined' or h.waits_until > the_time))
    into seen_at, is_over, session_id, person_id, name, role, agency_id, agency_name, proved_at, profile_revision, has_news
    from session s
    join person p on p.clinic_id = s.clinic_id and p.person_id = s.person_id and p.state = 'active'
    join agency g on g.clinic_id = p.clinic_id and g.agency_id = p.agency_id
    join clinic c on c.clinic_id = s.clinic_id
    where s.clinic_id = the_clinic and s.token_hash = the_token;
  if not found then return; end if;
  if is_over then return next; return; end if;
  perform set_config('unwatched.person', person_id::text, true);
  -- One of two pages that are asked for at once marks it, and the other does not wait.
  if seen_at <= mark_before then
    update session s set last_seen_at = the_time
      where s.clinic_id = the_clinic and s.token_hash = (
        select f.token_hash from session f where f.clinic_id = the_clinic and f.token_hash = the_token
        for update skip locked);
  end if;
  if role_covers(role, 'contact', 'write') then
    alarms := (select jsonb_agg(to_jsonb(a)) from second_phrase_alarms(most_alarms) a);
  end if;
  if the_case is not null then
    sees := coalesce((select array_agg(s.part || ' ' || s.mode) from parts_in_sight(the_case, parts) s), '{}');
    is_in_sight := the_part || ' ' || the_mode = any (sees);
    if opens or not is_in_sight then
      if open_case(the_case, the_part, the_mode) then
        insert into act (clinic_id, at, person_id, agency_id, verb, case_id, part, detail)
          select the_clinic, the_time, person_now(), agency_now(), 'case-opened', the_case, b, '{"mode": "read", "beside": true}'
          from unnest(beside) with ordinality as each (b, place)
          where b <> the_part and b || ' read' = any (sees) order by place;
        select k.wrapped, case when 'overview read' = any (sees) then to_jsonb(f) end into wrapped, file from case_file f
          left join file_key k on k.clinic_id = f.clinic_id and k.case_id = f.case_id
          where f.clinic_id = the_clinic and f.case_id = the_case;
      end if;
    end if;
  end if;
  return next;
end $$;

revoke execute on function unwatched.enter_as_staff(uuid, text, timestamptz, timestamptz, timestamptz, integer, text[],
  uuid, text, text, boolean, text[]) from public;
grant execute on function unwatched.enter_as_staff(uuid, text, timestamptz, timestamptz, timestamptz, integer, text[],
  uuid, text, text, boolean, text[]) to unwatched_program;
