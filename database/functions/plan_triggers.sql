-- What of the orders asks for a review of the plan, for a case that is open for its plan. Anyone who may not see the orders
-- of the case learns only that something changed, and when.
create or replace function unwatched.plan_triggers(the_case uuid) returns table (trigger text, at timestamptz)
language sql stable security definer set search_path = unwatched, pg_temp as $$
  select case when sees_case(the_case, 'order', 'read') then f.trigger else 'other' end, f.at
  from (
    select 'order-served' as trigger, min(o.at) as at from order_revision o
    where o.clinic_id = clinic_now() and o.case_id = the_case and o.served_at is not null group by o.order_id
    union all
    select 'breach', b.at from breach_decision b
    where b.clinic_id = clinic_now() and b.case_id = the_case and b.is_confirmed
  ) f
  where client_case_now() is null and the_case in (select opened_cases('plan', 'read'))
$$;

revoke execute on function unwatched.plan_triggers(uuid) from public;
grant execute on function unwatched.plan_triggers(uuid) to unwatched_program;
