-- Which of these parts of a case the person acting may see and change now (rule S5), for a page that offers links. It
-- reads nothing of the case; of a case that is not theirs it says what it says of one that is not there.
create or replace function unwatched.parts_in_sight(the_case uuid, parts text[]) returns table (part text, mode text)
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
declare
  my_role constant text := role_now();
  agreed text[];
begin
  if my_role is null then
    return query select p, m from unnest(parts) p, unnest(array['read', 'write']) m where sees_case(the_case, p, m);
    return;
  end if;
  agreed := agreed_parts(the_case);
  return query
    select p, m from unnest(parts) p, unnest(array['read', 'write']) m
    where p = any (agreed) and role_covers(my_role, p, m);
end $$;

revoke execute on function unwatched.parts_in_sight(uuid, text[]) from public;
grant execute on function unwatched.parts_in_sight(uuid, text[]) to unwatched_program;
