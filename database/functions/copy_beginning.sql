-- What a new client would read of their file on the day they were given their words: how it began, and that words were
-- made.
-- Of anything later the companion knows nothing. The acts stay where they are; these are their copies, marked as such.
-- Anyone who does these things comes by pages, and in a client's own file those accesses stand beside what was done: the accesses of
-- that person in the quarter of an hour before go with it, at the case's first page and at the part that it was done in.
-- One from before the last thing that is read there stays out: in no file does a line stand above a later one.
create or replace function unwatched.copy_beginning(the_clinic uuid, the_case uuid, the_companion uuid, the_goes xid8[]) returns void
language sql volatile set search_path = unwatched, pg_temp as $$
  insert into act (clinic_id, at, person_id, agency_id, task, verb, case_id, part, detail, is_copy, xid)
  select a.clinic_id, a.at, a.person_id, a.agency_id, a.task, a.verb, the_companion, a.part,
         case when a.verb in ('case-opened', 'case-refused') then a.detail else '{}' end, true, a.xid
  from act a
  where a.clinic_id = the_clinic and a.case_id = the_case
    and (a.xid = any (the_goes)
         or not exists (select 1 from act c where c.clinic_id = the_clinic and c.case_id = the_companion)
            and (a.task = 'job-carry-over-contact'
                 or a.act_id <= (select max(o.act_id) from act o
                                 where o.clinic_id = the_clinic and o.case_id = the_case
                                   and o.xid in (select m.xid from act m where m.clinic_id = the_clinic
                                                   and m.case_id = the_case and m.verb = 'case-made')))
         or a.verb = 'case-opened'
            and not exists (select 1 from act c where c.clinic_id = the_clinic and c.case_id = the_companion
                            and c.is_copy and c.xid = a.xid)
            and a.xid in (
              select l.xid from act g join act l on l.clinic_id = g.clinic_id and l.case_id = g.case_id
              where g.clinic_id = the_clinic and g.case_id = the_case and g.xid = any (the_goes)
                and g.verb in ('phrase-made', 'case-closed', 'case-reopened')
                and l.verb = 'case-opened' and l.person_id = g.person_id and l.act_id < g.act_id
                and l.at between g.at - interval '15 minutes' and g.at
                and not l.detail ? 'beside'
                and (l.part = 'overview'
                     or l.part in (select o.part from act o where o.clinic_id = the_clinic and o.case_id = the_case
                                   and o.xid = g.xid and o.verb = 'case-opened'))
                and l.at >= coalesce((select max(c.at) from act c where c.clinic_id = the_clinic
                                      and c.case_id = the_companion
                                      and (c.is_copy or c.task in ('client', 'sign-in'))), '-infinity')))
  order by a.act_id
$$;

revoke execute on function unwatched.copy_beginning(uuid, uuid, uuid, xid8[]) from public;
