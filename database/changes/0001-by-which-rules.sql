-- What the map said of a channel before names none, and so counts no longer until it is calculated again (decision 65).
alter table unwatched.channel_verdict add column by_rules text;
alter table unwatched.channel_verdict add column carried_by text check (carried_by in ('place', 'device', 'both'));
