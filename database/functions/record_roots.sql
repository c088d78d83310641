-- What is read first of the records of a case: which generations there are, sealed, with the count of what the case holds
-- beside it, and the first block of each generation, which tells where everything else of it lies. The function asks once
-- whether the case is open, as the policies do.
create or replace function unwatched.record_roots(the_case uuid)
returns table (generation uuid, root bytea, derived bytea, body bytea)
language plpgsql stable rows 10 security definer set search_path = unwatched, pg_temp as $$
begin
  if not exists (select 1 from opened_cases('chronology', 'read') o where o = the_case) then return; end if;
  return query
    select null::uuid, r.sealed, d.sealed, null::bytea from record_root r
    left join derived_of_case d on d.clinic_id = r.clinic_id and d.case_id = r.case_id
    where r.clinic_id = clinic_now() and r.case_id = the_case
    union all
    select b.generation, null, null, b.body from (
      -- Each generation by one step in the index, however many blocks it has.
      with recursive g (generation) as (
        (select r.generation from record_block r where r.clinic_id = clinic_now() and r.case_id = the_case
         order by r.generation limit 1)
        union all
        select (select r.generation from record_block r where r.clinic_id = clinic_now() and r.case_id = the_case
                  and r.generation > g.generation order by r.generation limit 1)
        from g where g.generation is not null)
      select g.generation from g where g.generation is not null) n
    cross join lateral (
      select r.* from record_block r where r.clinic_id = clinic_now() and r.case_id = the_case
        and r.generation = n.generation and r.number = 0 offset 0) b;
end $$;

revoke execute on function unwatched.record_roots(uuid) from public;
grant execute on function unwatched.record_roots(uuid) to unwatched_program;
