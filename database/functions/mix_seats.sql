-- Writes seats again in an order that says nothing: in the order in which they were taken they would stand beside what was
-- done in the cases. Those of this transaction, with all others of the clinic, or with so many of them by chance: of two
-- hundred appointments nobody then tells which is the newest. What is long over is forgotten; its row beside the case stays.
create or replace function unwatched.mix_seats() returns void
language plpgsql volatile security definer set search_path = unwatched, pg_temp as $$
declare
  with_them constant integer := 3200;
begin
  if clinic_now() is null or not books_appointments() then return; end if;
  delete from appointment_seat s where s.clinic_id = clinic_now()
    and s.quarter::bigint * 900 < extract(epoch from time_now()) - 30 * 86400;
  with chosen as (
    select s.ctid from appointment_seat s where s.clinic_id = clinic_now() and s.xmin = pg_current_xact_id()::xid
    union
    (select s.ctid from appointment_seat s where s.clinic_id = clinic_now() order by random() limit with_them)),
  taken as (delete from appointment_seat s using chosen c where s.ctid = c.ctid returning s.*)
  insert into appointment_seat select * from taken order by random();
end $$;

revoke execute on function unwatched.mix_seats() from public;
grant execute on function unwatched.mix_seats() to unwatched_program;
