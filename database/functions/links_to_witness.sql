-- The colleagues whom the person acting could give their word for, because they wait with a link. See may_witness.
create or replace function unwatched.links_to_witness() returns table (person_id uuid, name text, role text, agency text)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select p.person_id, p.name, p.role, g.name
  from invitation i
  join person p on p.clinic_id = i.clinic_id and p.person_id = i.person_id
  join agency g on g.clinic_id = p.clinic_id and g.agency_id = p.agency_id
  where i.clinic_id = clinic_now() and i.purpose = 'enrol' and i.used_at is null and i.expires_at > time_now()
    and may_witness(i)
  order by p.name limit 100
$$;

revoke execute on function unwatched.links_to_witness() from public;
grant execute on function unwatched.links_to_witness() to unwatched_program;
