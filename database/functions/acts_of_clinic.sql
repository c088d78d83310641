-- What was done about the clinic itself: who was invited, approved, suspended, signed in, which work was started again,
-- and what the command line did. For anyone who keeps the machine and for the coordinators, so that each sees the other.
-- Nothing in it tells of a case: of what the command line did with one, only that it did. What a companion copied was done
-- once, and is told once.
create or replace function unwatched.acts_of_clinic(before bigint, with_sign_ins boolean, at_most integer)
returns table (act_id bigint, at timestamptz, person text, task text, verb text, subject text, role text, job text,
               set_up_again_at timestamptz, counted integer)
language plpgsql stable security definer set search_path = unwatched, pg_temp as $$
begin
  if role_now() is null or role_now() not in ('administrator', 'coordinator') then return; end if;
  return query
    select a.act_id, a.at, p.name, a.task, a.verb,
           coalesce(s.name, r.name), a.detail ->> 'role', a.detail ->> 'job', a.set_up_again_at,
           -- How many there are in all, up to 1 000; 1 001 stands for more.
           (select count(*)::integer from (
              select 1 from act n where n.clinic_id = clinic_now() and not n.is_copy
                and (n.case_id is null or n.task = 'job-command-line' and n.verb = 'case-opened')
                and (with_sign_ins or n.verb not in ('signed-in', 'signed-out', 'sign-in-refused'))
              order by n.act_id desc limit 1001) c)
    from (
      select * from act n
      where n.clinic_id = clinic_now() and not n.is_copy and n.act_id < coalesce(before, 9223372036854775807)
        and (n.case_id is null or n.task = 'job-command-line' and n.verb = 'case-opened')
        and (with_sign_ins or n.verb not in ('signed-in', 'signed-out', 'sign-in-refused'))
      order by n.act_id desc limit least(at_most, 500)) a
    left join person p on p.clinic_id = a.clinic_id and p.person_id = a.person_id
    left join person s on a.case_id is null and s.clinic_id = a.clinic_id and s.person_id = case when a.subject ~ '^[0-9a-f-]{36}$' then a.subject::uuid end
    left join link_request r on a.case_id is null and r.clinic_id = a.clinic_id and r.kind = 'new-person'
                             and r.person_id = case when a.subject ~ '^[0-9a-f-]{36}$' then a.subject::uuid end and s.person_id is null
    order by a.act_id desc;
end $$;

revoke execute on function unwatched.acts_of_clinic(bigint, boolean, integer) from public;
grant execute on function unwatched.acts_of_clinic(bigint, boolean, integer) to unwatched_program;
