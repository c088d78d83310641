-- Somebody who was suspended is let in again by two people, whatever their role (S12): an administrator asks and says why,
-- a coordinator approves. They come back as who they were, with the password and the codes they had.
alter table unwatched.link_request
  drop constraint link_request_kind_check,
  add column asked_because text not null default '' check (length(asked_because) <= 2000),
  add constraint link_request_kind_check check (kind in ('new-person', 'new-link', 'return')),
  add constraint link_request_return_says_why check ((kind = 'return') = (asked_because <> ''));

create function unwatched.state_of(the_person uuid) returns text
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select state from person where clinic_id = clinic_now() and person_id = the_person
$$;

alter policy link_request_ask on unwatched.link_request
  with check (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'administrator'
              and state = 'asked' and asked_by = unwatched.person_now() and asked_at = unwatched.time_now()
              and person_id <> unwatched.person_now()
              and case kind when 'new-person' then unwatched.role_of(person_id) is null
                                                   and unwatched.role_reaches_cases(role)
                            when 'return' then unwatched.state_of(person_id) = 'suspended'
                            -- After a suspension a link takes two people as well, whatever the role.
                            else unwatched.role_reaches_cases(unwatched.role_of(person_id))
                                 or unwatched.state_of(person_id) = 'suspended' end);

-- Whether somebody ever joined, so that there is something to come back with.
create function unwatched.has_joined(the_person uuid) returns boolean
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select coalesce(role_now() in ('administrator', 'coordinator')
    and (exists (select 1 from credential c where c.clinic_id = clinic_now() and c.person_id = the_person
                 and c.enrolled_at is not null)
         or (select is_demo from clinic where clinic_id = clinic_now())), false)
$$;

-- Whether the coordinator who acts has approved this person's return in this very transaction.
create function unwatched.returns_now(the_person uuid) returns boolean
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select approves_now(the_person, null) and has_joined(the_person) and exists (
    select 1 from link_request r
    where r.clinic_id = clinic_now() and r.person_id = the_person and r.kind = 'return' and r.state = 'approved'
      and r.decided_by = person_now() and r.decided_at = time_now() and r.xmin = pg_current_xact_id()::xid)
$$;
alter policy person_change on unwatched.person
  with check (clinic_id = unwatched.clinic_now()
              and (unwatched.task_now() = 'setup'
                   or (unwatched.task_now() = 'sign-in' and state = 'active' and unwatched.link_was_used_now(person_id))
                   or (unwatched.role_now() = 'administrator'
                       and (state = 'suspended' or (state = 'invited' and not unwatched.role_reaches_cases(role))))
                   or (state = 'invited' and unwatched.approves_now(person_id, null))
                   or (state = 'active' and unwatched.returns_now(person_id))));

-- Nobody who comes by the program undoes a suspension alone: a policy cannot see what a row was, so this one thing is a
-- trigger's.
create function unwatched.keep_suspended() returns trigger
language plpgsql security definer set search_path = unwatched, pg_temp as $$
begin
  if clinic_now() is not null and old.state = 'suspended' and new.state <> 'suspended'
     and task_now() is distinct from 'setup'
     and not approves_now(old.person_id, null) then
    raise exception 'unwatched: letting somebody in again takes two people' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger person_stays_suspended before update of state on unwatched.person
  for each row execute function unwatched.keep_suspended();

-- What a client said yes to, as it was read out or shown: sealed as the reasons are, with the edition of the words.
alter table unwatched.consent
  add column words text not null default '',
  add column words_edition text not null default '' check (length(words_edition) <= 40);

-- What hangs on an agency's part in a case, for the page that stands before a consent is withdrawn: how many, never what.
create function unwatched.hangs_on(the_case uuid, the_agency uuid, the_person uuid)
returns table (appointments integer, messages integer, tasks integer)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select
    (select count(*)::int from appointment a where a.clinic_id = clinic_now() and a.case_id = the_case
       and a.state = 'booked' and a.starts_at > time_now()
       and (the_agency is null and the_person is null or exists (
             select 1 from appointment_person s join person p on p.clinic_id = s.clinic_id and p.person_id = s.person_id
             where s.clinic_id = a.clinic_id and s.case_id = a.case_id and s.appointment_id = a.appointment_id
               and (p.agency_id = the_agency or p.person_id = the_person)))),
    (select count(*)::int from message m where m.clinic_id = clinic_now() and m.case_id = the_case and m.state = 'waiting'),
    (select count(*)::int from task t where t.clinic_id = clinic_now() and t.case_id = the_case and t.done_at is null)
  where exists (select 1 from opened_cases('consent', 'write') o where o = the_case)
     or exists (select 1 from opened_cases('triage', 'write') o where o = the_case)
$$;
revoke execute on function unwatched.hangs_on(uuid, uuid, uuid) from public;
grant execute on function unwatched.hangs_on(uuid, uuid, uuid) to unwatched_program;

-- How many coming appointments somebody sits in: a number, for whoever is about to suspend them.
create function unwatched.coming_appointments_of(the_person uuid) returns integer
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select case when role_now() = 'administrator' then (
    select count(*)::int from appointment_person s
    join appointment a on a.clinic_id = s.clinic_id and a.case_id = s.case_id and a.appointment_id = s.appointment_id
    where s.clinic_id = clinic_now() and s.person_id = the_person and a.state = 'booked' and a.starts_at > time_now()) end
$$;
revoke execute on function unwatched.coming_appointments_of(uuid) from public;
grant execute on function unwatched.coming_appointments_of(uuid) to unwatched_program;
