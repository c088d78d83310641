import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { toldReferral } from '../../../test/support/told-referral.ts'
import { type CaseId, makeId } from '../../foundation/ids.ts'
import { sealEvenNothing } from '../../platform/seal-name.ts'
import { type Conflict, findConflicts, findNameKeys, type NameCandidate } from '../conflict.ts'
import { readReferral } from './read-referral.ts'
import { receiveReferral } from './receive-referral.ts'

let world: TestClinic
beforeAll(async () => {
  world = await openTestClinic()
})
afterAll(() => world.close())

/** Short words of few letters, so that many names are near each other. */
const word = fc.string({ unit: fc.constantFrom(...'abnoé'), minLength: 2, maxLength: 6 })
const name = fc.array(word, { maxLength: 3 }).map(words => words.join(' '))

test('the check over every file of a clinic finds what the rule finds in their names, beyond a thousand of them', async () => {
  const { clinic } = world
  const files = fc
    .sample(fc.tuple(name, name), { numRuns: 2300, seed: 37 })
    .map(([client, suspect], index) => ({
      caseId: makeId<CaseId>(new Date(Date.parse('2025-01-01T00:00:00Z') + index)),
      client,
      suspect,
      // A few that nobody has opened: those are compared with nothing.
      isMatched: index % 10 !== 0,
    }))
  const sealed = (caseId: CaseId, field: string, text: string) =>
    sealEvenNothing(clinic.key, { clinicId: clinic.clinicId, caseId, field }, text)
  await asOwner(world.ownerUrl, client =>
    client.query(
      `insert into unwatched.referral (clinic_id, case_id, reference, form_token, received_by, received_at, referred_by, state,
         is_matched, client_name, suspect_name, answers, decision)
       select $1, c, c::text, c::text, 'public-form', now(), 'client', 'waiting', m, n, s, '{}', '{}'
       from unnest($2::uuid[], $3::bool[], $4::text[], $5::text[]) as t (c, m, n, s)`,
      [
        clinic.clinicId,
        files.map(file => file.caseId),
        files.map(file => file.isMatched),
        files.map(file => sealed(file.caseId, 'client-name', file.client)),
        files.map(file => sealed(file.caseId, 'suspect-name', file.suspect)),
      ],
    ),
  )
  const every: readonly NameCandidate[] = files
    .filter(file => file.isMatched)
    .flatMap(({ caseId, client, suspect }) => [
      { kind: 'client', caseId, personId: null, name: client },
      { kind: 'suspect', caseId, personId: null, name: suspect },
    ])
  const plain = (conflicts: readonly Conflict[]) =>
    conflicts
      .filter(each => each.kind !== 'staff')
      .map(
        ({ like, kind, caseId, likeness, name: found }) => `${like} ${kind} ${caseId} ${likeness} ${found}`,
      )
      .sort()
  let many = 0
  for (const [client, suspect] of fc.sample(fc.tuple(name, name), { numRuns: 6, seed: 73 })) {
    const answers = toldReferral({ clientName: client, suspectName: suspect })
    const once = `form-${client}-${suspect}-${many}-of-this-test`
    const { reference } = await receiveReferral(clinic, world.task('public-form'), answers, once)
    const caseId = await asOwner(world.ownerUrl, async client =>
      client
        .query<{ case_id: CaseId }>('select case_id from unwatched.referral where reference = $1', [
          reference,
        ])
        .then(found => found.rows[0]?.case_id),
    )
    if (!caseId) throw new Error('the form is not there')
    const file = await clinic.database.transaction(world.as('coordinator'), transaction =>
      readReferral(transaction, caseId),
    )
    // The rule over every name that shares a key, as it was when the database found them by their tokens.
    const keys = new Set([client, suspect].flatMap(findNameKeys))
    const sharing = every.filter(each => findNameKeys(each.name).some(key => keys.has(key)))
    const found = plain(file?.conflicts ?? []).filter(line =>
      every.some(each => line.includes(`${each.caseId}`)),
    )
    expect(found).toEqual(plain(findConflicts({ client, suspect }, sharing)))
    many += found.length
  }
  expect(many).toBeGreaterThan(50)
}, 60_000)
