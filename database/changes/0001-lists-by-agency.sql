-- What lists are sorted by: the urgency of a referral, and the cases of each agency.
alter table unwatched.referral
  add column urgency text not null default 'routine' check (urgency in ('today', 'two-days', 'seven-days', 'routine'));
alter table unwatched.referral add column urgency_rank integer not null
  generated always as (array_position(array['today', 'two-days', 'seven-days', 'routine'], urgency)) stored;
update unwatched.referral r set urgency = coalesce(
  (select t.urgency from unwatched.triage t where t.clinic_id = r.clinic_id and t.case_id = r.case_id
   order by t.triage_id desc limit 1),
  case when r.answers ->> 'dangerNow' = 'yes' or r.answers -> 'flags' ?| array['fears-for-life', 'threats-to-kill', 'strangled',
         'weapon', 'suicide-talk', 'order-broken'] then 'today'
       when r.answers -> 'flags' ?| array['sexual-violence', 'former-partner-threats', 'came-in-person', 'knows-new-place',
         'access-cut'] then 'two-days'
       when r.answers -> 'flags' ?| array['trigger-event', 'insider', 'sudden-silence'] then 'seven-days'
       else 'routine' end);
drop index unwatched.referral_waiting;
create index referral_waiting on unwatched.referral (clinic_id, urgency_rank, received_at, case_id)
  where state in ('waiting', 'triaged');
create index referral_unmatched on unwatched.referral (clinic_id, received_at)
  where state in ('waiting', 'triaged') and not is_matched;
create index bar_by_person on unwatched.bar (clinic_id, person_id) where lifted_at is null;

create table unwatched.agency_case (
  clinic_id      uuid not null,
  agency_id      uuid not null,
  case_id        uuid not null,
  parts          text[] not null,
  in_force_from  timestamptz not null,
  in_force_until timestamptz,
  state          text not null,
  opened_at      timestamptz not null,
  urgency        text not null,
  urgency_rank   integer
    generated always as (array_position(array['today', 'two-days', 'seven-days', 'routine'], urgency)) stored,
  stalker_type   text not null,
  review_on      date,
  primary key (clinic_id, agency_id, case_id)
);
create index agency_case_newest on unwatched.agency_case (clinic_id, agency_id, state, opened_at, case_id);
create index agency_case_urgent on unwatched.agency_case (clinic_id, agency_id, state, urgency_rank, opened_at, case_id);
create index agency_case_review on unwatched.agency_case (clinic_id, agency_id, review_on, case_id)
  where review_on is not null;
create index agency_case_by_case on unwatched.agency_case (clinic_id, case_id);
alter table unwatched.agency_case enable row level security;
insert into unwatched.agency_case (clinic_id, agency_id, case_id, parts, in_force_from, in_force_until, state, opened_at,
                                   urgency, stalker_type, review_on)
select c.clinic_id, c.agency_id, c.case_id, c.parts, c.in_force_from, c.in_force_until, f.state, f.opened_at, f.urgency,
       f.stalker_type,
       (select p.next_review_on from unwatched.plan_revision p where p.clinic_id = c.clinic_id and p.case_id = c.case_id
        order by p.revision desc limit 1)
from unwatched.consent c join unwatched.case_file f on f.clinic_id = c.clinic_id and f.case_id = c.case_id
where c.withdrawn_at is null;

drop index unwatched.task_open;
drop index unwatched.task_by_case;
create index task_open on unwatched.task (clinic_id, raised_at, task_id) where done_at is null;
create index task_open_of_case on unwatched.task (clinic_id, case_id) where done_at is null;
create index task_by_case on unwatched.task (clinic_id, case_id, raised_at);
