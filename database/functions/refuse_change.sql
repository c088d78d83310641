-- What is append-only is neither changed nor removed, by anybody.
create or replace function unwatched.refuse_change() returns trigger language plpgsql
as $$ begin
  raise exception 'unwatched: % is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;

revoke execute on function unwatched.refuse_change() from public;
