-- Whether somebody ever joined, so that there is something to come back with.
create or replace function unwatched.has_joined(the_person uuid) returns boolean
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select coalesce(role_now() in ('administrator', 'coordinator')
    and (exists (select 1 from credential c where c.clinic_id = clinic_now() and c.person_id = the_person
                 and c.enrolled_at is not null)
         or (select is_demo from clinic where clinic_id = clinic_now())), false)
$$;

revoke execute on function unwatched.has_joined(uuid) from public;
grant execute on function unwatched.has_joined(uuid) to unwatched_program;
