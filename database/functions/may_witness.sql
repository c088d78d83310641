-- Whether the person acting may give their word for what somebody with this link lost.
-- A colleague who is with them. Of their own agency, or of any where nobody else of it is at work; neither who asked nor
-- who approved; and nobody who waits themselves.
create or replace function unwatched.may_witness(link unwatched.invitation) returns boolean
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select coalesce(
    link.clinic_id = clinic_now() and link.purpose = 'enrol' and link.used_at is null and link.expires_at > time_now()
    and role_now() is not null and person_now() <> link.person_id and not is_fresh_now()
    and exists (select 1 from credential c where c.clinic_id = link.clinic_id and c.person_id = link.person_id
                and c.enrolled_at is not null)
    and not exists (select 1 from link_request r where r.clinic_id = link.clinic_id and r.request_id = link.request_id
                    and person_now() in (r.asked_by, r.decided_by))
    and exists (select 1 from person joins where joins.clinic_id = link.clinic_id and joins.person_id = link.person_id
                and (joins.agency_id = agency_now()
                     or not exists (select 1 from person p where p.clinic_id = joins.clinic_id
                                    and p.agency_id = joins.agency_id and p.state = 'active'
                                    and p.person_id <> joins.person_id))), false)
$$;

revoke execute on function unwatched.may_witness(unwatched.invitation) from public;
