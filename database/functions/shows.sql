-- Whether what somebody shows is what was kept.
-- Two people means two (S12). Anyone who approves a link sees it, so a link alone opens nothing: the joining code is with
-- the person who asked, and anyone who joined before shows what only they hold. Nobody alone can enrol as a colleague.
-- What is shown is made by Argon2id with the clinic's key (identity/operations/secret-words.ts); only its digest lies
-- here, so a dump is no help in guessing.
create or replace function unwatched.shows(kept text, shown text) returns boolean
language sql immutable parallel safe set search_path = unwatched, pg_temp as $$
  select coalesce(kept = encode(sha256(convert_to(shown, 'UTF8')), 'hex'), false)
$$;

revoke execute on function unwatched.shows(text, text) from public;
grant execute on function unwatched.shows(text, text) to unwatched_program;
