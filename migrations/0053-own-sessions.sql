-- Somebody's own sessions: listed, ended, and asked again for a password before what takes two people.
alter table unwatched.session
  add column session_id uuid not null default gen_random_uuid(),
  -- What they know a session by, and nobody else is known by it: a coarse word each.
  add column device text not null default 'unknown' check (device in ('phone', 'tablet', 'computer', 'unknown')),
  add column network text not null default '' check (length(network) <= 40),
  -- When whoever sits there last gave password and code. Of a session from before, nobody knows: so it is asked.
  add column proved_at timestamptz not null default 'epoch';
create unique index session_by_id on unwatched.session (clinic_id, session_id);
alter table unwatched.session alter column proved_at drop default;

create policy session_own_look on unwatched.session for select
  using (clinic_id = unwatched.clinic_now() and person_id = unwatched.person_now());
create policy session_own_end on unwatched.session for delete
  using (clinic_id = unwatched.clinic_now() and person_id = unwatched.person_now());
