-- Whether a role covers a part of a case, for reading or for writing. identity/permission.ts decides the same; a test
-- holds the two equal.
-- A client is no role at the clinic: what they see of their own case stands here alone.
create or replace function unwatched.role_covers(role text, part text, mode text) returns boolean
language plpgsql immutable parallel safe as $$
begin
  return (
    select mode in ('read', 'write') and (role, part, true) in (
        select r, p, mode = 'read' or w from (values
          ('coordinator', 'overview', true), ('coordinator', 'referral', true), ('coordinator', 'contact', true),
          ('coordinator', 'triage', true), ('coordinator', 'consent', true), ('coordinator', 'appointment', true),
          ('coordinator', 'map', false), ('coordinator', 'evidence', false), ('coordinator', 'chronology', false),
          ('coordinator', 'diary', false), ('coordinator', 'plan', true), ('coordinator', 'order', false),
          ('coordinator', 'bundle', true), ('coordinator', 'trail', false),
          ('cyber-adviser', 'overview', false), ('cyber-adviser', 'referral', false), ('cyber-adviser', 'contact', true),
          ('cyber-adviser', 'consent', false), ('cyber-adviser', 'appointment', true), ('cyber-adviser', 'map', true),
          ('cyber-adviser', 'evidence', true), ('cyber-adviser', 'chronology', true), ('cyber-adviser', 'diary', false),
          ('cyber-adviser', 'plan', true), ('cyber-adviser', 'order', false), ('cyber-adviser', 'bundle', false),
          ('stalking-advocate', 'overview', false), ('stalking-advocate', 'referral', false),
          ('stalking-advocate', 'contact', true), ('stalking-advocate', 'consent', false),
          ('stalking-advocate', 'appointment', true), ('stalking-advocate', 'map', true),
          ('stalking-advocate', 'evidence', true), ('stalking-advocate', 'chronology', true),
          ('stalking-advocate', 'diary', false), ('stalking-advocate', 'plan', true), ('stalking-advocate', 'order', true),
          ('stalking-advocate', 'bundle', true),
          ('idva', 'overview', false), ('idva', 'referral', false), ('idva', 'contact', true), ('idva', 'consent', false),
          ('idva', 'appointment', true), ('idva', 'map', false), ('idva', 'evidence', true), ('idva', 'chronology', true),
          ('idva', 'diary', false), ('idva', 'plan', true), ('idva', 'order', false), ('idva', 'bundle', false),
          ('police-liaison', 'overview', false), ('police-liaison', 'chronology', false), ('police-liaison', 'plan', false),
          ('police-liaison', 'order', true), ('police-liaison', 'bundle', false),
          ('client', 'appointment', false), ('client', 'plan', false), ('client', 'diary', true), ('client', 'trail', false)
        ) as covers (r, p, w)));
end $$;

revoke execute on function unwatched.role_covers(text, text, text) from public;
grant execute on function unwatched.role_covers(text, text, text) to unwatched_program;
