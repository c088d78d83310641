-- Makes the database of a clinic. Run as the administrator of the server:
--   sudo -u postgres psql -v name=unwatched -f /opt/unwatched/deploy/database.sql
\set ON_ERROR_STOP on
create database :"name" owner unwatched_owner encoding 'UTF8' template template0;
revoke all on database :"name" from public;
-- What the server writes to its own log must not hold a row, a value or a statement.
alter database :"name" set log_statement = 'none';
alter database :"name" set log_min_duration_statement = -1;
alter database :"name" set log_min_error_statement = 'panic';
alter database :"name" set log_error_verbosity = 'terse';
alter database :"name" set log_min_messages = 'fatal';
