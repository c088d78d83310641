import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { asOwner } from '../../test/support/test-clinic.ts'
import { withCase } from '../audit/operations/access-case.ts'
import { findCaseLine } from '../cases/operations/list-caseload.ts'
import { loadIncident } from '../chronology/operations/load-incident.ts'
import { loadRecord } from '../chronology/operations/load-record.ts'
import { loadArrivals, loadItems } from '../evidence/store.ts'
import { type CaseId, type ClinicId, type IncidentId, type ItemId, makeId } from '../foundation/ids.ts'
import { openDatabase } from '../platform/database.ts'
import { clinicKeyId, makeCaseKey, makeClinicKey, wrapCaseKey } from '../platform/keys.ts'
import { migrate } from '../platform/migrate.ts'
import { prepareProgramRole } from '../platform/program-role.ts'
import { sealClearTexts } from './seal-clear-texts.ts'

/** The last version that wrote texts in the open. */
const lastInTheOpen = 18

let ownerUrl: string
beforeAll(async () => {
  const name = `test_${randomBytes(6).toString('hex')}`
  const template = inject('ownerUrl')
  await asOwner(template.replace(/unwatched$/, 'postgres'), client =>
    client.query(`create database ${name} template template0`),
  )
  ownerUrl = template.replace(/unwatched$/, name)
  await migrate(ownerUrl, undefined, { upTo: lastInTheOpen })
})
afterAll(async () => {
  const name = ownerUrl.slice(ownerUrl.lastIndexOf('/') + 1)
  await asOwner(inject('ownerUrl').replace(/unwatched$/, 'postgres'), client =>
    client.query(`drop database if exists ${name} with (force)`),
  )
})

