-- The alarms of the person acting: one for each case whose contact they keep, the latest first. Asked on every page of staff,
-- it reads the open uses alone.
create or replace function unwatched.second_phrase_alarms(at_most integer)
returns table (case_id uuid, reference text, times bigint, last_at timestamptz, noted_at timestamptz, told text,
               told_at timestamptz, mailed_at timestamptz)
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
begin
  if person_now() is null or not role_covers(role_now(), 'contact', 'write') then return; end if;
  return query
    select u.case_id, f.reference, u.times, u.last_at, u.noted_at, u.told, u.told_at, u.mailed_at
    from (
      -- What became of the mail is said of the last that happened, never of something before it.
      select o.case_id, count(*) as times, max(o.at) as last_at, max(o.noted_at) as noted_at,
             (array_agg(o.told order by greatest(o.at, o.noted_at) desc, o.use_id desc))[1] as told,
             (array_agg(o.told_at order by greatest(o.at, o.noted_at) desc, o.use_id desc))[1] as told_at,
             max(o.mailed_at) as mailed_at
      from phrase_use o where o.clinic_id = clinic_now() and o.kind = 'duress' and o.seen_at is null
      group by o.case_id) u
    join case_file f on f.clinic_id = clinic_now() and f.case_id = u.case_id
    where sees_case(u.case_id, 'contact', 'write')
    order by greatest(u.last_at, u.noted_at) desc limit at_most;
end $$;

revoke execute on function unwatched.second_phrase_alarms(integer) from public;
grant execute on function unwatched.second_phrase_alarms(integer) to unwatched_program;
