-- What left cannot be called back, and what was silenced is never sent: a person stops what waits, the job does the rest.
-- Before anything waits to leave, or is taken up to leave, the database asks whether the channel is open, as the program does.
create or replace function unwatched.keep_message() returns trigger language plpgsql
as $$ begin
  if tg_op = 'INSERT' then
    if new.state = 'waiting' and not unwatched.is_channel_open(new.case_id, new.channel_id) then
      raise exception 'unwatched: nothing waits for a channel that is not known to be safe' using errcode = 'insufficient_privilege';
    end if;
    return new;
  end if;
  if old.state in ('sent', 'refused', 'stopped', 'failed', 'not-known') then
    raise exception 'unwatched: what became of a message does not change' using errcode = 'insufficient_privilege';
  end if;
  if unwatched.person_now() is not null and new.state <> 'stopped' then
    raise exception 'unwatched: a person stops a message and does no more to it' using errcode = 'insufficient_privilege';
  end if;
  if new.state = 'sent' and old.state <> 'sending' then
    raise exception 'unwatched: a message is sent from sending alone' using errcode = 'insufficient_privilege';
  end if;
  if new.state = 'sending' and unwatched.task_now() is not null
     and not unwatched.is_channel_open(new.case_id, new.channel_id) then
    raise exception 'unwatched: nothing leaves by a channel that is not known to be safe' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

revoke execute on function unwatched.keep_message() from public;
