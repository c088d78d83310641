-- The ground: clinics, agencies, people, the acts they do, and who is acting now.
-- Every transaction of the program names its actor in three settings; with none set, every table reads as empty.

create function unwatched.clinic_now() returns uuid language sql stable parallel safe
as $$ select nullif(current_setting('unwatched.clinic', true), '')::uuid $$;

create function unwatched.person_now() returns uuid language sql stable parallel safe
as $$ select nullif(current_setting('unwatched.person', true), '')::uuid $$;

-- The name of the work the program does on its own account: a job, the sign-in door, the first set-up.
create function unwatched.task_now() returns text language sql stable parallel safe
as $$ select nullif(current_setting('unwatched.task', true), '') $$;

-- A job or the command line: the only tasks that may look into cases, and each look is recorded like any other.
create function unwatched.is_job() returns boolean language sql stable parallel safe
as $$ select coalesce(unwatched.task_now() like 'job-%', false) $$;

-- The program's clock, so that a rule and a policy judge by the same instant.
create function unwatched.time_now() returns timestamptz language sql stable parallel safe
as $$ select coalesce(nullif(current_setting('unwatched.now', true), '')::timestamptz, statement_timestamp()) $$;

create table unwatched.clinic (
  clinic_id  uuid primary key,
  slug       text not null unique check (slug ~ '^[a-z0-9-]{2,60}$'),
  name       text not null,
  profile    jsonb not null,
  -- Which key seals this clinic's secrets; the key itself is never here.
  key_id     text not null,
  is_demo    boolean not null default false,
  opened_at  timestamptz not null
);

create table unwatched.agency (
  clinic_id  uuid not null references unwatched.clinic,
  agency_id  uuid not null,
  slug       text not null,
  name       text not null,
  kind       text not null check (kind in ('domestic-abuse-service', 'cyber-helpline', 'stalking-charity', 'police', 'other')),
  is_lead    boolean not null default false,
  primary key (clinic_id, agency_id),
  unique (clinic_id, slug)
);

create table unwatched.person (
  clinic_id    uuid not null,
  person_id    uuid not null,
  agency_id    uuid not null,
  role         text not null check (role in ('call-handler', 'coordinator', 'cyber-adviser', 'stalking-advocate',
                                             'idva', 'police-liaison', 'manager', 'administrator')),
  name         text not null check (length(name) between 1 and 200),
  name_tokens  text[] not null default '{}',
  sign_in_name text not null check (length(sign_in_name) between 3 and 200),
  state        text not null default 'invited' check (state in ('invited', 'active', 'suspended')),
  joined_at    timestamptz not null,
  primary key (clinic_id, person_id),
  unique (clinic_id, sign_in_name),
  foreign key (clinic_id, agency_id) references unwatched.agency
);

create function unwatched.role_now() returns text language sql stable security definer set search_path = unwatched, pg_temp
as $$ select role from person where clinic_id = clinic_now() and person_id = person_now() and state = 'active' $$;

create function unwatched.agency_now() returns uuid language sql stable security definer set search_path = unwatched, pg_temp
as $$ select agency_id from person where clinic_id = clinic_now() and person_id = person_now() and state = 'active' $$;

-- Everything anybody did or looked at. `xid` ties a look to the transaction that looked (see 0003).
create table unwatched.act (
  clinic_id  uuid not null references unwatched.clinic,
  act_id     bigint generated always as identity,
  at         timestamptz not null,
  person_id  uuid,
  agency_id  uuid,
  task       text,
  verb       text not null check (verb ~ '^[a-z][a-z-]{2,60}$'),
  case_id    uuid,
  part       text,
  subject    text,
  detail     jsonb not null default '{}',
  xid        xid8 not null default pg_current_xact_id(),
  primary key (clinic_id, act_id)
);
create index act_by_case on unwatched.act (clinic_id, case_id, act_id);
create index act_by_transaction on unwatched.act (xid);

create function unwatched.refuse_change() returns trigger language plpgsql
as $$ begin
  raise exception 'unwatched: % is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger act_is_append_only before update or delete or truncate on unwatched.act
  for each statement execute function unwatched.refuse_change();

create table unwatched.form_once (
  clinic_id  uuid not null references unwatched.clinic,
  token      text not null check (length(token) between 8 and 100),
  at         timestamptz not null,
  answer     text not null,
  primary key (clinic_id, token)
);

alter table unwatched.clinic enable row level security;
alter table unwatched.agency enable row level security;
alter table unwatched.person enable row level security;
alter table unwatched.act enable row level security;
alter table unwatched.form_once enable row level security;

create policy clinic_read on unwatched.clinic for select using (clinic_id = unwatched.clinic_now());
create policy clinic_setup on unwatched.clinic for insert
  with check (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'setup');

create policy agency_read on unwatched.agency for select using (clinic_id = unwatched.clinic_now());
create policy agency_setup on unwatched.agency for insert
  with check (clinic_id = unwatched.clinic_now() and unwatched.task_now() = 'setup');

create policy person_read on unwatched.person for select
  using (clinic_id = unwatched.clinic_now() and (unwatched.is_job() or unwatched.task_now() in ('setup', 'sign-in') or unwatched.role_now() is not null));
create policy person_add on unwatched.person for insert
  with check (clinic_id = unwatched.clinic_now()
              and (unwatched.task_now() = 'setup' or unwatched.role_now() = 'administrator'));
create policy person_change on unwatched.person for update
  using (clinic_id = unwatched.clinic_now()
         and (unwatched.task_now() in ('setup', 'sign-in') or unwatched.role_now() = 'administrator'));

create policy act_write on unwatched.act for insert
  with check (clinic_id = unwatched.clinic_now()
              and verb <> 'case-opened'
              and person_id is not distinct from unwatched.person_now()
              and task is not distinct from unwatched.task_now());

create policy form_once_all on unwatched.form_once for all
  using (clinic_id = unwatched.clinic_now()) with check (clinic_id = unwatched.clinic_now());

grant usage on schema unwatched to unwatched_program;
grant select, insert on unwatched.clinic, unwatched.agency, unwatched.act to unwatched_program;
grant select, insert, update on unwatched.person to unwatched_program;
grant select, insert, delete on unwatched.form_once to unwatched_program;
