-- What arrived, how, and every touch since. Originals are never changed or removed.

create table unwatched.item (
  clinic_id    uuid not null,
  case_id      uuid not null,
  item_id      uuid not null,
  sha256       text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size         bigint not null check (size >= 0),
  media_type   text not null,
  kind         text not null,
  blob_id      text not null,
  -- Exhibit reference, by producer: ABC/1, ABC/2 … Never changes once issued.
  exhibit_ref  text not null,
  received_at  timestamptz not null,
  received_by  uuid,
  primary key (clinic_id, case_id, item_id),
  unique (clinic_id, case_id, sha256),
  unique (clinic_id, case_id, exhibit_ref),
  foreign key (clinic_id, case_id) references unwatched.case_file
);

-- The same bytes arriving twice are one item with two arrivals.
create table unwatched.arrival (
  clinic_id      uuid not null,
  case_id        uuid not null,
  arrival_id     uuid not null,
  item_id        uuid not null,
  arrived_at     timestamptz not null,
  received_by    uuid,
  brought_by     text not null,
  how_obtained   text not null,
  original_name  text not null,
  form_token     text,
  -- The receipt as it was given: item digest, time, log size and signed head.
  receipt        text not null,
  primary key (clinic_id, case_id, arrival_id),
  foreign key (clinic_id, case_id, item_id) references unwatched.item
);
create index arrival_by_item on unwatched.arrival (clinic_id, case_id, item_id);
-- The same form sent twice is one arrival of each of its files.
create unique index arrival_once on unwatched.arrival (clinic_id, case_id, form_token, item_id);

create table unwatched.custody_line (
  clinic_id  uuid not null,
  case_id    uuid not null,
  sequence   bigint not null check (sequence >= 0),
  item_id    uuid,
  -- The line in canonical JSON, exactly as it was digested.
  line       text not null,
  digest     text not null check (digest ~ '^[0-9a-f]{64}$'),
  primary key (clinic_id, case_id, sequence)
);
create index custody_by_item on unwatched.custody_line (clinic_id, case_id, item_id);

-- One row a case, locked while a line is appended, so lines never race.
create table unwatched.custody_head (
  clinic_id   uuid not null,
  case_id     uuid not null,
  size        bigint not null,
  -- What the engine needs to append without reading the log again.
  state       jsonb not null,
  checkpoint  text not null,
  at          timestamptz not null,
  primary key (clinic_id, case_id)
);

-- One reading of an item by an importer; the newest one that is done holds the records in force.
create table unwatched.reading (
  clinic_id   uuid not null,
  case_id     uuid not null,
  item_id     uuid not null,
  state       text not null check (state in ('waiting', 'reading', 'asking', 'done', 'failed')),
  format      text not null default '',
  dialect     text not null default '',
  account     jsonb not null default '{}',
  questions   jsonb not null default '[]',
  answers     jsonb not null default '{}',
  -- The code of the fault that ended the last attempt.
  failure     text not null default '',
  started_at  timestamptz,
  ended_at    timestamptz,
  primary key (clinic_id, case_id, item_id),
  foreign key (clinic_id, case_id, item_id) references unwatched.item
);

do $$ declare t text; begin
  foreach t in array array['item', 'arrival', 'custody_line'] loop
    execute format('create trigger %I before update or delete or truncate on unwatched.%I
                    for each statement execute function unwatched.refuse_change()', t || '_is_kept', t);
  end loop;
  foreach t in array array['item', 'arrival', 'custody_line', 'custody_head', 'reading'] loop
    execute format('alter table unwatched.%I enable row level security', t);
  end loop;
end $$;

do $$ declare t text; begin
  foreach t in array array['item', 'arrival'] loop
    -- Who may read the chronology may know which exhibits it rests on.
    execute format($p$create policy %I on unwatched.%I for select using (clinic_id = unwatched.clinic_now()
      and (case_id in (select unwatched.opened_cases('evidence', 'read'))
           or case_id in (select unwatched.opened_cases('chronology', 'read'))))$p$, t || '_read', t);
    execute format($p$create policy %I on unwatched.%I for insert with check (clinic_id = unwatched.clinic_now()
      and case_id in (select unwatched.opened_cases('evidence', 'write')))$p$, t || '_make', t);
  end loop;
end $$;

-- Any part of the work on a case may add a line of custody (a bundle leaving is one); the log is read with the evidence.
create policy custody_line_read on unwatched.custody_line for select using (clinic_id = unwatched.clinic_now()
  and (case_id in (select unwatched.opened_cases('evidence', 'read'))
       or case_id in (select unwatched.opened_cases('bundle', 'read'))));
create policy custody_line_make on unwatched.custody_line for insert with check (clinic_id = unwatched.clinic_now()
  and (case_id in (select unwatched.opened_cases('evidence', 'read'))
       or case_id in (select unwatched.opened_cases('bundle', 'read'))));
create policy custody_head_all on unwatched.custody_head for all
  using (clinic_id = unwatched.clinic_now()
         and (case_id in (select unwatched.opened_cases('evidence', 'read'))
              or case_id in (select unwatched.opened_cases('bundle', 'read'))))
  with check (clinic_id = unwatched.clinic_now()
         and (case_id in (select unwatched.opened_cases('evidence', 'read'))
              or case_id in (select unwatched.opened_cases('bundle', 'read'))));

-- Who may read the chronology must be told how its sources were read, and what in them could not be.
create policy reading_read on unwatched.reading for select using (clinic_id = unwatched.clinic_now()
  and (case_id in (select unwatched.opened_cases('evidence', 'read'))
       or case_id in (select unwatched.opened_cases('chronology', 'read'))));
create policy reading_make on unwatched.reading for insert with check (clinic_id = unwatched.clinic_now()
  and case_id in (select unwatched.opened_cases('evidence', 'write')));
create policy reading_change on unwatched.reading for update using (clinic_id = unwatched.clinic_now()
  and case_id in (select unwatched.opened_cases('evidence', 'write')));

grant select, insert on unwatched.item, unwatched.arrival, unwatched.custody_line to unwatched_program;
grant select, insert, update on unwatched.custody_head, unwatched.reading to unwatched_program;
