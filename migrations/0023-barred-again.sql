-- Each bar is a row of its own, so that somebody is barred again after a bar was lifted; one at a time is in force.
alter table unwatched.bar add column bar_id uuid not null default gen_random_uuid();
alter table unwatched.bar drop constraint bar_pkey;
alter table unwatched.bar add primary key (clinic_id, case_id, bar_id);
create unique index bar_in_force on unwatched.bar (clinic_id, case_id, person_id) where lifted_at is null;

create function unwatched.is_opened_file(the_case uuid) returns boolean
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select exists (select 1 from case_file where clinic_id = clinic_now() and case_id = the_case)
$$;

-- Before a case is there, whoever takes the referral bars for a likeness of names, be it their own. After that only a
-- coordinator who opened the case does, and never herself.
alter policy bar_make on unwatched.bar
  with check (clinic_id = unwatched.clinic_now() and lifted_at is null and reason <> ''
              and made_at = unwatched.time_now() and made_by is not distinct from unwatched.person_now()
              and case when unwatched.is_opened_file(case_id)
                       then unwatched.role_now() = 'coordinator' and person_id <> unwatched.person_now()
                            and case_id in (select unwatched.opened_cases('consent', 'write'))
                       else unwatched.task_now() = 'public-form'
                            or unwatched.role_now() in ('call-handler', 'coordinator') end);
alter policy bar_lift on unwatched.bar
  with check (clinic_id = unwatched.clinic_now() and lifted_at = unwatched.time_now() and lift_reason <> ''
              and lifted_by = unwatched.person_now());

-- Without her consent takes two people: until there is a request that another approved, a consent is a consent.
alter policy consent_make on unwatched.consent
  with check (clinic_id = unwatched.clinic_now() and recorded_by = unwatched.person_now()
              and basis = 'consent' and approved_by is null
              and ((unwatched.role_now() = 'coordinator' and unwatched.front_door_file(case_id))
                   or case_id in (select unwatched.opened_cases('consent', 'write'))));
