-- What the page of a case shows of each part of it, sealed, so that a part is counted once after a change and not at every look.

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
-- At the end of the transaction, when it has every other lock that it takes: whoever waits here holds up nobody who is waited for.
create constraint trigger referral_ends_glance after insert or update or delete on unwatched.referral
  deferrable initially deferred for each row execute function unwatched.end_glances('referral');
create constraint trigger consent_ends_glance after insert or update or delete on unwatched.consent
  deferrable initially deferred for each row execute function unwatched.end_glances('consent');
create constraint trigger item_ends_glance after insert or update or delete on unwatched.item
  deferrable initially deferred for each row execute function unwatched.end_glances('evidence');
create constraint trigger reading_ends_glance after insert or update or delete on unwatched.reading
  deferrable initially deferred for each row execute function unwatched.end_glances('evidence');
create constraint trigger incident_ends_glance after insert or update or delete on unwatched.incident
  deferrable initially deferred for each row execute function unwatched.end_glances('chronology');
create constraint trigger incident_revision_ends_glance after insert or update or delete on unwatched.incident_revision
  deferrable initially deferred for each row execute function unwatched.end_glances('chronology');
create constraint trigger conduct_choice_ends_glance after insert or update or delete on unwatched.conduct_choice
  deferrable initially deferred for each row execute function unwatched.end_glances('chronology');
create constraint trigger appointment_ends_glance after insert or update or delete on unwatched.appointment
  deferrable initially deferred for each row execute function unwatched.end_glances('appointment');
create constraint trigger plan_revision_ends_glance after insert or update or delete on unwatched.plan_revision
  deferrable initially deferred for each row execute function unwatched.end_glances('plan');
-- Papers that were served and a breach that was confirmed ask for a review of the plan.
create constraint trigger order_revision_ends_glance after insert or update or delete on unwatched.order_revision
  deferrable initially deferred for each row execute function unwatched.end_glances('order', 'plan');
create constraint trigger breach_decision_ends_glance after insert or update or delete on unwatched.breach_decision
  deferrable initially deferred for each row execute function unwatched.end_glances('order', 'plan');
create constraint trigger access_map_ends_glance after insert or update or delete on unwatched.access_map
  deferrable initially deferred for each row execute function unwatched.end_glances('map');
create constraint trigger leak_log_ends_glance after insert or update or delete on unwatched.leak_log
  deferrable initially deferred for each row execute function unwatched.end_glances('map');
create constraint trigger contact_plan_ends_glance after insert or update or delete on unwatched.contact_plan
  deferrable initially deferred for each row execute function unwatched.end_glances('contact');
create constraint trigger channel_verdict_ends_glance after insert or update or delete on unwatched.channel_verdict
  deferrable initially deferred for each row execute function unwatched.end_glances('contact');
create constraint trigger client_word_ends_glance after insert or update or delete on unwatched.client_word
  deferrable initially deferred for each row execute function unwatched.end_glances('contact');
