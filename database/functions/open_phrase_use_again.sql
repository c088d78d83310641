-- What is written in such a visit is news to those on call, whatever they were told before. Where the use was looked into
-- already it is open again, as one that nobody was told of. The use is held first, so that anyone who closes it at the same
-- moment is waited for.
create or replace function unwatched.open_phrase_use_again() returns trigger
language plpgsql security definer set search_path = unwatched, pg_temp as $$
declare
  behind uuid;
  last_use uuid;
begin
  select c.case_id into behind from companion c where c.clinic_id = new.clinic_id and c.companion_id = new.case_id;
  select u.use_id into last_use from phrase_use u
    where u.clinic_id = new.clinic_id and u.case_id = behind and u.kind = 'duress'
    order by u.at desc, u.use_id desc limit 1 for update;
  update phrase_use u
    set seen_at = null, seen_by = null, access_id = null,
        again_at = case when u.seen_at is null then u.again_at else new.written_at end,
        mailed_at = case when u.seen_at is null then u.mailed_at end,
        noted_at = new.written_at, told = null, told_at = null, told_to = '{}'
    where u.clinic_id = new.clinic_id and u.case_id = behind and u.use_id = last_use;
  return null;
end $$;

revoke execute on function unwatched.open_phrase_use_again() from public;
