-- What somebody did within the day of being set up again says so, and when, for good.
create or replace function unwatched.mark_act_of_fresh() returns trigger
language plpgsql security definer set search_path = unwatched, pg_temp as $$
begin
  -- Of an act that comes back from a backup it says already what it said.
  if clinic_now() is null then return new; end if;
  new.set_up_again_at := case when new.person_id is not null then (
    select max(c.at) from credential_change c
    where c.clinic_id = new.clinic_id and c.person_id = new.person_id and c.waits_until > time_now()) end;
  return new;
end $$;

revoke execute on function unwatched.mark_act_of_fresh() from public;
