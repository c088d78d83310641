-- Before a message leaves, the program reckons anew what the map says of its channel, by the catalogue of today: no
-- person says that, the map does.
alter table unwatched.channel_verdict alter column by_person drop not null;
alter table unwatched.channel_verdict add check (by_person is not null or from_map);
alter policy channel_verdict_make on unwatched.channel_verdict
  with check (clinic_id = unwatched.clinic_now() and by_person is not distinct from unwatched.person_now()
              and at = unwatched.time_now()
              and ((not from_map and case_id in (select unwatched.opened_cases('contact', 'write')))
                   or (from_map and case_id in (select unwatched.opened_cases('map', 'write')))));
