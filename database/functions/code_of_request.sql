-- What is kept of the joining code of a request, to hold a link to it.
create or replace function unwatched.code_of_request(the_request uuid) returns text
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select code_kept from link_request where clinic_id = clinic_now() and request_id = the_request
$$;

revoke execute on function unwatched.code_of_request(uuid) from public;
grant execute on function unwatched.code_of_request(uuid) to unwatched_program;
