import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { asOwner } from '../../test/support/test-clinic.ts'
import { accessCase } from '../audit/operations/access-case.ts'
import { listTrail } from '../audit/operations/list-trail.ts'
import { listDiary } from '../chronology/operations/list-diary.ts'
import { writeDiaryEntry } from '../chronology/operations/write-diary-entry.ts'
import { type CaseId, type ClinicId, makeId, type PersonId, type PhraseUseId } from '../foundation/ids.ts'
import { bindPhrase, findHandle } from '../identity/case-phrase.ts'
import { clientCookie } from '../identity/client-session.ts'
import { findClientSession } from '../identity/operations/find-client-session.ts'
import { hashPassword } from '../identity/operations/prove-password.ts'
import { signInClient } from '../identity/operations/sign-in-client.ts'
import type { Clinic } from '../platform/clinic.ts'
import { heldClock } from '../platform/clock.ts'
import { openDatabase } from '../platform/database.ts'
import { clinicKeyId, deriveSecret, makeCaseKey, makeClinicKey, wrapCaseKey } from '../platform/keys.ts'
import { silentLog } from '../platform/log.ts'
import { migrate } from '../platform/migrate.ts'
import { prepareProgramRole } from '../platform/program-role.ts'
import { newOnce } from '../web/form.ts'
import { makeCompanionKeys } from './make-companion-keys.ts'

/** The last version in which the second phrase opened no file. */
const lastWithout = 44

let ownerUrl: string
beforeAll(async () => {
  const name = `test_${randomBytes(6).toString('hex')}`
  const template = inject('ownerUrl')
  await asOwner(template.replace(/unwatched$/, 'postgres'), client =>
    client.query(`create database ${name} template template0`),
  )
  ownerUrl = template.replace(/unwatched$/, name)
  await migrate(ownerUrl, undefined, { upTo: lastWithout })
})
afterAll(async () => {
  const name = ownerUrl.slice(ownerUrl.lastIndexOf('/') + 1)
  await asOwner(inject('ownerUrl').replace(/unwatched$/, 'postgres'), client =>
    client.query(`drop database if exists ${name} with (force)`),
  )
})

