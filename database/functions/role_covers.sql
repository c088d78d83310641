-- Whether a role covers a part of a case, for reading or for writing. identity/permission.ts decides the same; a test
-- holds the two equal.
-- A client is no role at the clinic: what they see of their own case stands here alone.
-- Arrays that the planner folds once: this is asked at every access.
create or replace function unwatched.role_covers(role text, part text, mode text) returns boolean
language sql immutable parallel safe as $$
  select coalesce(case mode
    when 'read' then case role
      when 'coordinator' then part = any ('{overview,referral,contact,triage,consent,appointment,map,evidence,chronology,diary,plan,order,bundle,trail}'::text[])
      when 'cyber-adviser' then part = any ('{overview,referral,contact,consent,appointment,map,evidence,chronology,diary,plan,order,bundle}'::text[])
      when 'stalking-advocate' then part = any ('{overview,referral,contact,consent,appointment,map,evidence,chronology,diary,plan,order,bundle}'::text[])
      when 'idva' then part = any ('{overview,referral,contact,consent,appointment,map,evidence,chronology,diary,plan,order,bundle}'::text[])
      when 'police-liaison' then part = any ('{overview,chronology,plan,order,bundle}'::text[])
      when 'client' then part = any ('{appointment,plan,diary,trail}'::text[])
    end
    when 'write' then case role
      when 'coordinator' then part = any ('{overview,referral,contact,triage,consent,appointment,plan,bundle}'::text[])
      when 'cyber-adviser' then part = any ('{contact,appointment,map,evidence,chronology,plan}'::text[])
      when 'stalking-advocate' then part = any ('{contact,appointment,map,evidence,chronology,plan,order,bundle}'::text[])
      when 'idva' then part = any ('{contact,appointment,evidence,chronology,plan}'::text[])
      when 'police-liaison' then part = any ('{order}'::text[])
      when 'client' then part = any ('{diary}'::text[])
    end
  end, false)
$$;

revoke execute on function unwatched.role_covers(text, text, text) from public;
grant execute on function unwatched.role_covers(text, text, text) to unwatched_program;
