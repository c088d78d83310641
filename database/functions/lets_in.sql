-- Whether a consent as agency_case holds it lets its agency in to this part at this instant: what sees_case asks of a
-- consent, for functions that ask it of many. Plain SQL without settings, so that it becomes a part of their statement.
create or replace function unwatched.lets_in(parts text[], since timestamptz, until timestamptz, part text, at timestamptz)
returns boolean language sql immutable parallel safe
as $$ select part = any (parts) and since <= at and (until is null or until > at) $$;

revoke execute on function unwatched.lets_in(text[], timestamptz, timestamptz, text, timestamptz) from public;