test('S8 what an earlier version wrote in the open is sealed at the next start, and opens as it was written', async () => {
  const now = new Date('2026-03-02T10:00:00Z')
  const clinicId = makeId<ClinicId>(now)
  const caseId = makeId<CaseId>(now)
  const itemId = makeId<ItemId>(now)
  const incidentId = makeId<IncidentId>(now)
  const key = makeClinicKey()
  const wrapped = wrapCaseKey(key, clinicId, caseId, makeCaseKey())
  await asOwner(ownerUrl, async client => {
    await client.query(
      `insert into unwatched.clinic (clinic_id, slug, name, profile, key_id, opened_at) values ($1, 'old', 'Old', '{}', $3, $2)`,
      [clinicId, now, clinicKeyId(key)],
    )
    await client.query('insert into unwatched.file_key values ($1, $2, $3, $4)', [
      clinicId,
      caseId,
      wrapped,
      now,
    ])
    await client.query(
      `insert into unwatched.referral (clinic_id, case_id, reference, form_token, door, received_at, referred_by, state,
         client_name, answers, decision) values ($1, $2, 'T-1', 't', 'phone', $3, 'client', 'opened', 'Lena Fiction', '{}', '{}')`,
      [clinicId, caseId, now],
    )
    await client.query(
      `insert into unwatched.case_file (clinic_id, case_id, reference, client_name, stalker_type, urgency, opened_at, opened_by)
       values ($1, $2, 'T-1', 'Lena Fiction', 'both', 'routine', $3, $4)`,
      [clinicId, caseId, now, makeId(now)],
    )
    await client.query(
      `insert into unwatched.item (clinic_id, case_id, item_id, sha256, size, media_type, kind, blob_id, exhibit_ref, received_at)
       values ($1, $2, $3, $4, 1, 'text/plain', 'text', 'blob', 'LF/1', $5)`,
      [clinicId, caseId, itemId, 'a'.repeat(64), now],
    )
    await client.query(
      `insert into unwatched.arrival (clinic_id, case_id, arrival_id, item_id, arrived_at, brought_by, how_obtained,
         original_name, receipt) values ($1, $2, $3, $4, $5, 'QF', 'By her sister Nuala', 'nightgown.txt', '{"size":1}')`,
      [clinicId, caseId, makeId(now), itemId, now],
    )
    await client.query(
      `insert into unwatched.reading (clinic_id, case_id, item_id, state, questions, answers, ended_at)
       values ($1, $2, $3, 'asking', '[{"name":"zone","asks":"After turnstile?"}]', '{"zone":"Europe/London"}', $4)`,
      [clinicId, caseId, itemId, now],
    )
    for (const ordinal of Array.from({ length: 1200 }, (_, index) => index)) {
      await client.query(
        `insert into unwatched.record (clinic_id, case_id, item_id, ordinal, kind, sent_local, sender, body, raw, place, facts)
         values ($1, $2, $3, $4, 'message', '2026-02-01T10:00:00', 'Karl Fiction', $5, null,
           '{"from":0,"to":10,"firstLine":1,"lastLine":1,"entry":null}', '{"direction":"in","reason":null}')`,
        [clinicId, caseId, itemId, ordinal, `quagmire ${ordinal}`],
      )
    }
    await client.query(
      'insert into unwatched.incident (clinic_id, case_id, incident_id, number, made_at, made_by) values ($1, $2, $3, 1, $4, $5)',
      [clinicId, caseId, incidentId, now, makeId(now)],
    )
    await client.query(
      `insert into unwatched.incident_revision (clinic_id, case_id, incident_id, revision, at, by_person, precision, zone,
         what, where_coarse, origin) values ($1, $2, $3, 1, $4, $5, 'unknown', 'Europe/London', 'He stood by the gazebo',
         'In the arboretum', 'told-by-client')`,
      [clinicId, caseId, incidentId, now, makeId(now)],
    )
  })
  await migrate(ownerUrl)
  // Another clinic of the installation starts first: what it sealed with its key, this one could never open.
  await expect(sealClearTexts(ownerUrl, makeClinicKey())).rejects.toMatchObject({ code: 'rows-of-two-keys' })
  await sealClearTexts(ownerUrl, key)
  await sealClearTexts(ownerUrl, key)

  const rows = await asOwner(ownerUrl, client =>
    client.query<{ row: string }>(
      `select r::text as row from unwatched.record r
       union all select encode(r.sealed, 'escape') from unwatched.record r
       union all select r::text from unwatched.referral r union all select r::text from unwatched.case_file r
       union all select r::text from unwatched.arrival r union all select r::text from unwatched.reading r
       union all select encode(r.what, 'escape') || encode(r.where_coarse, 'escape') from unwatched.incident_revision r`,
    ),
  )
  const kept = rows.rows.map(each => each.row).join('\n')
  for (const secret of ['quagmire', 'Karl', 'gazebo', 'arboretum', 'Lena', 'Nuala', 'nightgown', 'turnstile'])
    expect(kept).not.toContain(secret)

  const database = openDatabase(await prepareProgramRole(ownerUrl, 'test'), { now: () => now, key })
  try {
    const job = { kind: 'task', clinicId, task: 'job-build-bundle' } as const
    const file = await withCase(
      database,
      job,
      { caseId, part: 'chronology', mode: 'read' },
      async transaction => ({
        record: await loadRecord(transaction, caseId, { itemId, ordinal: 1100 }),
        incident: await loadIncident(transaction, caseId, incidentId),
        line: await findCaseLine(transaction, caseId),
        items: await loadItems(transaction, caseId),
        arrivals: await loadArrivals(transaction, caseId, { itemId }),
      }),
    )
    expect(file?.record?.record).toMatchObject({ sender: 'Karl Fiction', body: 'quagmire 1100' })
    expect(file?.line?.clientName).toBe('Lena Fiction')
    expect(file?.arrivals).toMatchObject([
      { broughtBy: 'QF', howObtained: 'By her sister Nuala', originalName: 'nightgown.txt' },
    ])
    expect(file?.items[0]).toMatchObject({
      originalName: 'nightgown.txt',
      reading: { questions: [{ asks: 'After turnstile?' }], answers: { zone: 'Europe/London' } },
    })
    expect(file?.incident?.newest).toMatchObject({
      what: 'He stood by the gazebo',
      whereCoarse: 'In the arboretum',
      herWords: '',
    })
  } finally {
    await database.close()
  }
})
