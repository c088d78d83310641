-- Writes down every change of what somebody signs in with, and refuses one that came by neither a link nor a code of
-- theirs.
create or replace function unwatched.record_credential_change() returns trigger
language plpgsql security definer set search_path = unwatched, pg_temp as $$
declare
  link invitation;
  request link_request;
  is_known boolean;
begin
  if clinic_now() is null then return null; end if;
  if tg_op = 'UPDATE' and (new.password_hash, new.code_secret, new.second_kept)
                          is not distinct from (old.password_hash, old.code_secret, old.second_kept) then
    return null;
  end if;
  select * into link from invitation i
    where i.clinic_id = new.clinic_id and i.person_id = new.person_id and i.purpose = 'enrol'
      and i.used_at = time_now() and i.xmin = pg_current_xact_id()::xid;
  if found then
    select * into request from link_request r where r.clinic_id = link.clinic_id and r.request_id = link.request_id;
    -- A coordinator made at the machine where one has worked before comes in by nobody's approval.
    is_known := link.second_by = 'nothing-agreed-yet' and (link.request_id is not null or not exists (
      select 1 from credential c join person p on p.clinic_id = c.clinic_id and p.person_id = c.person_id
      where c.clinic_id = new.clinic_id and c.person_id <> new.person_id and c.enrolled_at is not null
        and p.role = role_of(new.person_id)));
    insert into credential_change (clinic_id, person_id, at, kind, asked_by, approved_by, witnessed_by, at_machine, waits_until)
      values (new.clinic_id, new.person_id, time_now(),
              case link.second_by when 'nothing-agreed-yet' then 'joined' else 'set-up-again' end,
              request.asked_by, request.decided_by,
              case link.second_by when 'witness' then link.witnessed_by end, link.request_id is null,
              case when not is_known then time_now() + interval '24 hours' end);
  elsif tg_op = 'UPDATE' and new.last_code_step > old.last_code_step and new.enrolled_at = old.enrolled_at then
    -- Its owner, who has just spent a code of the app that was theirs till now.
    insert into credential_change (clinic_id, person_id, at, kind)
      select new.clinic_id, new.person_id, time_now(), kind
      from (values ('password', new.password_hash is distinct from old.password_hash),
                   ('code-app', new.code_secret is distinct from old.code_secret),
                   ('second-secret', new.second_kept is distinct from old.second_kept)) changed (kind, has_changed)
      where has_changed;
  else
    raise exception 'unwatched: what somebody signs in with changes by a link or by a code of theirs'
      using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;

revoke execute on function unwatched.record_credential_change() from public;
