-- Gives the word of the person acting for what somebody lost, for half an hour. See may_witness.
create or replace function unwatched.witness_link(the_person uuid, the_kept text) returns boolean
language plpgsql security definer set search_path = unwatched, pg_temp as $$
begin
  update invitation i set witness_kept = the_kept, witnessed_by = person_now(), witness_until = time_now() + interval '30 minutes'
    where i.clinic_id = clinic_now() and i.person_id = the_person and i.purpose = 'enrol' and i.used_at is null
      and i.expires_at > time_now() and may_witness(i);
  return found;
end $$;

revoke execute on function unwatched.witness_link(uuid, text) from public;
grant execute on function unwatched.witness_link(uuid, text) to unwatched_program;
