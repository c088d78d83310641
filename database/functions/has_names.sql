-- Whether this referral has names that others are compared with.
create or replace function unwatched.has_names(it unwatched.referral) returns boolean language sql immutable parallel safe
as $$ select it.is_matched and (it.client_name <> '' or it.suspect_name <> '') $$;

revoke execute on function unwatched.has_names(unwatched.referral) from public;
grant execute on function unwatched.has_names(unwatched.referral) to unwatched_program;
