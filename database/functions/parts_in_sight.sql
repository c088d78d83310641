-- Which of these parts of a case the person acting may see and change now (rule S5), for a page that offers links. It
-- reads nothing of the case; of a case that is not theirs it says what it says of one that is not there.
create or replace function unwatched.parts_in_sight(the_case uuid, parts text[]) returns table (part text, mode text)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select p, m from unnest(parts) p, unnest(array['read', 'write']) m where sees_case(the_case, p, m)
$$;

revoke execute on function unwatched.parts_in_sight(uuid, text[]) from public;
grant execute on function unwatched.parts_in_sight(uuid, text[]) to unwatched_program;
