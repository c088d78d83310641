-- Evidence as it lies in the tables tells nothing to whoever holds a copy of a file, its digest, its size or its name,
-- but not the key (decision 36). What a row says is sealed as one under the key of its case and padded. In the open stay
-- ids, states, times, who did what, and the order of the custody log, which rows are found and sorted by. The same bytes
-- and the same reference are found again by fingerprints under a key of the case.

alter table unwatched.item
  add column file_fingerprint text check (file_fingerprint ~ '^[0-9a-f]{64}$'),
  add column reference_fingerprint text check (reference_fingerprint ~ '^[0-9a-f]{64}$'),
  add column sealed bytea,
  add unique (clinic_id, case_id, file_fingerprint),
  add unique (clinic_id, case_id, reference_fingerprint);
alter table unwatched.arrival
  -- How many lines the custody log had with this arrival's: the order of arrivals, which no two share.
  add column log_size bigint check (log_size > 0),
  add column sealed bytea;
alter table unwatched.custody_line add column sealed bytea;
-- Empty before the first line.
alter table unwatched.custody_head add column sealed bytea not null default '';
alter table unwatched.reading add column sealed bytea;
alter table unwatched.working_copy add column sealed bytea;
-- What was made of a bundle, once it was; and why it could not be.
alter table unwatched.bundle add column made bytea, add column why_failed bytea;
grant update (made, why_failed) on unwatched.bundle to unwatched_program;

-- The last step, once everything of the case of each row lies sealed: the columns that told it go, and each table is
-- written anew, so that no page of it keeps what stood there. A clinic without evidence takes it at once.
create function unwatched.forget_clear_evidence() returns void language plpgsql as $$
begin
  alter table unwatched.item
    drop column sha256, drop column size, drop column media_type, drop column kind, drop column exhibit_ref,
    alter column file_fingerprint set not null, alter column reference_fingerprint set not null,
    alter column sealed set not null;
  alter table unwatched.arrival
    drop column brought_by, drop column how_obtained, drop column original_name, drop column receipt,
    alter column log_size set not null, alter column sealed set not null;
  alter table unwatched.custody_line drop column line, drop column digest, alter column sealed set not null;
  alter table unwatched.custody_head drop column size, drop column state, drop column checkpoint, drop column at;
  alter table unwatched.reading
    drop column format, drop column dialect, drop column account, drop column questions, drop column answers,
    alter column sealed set not null;
  alter table unwatched.working_copy
    drop column sha256, drop column size, drop column media_type, alter column sealed set not null;
  alter table unwatched.bundle drop column file_name, drop column size, drop column sha256, drop column failure;
  alter table unwatched.item alter column sealed type bytea using sealed || ''::bytea;
  alter table unwatched.arrival alter column sealed type bytea using sealed || ''::bytea;
  alter table unwatched.custody_line alter column sealed type bytea using sealed || ''::bytea;
  alter table unwatched.custody_head alter column sealed type bytea using sealed || ''::bytea;
  alter table unwatched.reading alter column sealed type bytea using sealed || ''::bytea;
  alter table unwatched.working_copy alter column sealed type bytea using sealed || ''::bytea;
  alter table unwatched.bundle alter column made type bytea using made || ''::bytea;
end $$;
revoke execute on function unwatched.forget_clear_evidence() from public;

do $$ begin
  if not exists (select from unwatched.item) and not exists (select from unwatched.custody_head)
     and not exists (select from unwatched.bundle) then
    perform unwatched.forget_clear_evidence();
    drop function unwatched.forget_clear_evidence();
  end if;
end $$;
