-- The use of a second phrase is closed with a note of what was done, and not without one.
create or replace function unwatched.keep_phrase_use() returns trigger language plpgsql
as $$ begin
  if new.kind = 'duress' and new.seen_at is not null and old.seen_at is null and new.access_id is null then
    raise exception 'unwatched: the use of a second phrase is closed with a note' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

revoke execute on function unwatched.keep_phrase_use() from public;
