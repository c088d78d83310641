-- What is read first of the names of the clinic, for those who may compare them: the sealed names of files that are not in the blocks
-- as they are now, so many at a time in the order of their ids (null where they are gone); which generations of blocks
-- there are, sealed; and the first block of each. All of it as it was in one instant: a file that is being taken in is in one or the other.
create or replace function unwatched.name_roots(the_case uuid, after_case uuid, at_most integer)
returns table (case_id uuid, client_name text, suspect_name text, generation uuid, body bytea)
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
begin
  if not compares_names(the_case) then return; end if;
  return query
    (select c.case_id, r.client_name, r.suspect_name, null::uuid, null::bytea from name_change c
     left join referral r on r.clinic_id = c.clinic_id and r.case_id = c.case_id and r.case_id <> the_case and has_names(r)
     where c.clinic_id = clinic_now() and c.case_id > after_case
     order by c.case_id limit least(at_most, 5000))
    union all
    select null, null, null, null, r.sealed from name_root r where r.clinic_id = clinic_now()
    union all
    select null, null, null, b.generation, b.body from (
      -- Each generation by one step in the index, however many blocks it has.
      with recursive g (generation) as (
        (select r.generation from name_block r where r.clinic_id = clinic_now() order by r.generation limit 1)
        union all
        select (select r.generation from name_block r where r.clinic_id = clinic_now() and r.generation > g.generation
                order by r.generation limit 1)
        from g where g.generation is not null)
      select g.generation from g where g.generation is not null) n
    cross join lateral (
      select r.* from name_block r where r.clinic_id = clinic_now() and r.generation = n.generation and r.number = 0 offset 0) b;
end $$;

revoke execute on function unwatched.name_roots(uuid, uuid, integer) from public;
grant execute on function unwatched.name_roots(uuid, uuid, integer) to unwatched_program;
