-- What the program may do is narrowed to what its operations do, so that a fault in one of them cannot do more.

-- An administrator never sees a case: nobody's role, agency or name is changed once they are there, nobody comes in
-- at work already, and only who holds an invitation becomes active, through the sign-in door.
revoke update on unwatched.person from unwatched_program;
grant update (state) on unwatched.person to unwatched_program;
alter policy person_add on unwatched.person
  with check (clinic_id = unwatched.clinic_now()
              and (unwatched.task_now() = 'setup' or (unwatched.role_now() = 'administrator' and state = 'invited')));
alter policy person_change on unwatched.person
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.task_now() in ('setup', 'sign-in')
              or (unwatched.role_now() = 'administrator' and person_id <> unwatched.person_now())))
  with check (clinic_id = unwatched.clinic_now()
              and (unwatched.task_now() in ('setup', 'sign-in')
                   or (unwatched.role_now() = 'administrator' and state in ('invited', 'suspended'))));

-- An administrator invites others to enrol, and makes no other kind of link.
revoke update on unwatched.invitation from unwatched_program;
grant update (used_at, expires_at) on unwatched.invitation to unwatched_program;
alter policy invitation_door on unwatched.invitation
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.task_now() in ('setup', 'sign-in')
              or (unwatched.role_now() = 'administrator' and purpose = 'enrol' and person_id <> unwatched.person_now())))
  with check (clinic_id = unwatched.clinic_now()
         and (unwatched.task_now() in ('setup', 'sign-in')
              or (unwatched.role_now() = 'administrator' and purpose = 'enrol' and person_id <> unwatched.person_now())));

-- An act carries the agency, the instant and the transaction of who did it; what open_case writes, only it writes.
alter policy act_write on unwatched.act
  with check (clinic_id = unwatched.clinic_now()
              and verb not in ('case-opened', 'case-refused')
              and person_id is not distinct from unwatched.person_now()
              and agency_id is not distinct from unwatched.agency_now()
              and task is not distinct from unwatched.task_now()
              and at = unwatched.time_now()
              and xid = pg_current_xact_id());

-- A withdrawn consent stays withdrawn, and no end is put off: a new agreement is a new row.
revoke update on unwatched.consent from unwatched_program;
revoke update (in_force_until) on unwatched.consent from unwatched_program;
grant update (withdrawn_at, withdrawn_by) on unwatched.consent to unwatched_program;
alter policy consent_withdraw on unwatched.consent
  using (clinic_id = unwatched.clinic_now() and withdrawn_at is null
         and case_id in (select unwatched.opened_cases('consent', 'write')))
  with check (clinic_id = unwatched.clinic_now() and withdrawn_at <= unwatched.time_now()
              and (withdrawn_by is null and in_force_until <= unwatched.time_now()
                   or withdrawn_by = unwatched.person_now()));

-- A bar names who made it, and who lifted it.
alter policy bar_make on unwatched.bar
  with check (clinic_id = unwatched.clinic_now() and lifted_at is null
              and made_by is not distinct from unwatched.person_now()
              and (unwatched.task_now() = 'public-form' or unwatched.role_now() in ('call-handler', 'coordinator')));
alter policy bar_lift on unwatched.bar
  using (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'coordinator'
         and person_id <> unwatched.person_now() and lifted_at is null
         and (unwatched.front_door_file(case_id) or case_id in (select unwatched.opened_cases('consent', 'write'))))
  with check (clinic_id = unwatched.clinic_now() and lifted_at is not null and lifted_by = unwatched.person_now());

-- A file keeps its id, its reference and who took it; a case is made only from a referral at the front door.
revoke update on unwatched.referral, unwatched.jewel, unwatched.case_file from unwatched_program;
grant update (state, answers, decision, client_name, name_tokens, suspect_name, suspect_tokens)
  on unwatched.referral to unwatched_program;
grant update (sealed, recorded_at, recorded_by) on unwatched.jewel to unwatched_program;
grant update (client_name, stalker_type, urgency, state) on unwatched.case_file to unwatched_program;
alter policy case_make on unwatched.case_file
  with check (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'coordinator'
              and opened_by = unwatched.person_now() and unwatched.front_door_file(case_id));

-- S12: whoever decides on a bundle is named as who they are, once; the job that builds it decides nothing.
revoke update on unwatched.bundle from unwatched_program;
grant update (state, decided_by, decided_at, decision_note, blob_id, file_name, size, sha256, built_at, failure)
  on unwatched.bundle to unwatched_program;
create function unwatched.keep_decision() returns trigger language plpgsql
as $$ begin
  if unwatched.person_now() is not null and (old.state <> 'asked' or new.state not in ('building', 'refused')
       or new.decided_by is distinct from unwatched.person_now() or new.blob_id is not null) then
    raise exception 'unwatched: a bundle is decided once, by whoever acts' using errcode = 'insufficient_privilege';
  end if;
  if unwatched.is_job() and (old.decided_by is null or old.state = 'refused' or new.state not in ('ready', 'failed')
       or new.decided_by <> old.decided_by or new.decided_at <> old.decided_at) then
    raise exception 'unwatched: only a bundle that was approved is built' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger bundle_keeps_its_decision before update on unwatched.bundle
  for each row execute function unwatched.keep_decision();

-- Names of other files are for the coordinator who checks one at the front door; whoever takes a referral in needs
-- the names of staff alone, to bar them; nobody else asks.
create or replace function unwatched.conflict_candidates(the_case uuid, tokens text[])
returns table (kind text, case_id uuid, person_id uuid, name text)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  with may as materialized (
    select coalesce(role_now() = 'coordinator' and front_door_file(the_case), false) as files,
           coalesce(task_now() = 'public-form' or role_now() in ('call-handler', 'coordinator'), false) as staff)
  select 'client', r.case_id, null::uuid, r.client_name from referral r
    where (select files from may) and r.clinic_id = clinic_now() and r.case_id <> the_case and r.name_tokens && tokens
  union all
  select 'suspect', r.case_id, null, r.suspect_name from referral r
    where (select files from may) and r.clinic_id = clinic_now() and r.case_id <> the_case and r.suspect_tokens && tokens
  union all
  select 'suspect', s.case_id, null, s.name from suspect s
    where (select files from may) and s.clinic_id = clinic_now() and s.case_id <> the_case and s.name_tokens && tokens
  union all
  select 'staff', null, p.person_id, p.name from person p
    where (select staff from may) and p.clinic_id = clinic_now()
$$;

-- A wrapped key is taken up only with the case it opens; which files there are is nobody else's to learn.
drop policy file_key_all on unwatched.file_key;
create policy file_key_read on unwatched.file_key for select
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.is_job() or unwatched.front_door_file(case_id)
              or case_id in (select unwatched.opened_cases('contact', 'read'))
              or case_id in (select unwatched.opened_cases('evidence', 'read'))
              or case_id in (select unwatched.opened_cases('chronology', 'read'))
              or case_id in (select unwatched.opened_cases('bundle', 'read'))));
create policy file_key_make on unwatched.file_key for insert
  with check (clinic_id = unwatched.clinic_now()
              and (unwatched.task_now() = 'public-form' or unwatched.front_door_file(case_id)));
