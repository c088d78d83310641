-- What the page of a case shows of each part of it, sealed, so that nothing is counted while somebody waits for the page.

-- One row for each part of a case. Every change of a part moves its revision on and takes the glance away, in the same
-- transaction; who made the change, or the next who looks at that part, makes it again. A glance that is there is therefore
-- of the part as it is. It is sealed under the key of the case for this part and this revision, and opens as no other.
create table unwatched.case_glance (
  clinic_id  uuid not null,
  case_id    uuid not null,
  part       text not null,
  -- How often the part was changed.
  revision   bigint not null default 0,
  sealed     bytea,
  primary key (clinic_id, case_id, part),
  foreign key (clinic_id, case_id) references unwatched.case_file
);

alter table unwatched.case_glance enable row level security;
-- The program asks glances_of, which finds out once what was opened, and keeps by keep_glances.
create policy case_glance_read on unwatched.case_glance for select
  using (clinic_id = unwatched.clinic_now() and unwatched.client_case_now() is null
         and part in (select unwatched.opened_parts(case_id)));
grant select on unwatched.case_glance to unwatched_program;
create trigger case_gets_glances after insert on unwatched.case_file
  for each row execute function unwatched.begin_glances('referral', 'consent', 'evidence', 'chronology', 'appointment', 'plan',
                                                        'order', 'map', 'contact');
create trigger referral_ends_glance after insert or update or delete on unwatched.referral
  for each row execute function unwatched.end_glances('referral');
create trigger consent_ends_glance after insert or update or delete on unwatched.consent
  for each row execute function unwatched.end_glances('consent');
create trigger item_ends_glance after insert or update or delete on unwatched.item
  for each row execute function unwatched.end_glances('evidence');
create trigger reading_ends_glance after insert or update or delete on unwatched.reading
  for each row execute function unwatched.end_glances('evidence');
create trigger incident_ends_glance after insert or update or delete on unwatched.incident
  for each row execute function unwatched.end_glances('chronology');
create trigger incident_revision_ends_glance after insert or update or delete on unwatched.incident_revision
  for each row execute function unwatched.end_glances('chronology');
create trigger conduct_choice_ends_glance after insert or update or delete on unwatched.conduct_choice
  for each row execute function unwatched.end_glances('chronology');
create trigger appointment_ends_glance after insert or update or delete on unwatched.appointment
  for each row execute function unwatched.end_glances('appointment');
create trigger plan_revision_ends_glance after insert or update or delete on unwatched.plan_revision
  for each row execute function unwatched.end_glances('plan');
-- Papers that were served and a breach that was confirmed ask for a review of the plan.
create trigger order_revision_ends_glance after insert or update or delete on unwatched.order_revision
  for each row execute function unwatched.end_glances('order', 'plan');
create trigger breach_decision_ends_glance after insert or update or delete on unwatched.breach_decision
  for each row execute function unwatched.end_glances('order', 'plan');
create trigger access_map_ends_glance after insert or update or delete on unwatched.access_map
  for each row execute function unwatched.end_glances('map');
create trigger leak_log_ends_glance after insert or update or delete on unwatched.leak_log
  for each row execute function unwatched.end_glances('map');
create trigger contact_plan_ends_glance after insert or update or delete on unwatched.contact_plan
  for each row execute function unwatched.end_glances('contact');
create trigger channel_verdict_ends_glance after insert or update or delete on unwatched.channel_verdict
  for each row execute function unwatched.end_glances('contact');
create trigger client_word_ends_glance after insert or update or delete on unwatched.client_word
  for each row execute function unwatched.end_glances('contact');
