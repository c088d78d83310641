-- S8: whoever has a dump and can send a form of their own must not find her file by it. Names are compared by opening
-- them, in the program, and nothing that could be compared without the key is kept of them. A public form is matched
-- against names when a coordinator first opens it; before that nobody takes up its key.

alter table unwatched.referral add column is_matched boolean not null default true;

drop function unwatched.conflict_candidates(uuid, text[]);
alter table unwatched.referral drop column name_tokens, drop column suspect_tokens;
alter table unwatched.suspect drop column name_tokens;
-- Written anew, so that no page keeps the tokens that stood there.
alter table unwatched.referral alter column referred_by type text using referred_by || '';
alter table unwatched.suspect alter column relation type text using relation || '';

-- How many likenesses were found tells who is a client: it lies sealed, as a JSON text.
alter table unwatched.triage alter column conflicts set default '""';

-- The sealed names of every other file, so many at a time in the order of their ids, for the coordinator who checks a
-- file at the front door and for nobody else. A suspected person of an open case is named in its referral.
create function unwatched.names_to_compare(the_case uuid, after_case uuid, at_most integer)
returns table (case_id uuid, client_name text, suspect_name text)
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
begin
  if role_now() is distinct from 'coordinator' or not coalesce(front_door_file(the_case), false) then return; end if;
  return query
    select r.case_id, r.client_name, r.suspect_name from referral r
    where r.clinic_id = clinic_now() and r.case_id > after_case and r.case_id <> the_case and r.is_matched
    order by r.case_id limit least(at_most, 5000);
end $$;
revoke execute on function unwatched.names_to_compare(uuid, uuid, integer) from public;
grant execute on function unwatched.names_to_compare(uuid, uuid, integer) to unwatched_program;

-- A file at the front door whose names were matched, so that whoever is named like the suspected person is barred.
create function unwatched.matched_at_front_door(the_case uuid) returns boolean
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
begin
  return exists (select 1 from referral r where r.clinic_id = clinic_now() and r.case_id = the_case and r.is_matched
                 and front_door_sees(r.case_id, r.taken_by, r.state));
end $$;

-- A form from outside comes in unmatched, and nothing else does; it leaves that state once, or is put away unread.
alter policy referral_make on unwatched.referral
  with check (clinic_id = unwatched.clinic_now()
              and (unwatched.task_now() = 'public-form' and (not is_matched or state = 'not-ours')
                   or (unwatched.role_now() in ('call-handler', 'coordinator') and taken_by = unwatched.person_now()
                       and is_matched)));
alter policy referral_decide on unwatched.referral
  with check (clinic_id = unwatched.clinic_now() and (is_matched or state = 'not-ours'));
alter policy file_key_read on unwatched.file_key
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.is_job() or unwatched.matched_at_front_door(case_id) or unwatched.has_opened(case_id)));
alter policy triage_make on unwatched.triage
  with check (clinic_id = unwatched.clinic_now() and by_person = unwatched.person_now()
         and ((unwatched.role_now() = 'coordinator' and unwatched.matched_at_front_door(case_id))
              or case_id in (select unwatched.opened_cases('triage', 'write'))));
alter policy case_make on unwatched.case_file
  with check (clinic_id = unwatched.clinic_now() and unwatched.role_now() = 'coordinator'
              and opened_by = unwatched.person_now() and unwatched.matched_at_front_door(case_id));
-- No bar is made for a form that nobody has opened: which colleague it names would say whom it is about.
alter policy bar_make on unwatched.bar
  with check (clinic_id = unwatched.clinic_now() and lifted_at is null and reason <> ''
              and made_at = unwatched.time_now() and made_by is not distinct from unwatched.person_now()
              and case when unwatched.is_opened_file(case_id)
                       then unwatched.role_now() = 'coordinator' and person_id <> unwatched.person_now()
                            and case_id in (select unwatched.opened_cases('consent', 'write'))
                       else unwatched.role_now() in ('call-handler', 'coordinator') end);
grant update (is_matched) on unwatched.referral to unwatched_program;