test('S4 phrases that were given before open a file with notes and a beginning, and a use that waited is an alarm', async () => {
  const now = new Date('2026-03-02T10:00:00Z')
  const [clinicId, caseId] = [makeId<ClinicId>(now), makeId<CaseId>(now)]
  const [agencyId, personId, useId] = [makeId(now), makeId<PersonId>(now), makeId<PhraseUseId>(now)]
  const key = makeClinicKey()
  const words = {
    open: 'apple bread chair drift eagle fence grape',
    quiet: 'hotel igloo joker knife lemon maple night',
  }
  await asOwner(ownerUrl, async client => {
    const insert = (table: string, columns: string, ...values: unknown[]) =>
      client.query(
        `insert into unwatched.${table} (clinic_id, ${columns}) values (${[clinicId, ...values].map((_, at) => `$${at + 1}`).join(', ')})`,
        [clinicId, ...values],
      )
    await insert(
      'clinic',
      'slug, name, profile, key_id, opened_at',
      'old',
      'Old',
      '{}',
      clinicKeyId(key),
      now,
    )
    await insert('agency', 'agency_id, slug, name, kind, is_lead', agencyId, 'a', 'Agency', 'other', true)
    const person = 'person_id, agency_id, role, name, sign_in_name, state, joined_at'
    await insert('person', person, personId, agencyId, 'coordinator', 'Ada Fictional', 'ada', 'active', now)
    const wrapped = wrapCaseKey(key, clinicId, caseId, makeCaseKey())
    await insert('file_key', 'case_id, wrapped, made_at', caseId, wrapped, now)
    const referral =
      'case_id, reference, form_token, door, received_at, referred_by, state, client_name, answers, decision'
    await insert('referral', referral, caseId, 'T-1', 't', 'phone', now, 'client', 'opened', '', '{}', '{}')
    const file = 'case_id, reference, client_name, stalker_type, urgency, opened_at, opened_by'
    await insert('case_file', file, caseId, 'T-1', '', 'both', 'routine', now, personId)
    for (const verb of [
      'referral-received',
      'case-made',
      'evidence-taken-in',
      'phrase-made',
      'quiet-phrase-used',
    ])
      await insert('act', 'at, person_id, agency_id, verb, case_id', now, personId, agencyId, verb, caseId)
    const phrase = 'case_id, handle, kind, verifier, made_at, made_by'
    for (const kind of ['open', 'quiet'] as const) {
      const typed = words[kind].split(' ')
      const handle = findHandle(deriveSecret(key, 'case-phrases'), typed)
      const verifier = await hashPassword(bindPhrase(clinicId, caseId, typed))
      await insert('case_phrase', phrase, caseId, handle, kind, verifier, now, personId)
    }
    await insert('phrase_use', 'case_id, use_id, kind, at', caseId, useId, 'quiet', now)
    const task = 'task_id, case_id, kind, because, subject, raised_at'
    await insert('task', task, makeId(now), caseId, 'second-phrase-used', 'second-phrase-used', useId, now)
  })
  await migrate(ownerUrl)
  await makeCompanionKeys(ownerUrl, key)
  await makeCompanionKeys(ownerUrl, key)

  const clock = heldClock('2026-03-03T10:00:00Z')
  const database = openDatabase(await prepareProgramRole(ownerUrl, 'test'), {
    now: clock.now,
    key,
    connections: 4,
  })
  const clinic = { clinicId, key, database, clock, log: silentLog } as unknown as Clinic
  const enter = async (typed: string): Promise<CaseId | undefined> => {
    const answer = await signInClient(clinic, { typed, address: '192.0.2.1' })
    const token = answer.kind === 'signed-in' ? answer.token : ''
    return (await findClientSession({ cookies: new Map([[clientCookie, token]]) }, clinic))?.fileId
  }
  try {
    expect(await enter(words.open)).toBe(caseId)
    const fileId = await enter(words.quiet)
    if (!fileId) throw new Error('nothing was opened')
    expect(fileId).not.toBe(caseId)
    const seen = await database.transaction(
      { kind: 'client', clinicId, caseId: fileId },
      async transaction => {
        await accessCase(transaction, { caseId: fileId, part: 'diary', mode: 'write' })
        const account = {
          what: 'A note',
          felt: '',
          when: { precision: 'unknown' },
          zone: 'Europe/London',
        } as const
        await writeDiaryEntry(clinic, transaction, fileId, { account, corrects: null, once: newOnce() })
        await accessCase(transaction, { caseId: fileId, part: 'trail', mode: 'read' })
        const { acts } = await listTrail(transaction, fileId, { by: 'people', before: null, atMost: 50 })
        return {
          verbs: acts.map(act => act.verb).reverse(),
          notes: await listDiary(clinic, transaction, fileId),
        }
      },
    )
    expect(seen.notes.threads.map(({ now: { what } }) => what)).toEqual(['A note'])
    // How the file began and that words were made; nothing that came between, and nothing of a use.
    expect(seen.verbs.slice(0, 4)).toEqual([
      'referral-received',
      'case-made',
      'phrase-made',
      'client-signed-in',
    ])
    expect(seen.verbs).not.toContain('evidence-taken-in')
    expect(seen.verbs).not.toContain('quiet-phrase-used')
    const left = await asOwner(ownerUrl, client =>
      client.query(
        `select (select count(*)::int from unwatched.task) as tasks,
           (select count(*)::int from unwatched.phrase_use where kind = 'quiet' and seen_at is null) as open`,
      ),
    )
    expect(left.rows).toEqual([{ tasks: 0, open: 2 }])
  } finally {
    await database.close()
  }
})
