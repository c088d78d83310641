-- Who was told of an incident, when, and under which reference: a day of its own, so that "it went on after somebody was
-- told" is counted from the telling. And what an incident shows beside the acts it is coded with.
alter table unwatched.incident_revision
  add column told_whom text not null default '' check (told_whom in ('', 'police', 'authority', 'other')),
  add column told_on date,
  add column told_reference bytea not null default '',
  add column shows text[] not null default '{}'
    check (shows <@ array['threat', 'place', 'in-person', 'new-channel', 'others', 'worse']);
