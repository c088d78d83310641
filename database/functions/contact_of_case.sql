-- What is known of reaching the client of a case: the newest plan, whether a use of the second phrase stands open, and what
-- was said of each channel, by people, by the map and by the client. All of it sealed as it lies, bytes as base64.
-- It runs as anyone who asks: the row policies decide what of it is read, as of each table alone.
create or replace function unwatched.contact_of_case(the_case uuid)
returns table (revision integer, at timestamptz, by_name text, sealed bytea, phrase_open boolean, verdicts jsonb, words jsonb)
language sql stable rows 1 set search_path = unwatched, pg_temp as $$
  select c.revision, c.at, c.name, c.sealed, second_phrase_is_open(the_case),
    (select jsonb_agg(jsonb_build_object('channelId', v.channel_id, 'verdict', v.verdict, 'at', v.at,
              'sealed', encode(v.sealed, 'base64'), 'fromMap', v.from_map, 'countsUntil', v.counts_until,
              'byRules', v.by_rules, 'carriedBy', v.carried_by)
              order by v.channel_id, v.from_map)
     from (select distinct on (d.channel_id, d.from_map) d.* from channel_verdict d
           where d.clinic_id = clinic_now() and d.case_id = the_case
           order by d.channel_id, d.from_map, d.verdict_id desc) v),
    (select jsonb_agg(jsonb_build_object('channelId', w.channel_id, 'at', w.at, 'countsUntil', w.counts_until,
              'heard', w.heard, 'by', p.name, 'sealed', encode(w.sealed, 'base64')))
     from (select distinct on (d.channel_id) d.* from client_word d
           where d.clinic_id = clinic_now() and d.case_id = the_case and d.ended_at is null
           order by d.channel_id, d.word_id desc) w
     left join person p on p.clinic_id = w.clinic_id and p.person_id = w.by_person)
  from (values (1)) one
  left join lateral (
    select n.revision, n.at, n.sealed, p.name from contact_plan n
    left join person p on p.clinic_id = n.clinic_id and p.person_id = n.by_person
    where n.clinic_id = clinic_now() and n.case_id = the_case
    order by n.revision desc limit 1) c on true
$$;

revoke execute on function unwatched.contact_of_case(uuid) from public;
grant execute on function unwatched.contact_of_case(uuid) to unwatched_program;
