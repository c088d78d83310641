-- What the second phrase raised comes to an end as one: what happened is looked into, the task is done, and a note says
-- what was done. Neither without the other, whatever the program does.
create function unwatched.keep_phrase_use_whole() returns trigger
language plpgsql security definer set search_path = unwatched, pg_temp as $$
begin
  if tg_table_name = 'task' then
    if new.kind <> 'second-phrase-used' then return null; end if;
    if new.done_at is not null and new.sealed is null then
      raise exception 'unwatched: the use of a second phrase is closed with a note' using errcode = 'insufficient_privilege';
    end if;
    if exists (select 1 from phrase_use u join task t on t.clinic_id = u.clinic_id and t.subject = u.use_id::text
               where t.clinic_id = new.clinic_id and t.task_id = new.task_id and u.case_id = t.case_id
                 and (t.done_at is null) <> (u.seen_at is null)) then
      raise exception 'unwatched: a second phrase and its task are closed together' using errcode = 'insufficient_privilege';
    end if;
  elsif new.kind = 'quiet' and new.seen_at is not null
    and not exists (select 1 from task t where t.clinic_id = new.clinic_id and t.case_id = new.case_id
                      and t.subject = new.use_id::text and t.kind = 'second-phrase-used' and t.done_at is not null) then
    raise exception 'unwatched: a second phrase and its task are closed together' using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
create constraint trigger task_closes_with_its_use after insert or update on unwatched.task
  deferrable initially deferred for each row execute function unwatched.keep_phrase_use_whole();
create constraint trigger use_closes_with_its_task after update on unwatched.phrase_use
  deferrable initially deferred for each row execute function unwatched.keep_phrase_use_whole();

-- With the name of each use, so that whoever closes them closes those they saw.
drop function unwatched.open_quiet_uses();
create function unwatched.open_quiet_uses()
returns table (case_id uuid, use_id uuid, reference text, at timestamptz)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select u.case_id, u.use_id, f.reference, u.at
  from phrase_use u join case_file f on f.clinic_id = u.clinic_id and f.case_id = u.case_id
  where u.clinic_id = clinic_now() and client_case_now() is null and u.kind = 'quiet' and u.seen_at is null
    and u.case_id in (select cases_in_sight('contact', 'write'))
  order by u.at
$$;
