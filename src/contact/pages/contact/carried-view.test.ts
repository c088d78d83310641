import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../../test/support/test-site.ts'
import { toldReferral } from '../../../../test/support/told-referral.ts'
import { createCase } from '../../../cases/operations/create-case.ts'
import { receiveReferral } from '../../../cases/operations/receive-referral.ts'
import { triageReferral } from '../../../cases/operations/triage-referral.ts'
import type { ReferralAnswers } from '../../../cases/referral.ts'
import { caseParts } from '../../../foundation/case-part.ts'
import type { CaseId } from '../../../foundation/ids.ts'
import { newOnce } from '../../../web/form.ts'
import { carryOverContact } from '../../operations/carry-over-contact.ts'

let world: TestClinic
let site: TestSite
beforeAll(async () => {
  world = await openTestClinic()
  site = await openTestSite(world)
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const coordinator = { as: 'coordinator' } as const
const silent = { value: '', safe: 'unknown' } as const
const said: Partial<ReferralAnswers> = {
  wantsContact: 'yes',
  contactChannels: {
    phone: { value: '07700 900654', safe: 'yes' },
    email: { value: 'client@example.org', safe: 'no' },
    other: silent,
  },
  safeTimes: 'Mornings, before he is up',
  voicemail: 'Say it is the library',
  codeWords: 'purple teapot',
}
const secrets = ['900654', 'client@example.org', 'before he is up', 'the library', 'purple teapot']

/** A case created from referral answers, for the lead agency with these parts. */
async function openFrom(
  change: Partial<ReferralAnswers>,
  parts: readonly (typeof caseParts)[number][] = caseParts,
): Promise<CaseId> {
  const { clinic } = world
  const as = world.as('coordinator')
  const receipt = await receiveReferral(clinic, as, toldReferral(change), newOnce())
  const [row] = await asOwner(
    world.ownerUrl,
    async client =>
      (await client.query('select case_id from unwatched.referral where reference = $1', [receipt.reference]))
        .rows,
  )
  const caseId = row?.case_id as CaseId
  await clinic.database.transaction(as, transaction =>
    triageReferral(
      transaction,
      as.personId,
      caseId,
      { type: 'not-clear-yet', typeReasons: [], flags: [], judgement: 'routine', note: '', settled: [] },
      newOnce(),
    ),
  )
  const opener = { personId: as.personId, agencyId: world.agencies.lead }
  const agencies = [{ agencyId: world.agencies.lead, parts, until: null }]
  const opened = await createCase(clinic, opener, caseId, { agencies, how: 'spoken-in-person' }, newOnce())
  expect(opened.allowed).toBe(true)
  return caseId
}

const jobsAskedFor = async (caseId: CaseId): Promise<number> => {
  const rows = await asOwner(
    world.ownerUrl,
    async client =>
      (
        await client.query('select key from graphile_worker.jobs where key = $1', [
          `carry-over-contact ${caseId} ${world.clinic.clinicId}`,
        ])
      ).rows,
  )
  return rows.length
}

test('what was said about contact at the referral is in the plan once a case is open, as what it is', async () => {
  const caseId = await openFrom(said)
  expect(await jobsAskedFor(caseId)).toBe(1)
  await carryOverContact(world.clinic, caseId)
  const { text } = await site.get(`/cases/${caseId}/contact`, coordinator)
  expect(text).toContain('Nothing has been agreed yet')
  expect(text).toContain('Said at the referral')
  expect(text).toContain('Said that we may contact them')
  expect(text).toContain('Named at the referral, 2 March 2026 at 10am. Ask before it is used.')
  expect(text).toContain('Phone call 1')
  expect(text).toContain('Never use it')
  expect(text, 'no way is called safe').not.toContain('govuk-tag--green')
  for (const secret of secrets) expect(text).not.toContain(secret)
})

test('S6 each of it opens by a click that is recorded, and by no other', async () => {
  const caseId = await openFrom(said)
  await carryOverContact(world.clinic, caseId)
  for (const [field, secret] of [
    ['c1', '07700 900654'],
    ['said-times', 'Mornings, before he is up'],
    ['said-message', 'Say it is the library'],
    ['said-code-words', 'purple teapot'],
  ] as const) {
    const { text } = await site.post(`/cases/${caseId}/contact/reveal`, { field }, coordinator)
    expect(text).toContain(secret)
    for (const other of secrets.filter(each => !secret.includes(each))) expect(text).not.toContain(other)
  }
  const trail = await site.get(`/cases/${caseId}/trail`, coordinator)
  expect(trail.text.match(/Uncovered a contact detail/g)).toHaveLength(4)
})

test('what was said stands above the form and in no field by itself, and writing down what is agreed leaves it as what was said then', async () => {
  const caseId = await openFrom(said)
  await carryOverContact(world.clinic, caseId)
  const form = await site.post(`/cases/${caseId}/contact/plan/open`, {}, coordinator)
  expect(form.text).toContain('Code words: <bdi class="keeps-lines">purple teapot</bdi>')
  expect(form.text).toContain('If nobody answers: <bdi class="keeps-lines">Say it is the library</bdi>')
  expect(form.text).not.toContain('value="purple teapot"')
  expect(form.text, 'whether they want contact is asked again').not.toMatch(/name="wants"[^>]*checked/)
  const agreed = { wants: 'she-calls', voicemail: 'never', weSay: 'purple teapot' }
  expect((await site.post(`/cases/${caseId}/contact/plan`, agreed, coordinator)).status).toBe(303)
  const { text } = await site.get(`/cases/${caseId}/contact`, coordinator)
  expect(text).not.toContain('Nothing has been agreed yet')
  expect(text).toContain('Calls us; is not to be contacted')
  expect(text).toContain('Said at the referral')
  expect(text).toContain('Phone call 1')
})

test('it is carried over once, never over what a person wrote, and where nothing was said there is nothing', async () => {
  const caseId = await openFrom(said)
  const agreed = { wants: 'no', voicemail: 'never' }
  expect((await site.post(`/cases/${caseId}/contact/plan`, agreed, coordinator)).status).toBe(303)
  await carryOverContact(world.clinic, caseId)
  await carryOverContact(world.clinic, caseId)
  const count = async (which: CaseId) =>
    (
      await asOwner(world.ownerUrl, client =>
        client.query('select revision, by_person from unwatched.contact_plan where case_id = $1', [which]),
      )
    ).rows
  expect(await count(caseId)).toEqual([{ revision: 1, by_person: world.people.coordinator }])
  const nothingSaid = await openFrom({
    contactChannels: { phone: silent, email: silent, other: silent },
    wantsContact: 'unknown',
    safeTimes: '',
    voicemail: '',
    codeWords: '',
  })
  await carryOverContact(world.clinic, nothingSaid)
  expect(await count(nothingSaid)).toEqual([])
})

test('it is carried over where the coordinator who opened the case may not see it, and still shows it to nobody', async () => {
  const caseId = await openFrom(said, ['overview', 'referral', 'consent', 'trail'])
  await carryOverContact(world.clinic, caseId)
  expect((await site.get(`/cases/${caseId}/contact`, coordinator)).status).toBe(404)
  const { text } = await site.get(`/cases/${caseId}/trail`, coordinator)
  expect(text).toContain('The program, carrying over what was said about contact')
  for (const secret of secrets) expect(text).not.toContain(secret)
})

test('S1 nobody but the program writes a plan in nobody’s name, and the program only the first', async () => {
  const caseId = await openFrom(said)
  const write = (task: 'job-carry-over-contact' | 'job-send-message', revision: number) =>
    world.clinic.database.transaction(world.task(task), async transaction => {
      await sql`select unwatched.open_case(${caseId}, 'contact', 'write')`.execute(transaction.tables())
      await sql`insert into unwatched.contact_plan (clinic_id, case_id, revision, at, by_person, sealed)
        values (${world.clinic.clinicId}, ${caseId}, ${revision}, ${transaction.now}, null, 'x')`.execute(
        transaction.tables(),
      )
    })
  await expect(write('job-send-message', 1)).rejects.toThrow(/row-level security/)
  await expect(write('job-carry-over-contact', 2)).rejects.toThrow(/row-level security/)
  await write('job-carry-over-contact', 1)
})
