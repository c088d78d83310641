-- The lock-out plan a client chose and how far it has got: revisions, never edits. The whole of a revision lies sealed
-- under the key of the case; what is in the open says only that somebody worked on it, when, and how each card stands.

create table unwatched.lock_out (
  clinic_id  uuid not null,
  case_id    uuid not null,
  revision   integer not null check (revision > 0),
  at         timestamptz not null,
  by_person  uuid not null,
  -- What was done in this revision, as a code: plan-chosen, moment-chosen, step-marked, step-could-not, reaction-told,
  -- evidence-kept.
  change     text not null check (change ~ '^[a-z][a-z-]{2,40}$'),
  -- How each card stands, by its reference: which step a card is lies sealed.
  cards      jsonb not null check (jsonb_typeof(cards) = 'object'),
  sealed     bytea not null,
  primary key (clinic_id, case_id, revision),
  foreign key (clinic_id, case_id) references unwatched.case_file
);
create trigger lock_out_is_append_only before update or delete or truncate on unwatched.lock_out
  for each statement execute function unwatched.refuse_change();

alter table unwatched.lock_out enable row level security;
create policy lock_out_read on unwatched.lock_out for select
  using (clinic_id = unwatched.clinic_now() and case_id in (select unwatched.opened_cases('map', 'read')));
create policy lock_out_make on unwatched.lock_out for insert
  with check (clinic_id = unwatched.clinic_now() and by_person = unwatched.person_now()
              and at = unwatched.time_now()
              and case_id in (select unwatched.opened_cases('map', 'write')));
grant select, insert on unwatched.lock_out to unwatched_program;

-- How the cards of a case stand, for whoever opened its safety plan: an action made of a card follows it there, also for
-- people the map is not for.
create function unwatched.card_states(the_case uuid) returns table (card_id uuid, state text)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select each.key::uuid, each.value
  from (select l.cards from lock_out l
        where l.clinic_id = clinic_now() and l.case_id = the_case
          and the_case in (select opened_cases('plan', 'read'))
        order by l.revision desc limit 1) newest, jsonb_each_text(newest.cards) as each
$$;
