-- What ties a seat to a case, for anyone who knows the secret of the appointment; null without one.
create or replace function unwatched.seat_bound(the_case uuid, seat_of uuid, quarter integer) returns bytea language sql stable
as $$ select sha256(convert_to(s || ' ' || the_case || ' ' || seat_of || ' ' || quarter, 'UTF8'))
      from (select current_setting('unwatched.seat_secret', true)) as x (s) where length(s) = 64 $$;

revoke execute on function unwatched.seat_bound(uuid, uuid, integer) from public;
grant execute on function unwatched.seat_bound(uuid, uuid, integer) to unwatched_program;
