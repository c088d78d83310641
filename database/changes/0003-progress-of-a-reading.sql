alter table unwatched.reading add column progress bytea;
