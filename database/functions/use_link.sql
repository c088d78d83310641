-- Uses a link up: 'used', or 'closed' where it is none that holds, or 'wrong' where what was shown is not what was kept.
-- Which of it was wrong is not said.
create or replace function unwatched.use_link(the_hash text, the_code text, the_second text, the_witness text) returns text
language plpgsql security definer set search_path = unwatched, pg_temp as $$
declare
  link invitation;
  had credential;
  shown text;
begin
  if task_now() is distinct from 'sign-in' then
    raise exception 'unwatched: only the sign-in uses a link' using errcode = 'insufficient_privilege';
  end if;
  select * into link from invitation i
    where i.clinic_id = clinic_now() and i.token_hash = the_hash and i.purpose = 'enrol'
      and i.used_at is null and i.expires_at > time_now() for update;
  if not found then return 'closed'; end if;
  select * into had from credential c where c.clinic_id = clinic_now() and c.person_id = link.person_id for update;
  shown := case
    when had.enrolled_at is null then 'nothing-agreed-yet'
    when shows(had.second_kept, the_second) then 'second-secret'
    when link.witness_until > time_now() and shows(link.witness_kept, the_witness) then 'witness' end;
  if shown is null or not shows(link.code_kept, the_code) then return 'wrong'; end if;
  update invitation set used_at = time_now(), second_by = shown
    where clinic_id = link.clinic_id and token_hash = link.token_hash;
  return 'used';
end $$;

revoke execute on function unwatched.use_link(text, text, text, text) from public;
grant execute on function unwatched.use_link(text, text, text, text) to unwatched_program;
