import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { groundFields } from '../../../../test/support/granting-grounds.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../../test/support/test-site.ts'
import { withCase } from '../../../audit/operations/access-case.ts'
import type { CaseId } from '../../../foundation/ids.ts'
import { newOnce } from '../../../web/form.ts'

let world: TestClinic
let site: TestSite
/** The same clinic, in which the person who comes as the coordinator is another one. */
let others: TestSite
let caseId: CaseId
let second: TestClinic['people']['coordinator']
beforeAll(async () => {
  world = await openTestClinic()
  site = await openTestSite(world)
  second = await world.addPerson('coordinator', 'lead', 'Second Fiction')
  others = await openTestSite({ ...world, people: { ...world.people, coordinator: second } })
  caseId = await openTestCase(world, { agencies: ['lead', 'stalking'] })
})
afterAll(async () => {
  await site.close()
  await others.close()
  await world.close()
})

const as = { as: 'coordinator' } as const
const path = () => `/cases/${caseId}/without-consent`
const typed = {
  agency: 'police',
  parts: ['overview', 'chronology'],
  ...groundFields('crime-prevention'),
  reason: 'He bought a <knife>',
  told: 'no',
  notToldBecause: 'Her phone is read',
  'until-day': '20',
  'until-month': '3',
  'until-year': '2026',
}
const ask = (change: Record<string, string | readonly string[]> = {}) =>
  site.post(`${path()}/ask`, { _once: newOnce(), ...typed, ...change }, as)
const newestRequest = async () => {
  const { text } = await others.get(path(), as)
  return /name="request" type="radio" value="([^"]+)"/.exec(text)?.[1] ?? ''
}
const decide = async (from: TestSite, fields: Record<string, string>) => {
  // The page carries what was read; a request that nobody may decide on any more is refused without it.
  const seen = /name="_seen" value="([^"]+)"/.exec((await from.get(path(), as)).text)?.[1] ?? ''
  return from.post(`${path()}/decide`, { ...fields, _seen: seen }, as)
}

test('only a coordinator asks to share without consent, or decides', async () => {
  for (const role of ['cyber-adviser', 'stalking-advocate', 'idva', 'police-liaison', 'manager'] as const) {
    expect((await site.get(path(), { as: role })).status).toBe(404)
    expect((await site.get(`${path()}/ask?legalBasis=crime-prevention`, { as: role })).status).toBe(404)
    expect((await site.post(`${path()}/ask`, typed, { as: role })).status).toBe(404)
    expect((await site.post(`${path()}/decide`, {}, { as: role })).status).toBe(404)
    expect((await site.post(`${path()}/take-back`, {}, { as: role })).status).toBe(404)
  }
})

test('everything that is missing is said at once, and why the client was not told is asked for', async () => {
  const nothing = await site.get(`${path()}/ask?asked=yes`, as)
  expect(nothing.status).toBe(422)
  expect(nothing.text).toContain('<a href="#legalBasis">Select what the law lets it rest on</a>')
  const empty = await site.post(`${path()}/ask`, { _once: newOnce(), legalBasis: 'crime-prevention' }, as)
  expect(empty.status).toBe(422)
  expect(empty.text).toContain('<title>Error: Ask to share without consent')
  expect(empty.text).toContain('<a href="#limb-which-crime">Answer “Which crime')
  expect(empty.text).toContain('<a href="#limb-necessary">')
  expect(empty.text).toContain('<a href="#special">Select a condition')
  expect(empty.text).toContain('<a href="#offence">Select a condition')
  expect(empty.text).toContain('<a href="#agency">Select which agency</a>')
  expect(empty.text).toContain('<a href="#parts">Select what they may see</a>')
  expect(empty.text).toContain('<a href="#reason">Enter why it is necessary</a>')
  expect(empty.text).toContain('<a href="#told">Select whether the client was told</a>')
  expect(empty.text).toContain('href="#until')
  const untold = (await ask({ notToldBecause: '', reason: '' })).text
  expect(untold).toContain('<a href="#notToldBecause">Enter why the client was not told</a>')
  expect(untold).toContain('Enter why it is necessary')
  expect((await ask({ 'until-month': '4' })).text).toContain('The last day must be less than 30 days away')
  expect((await ask({ 'until-month': '2' })).text).toContain('The last day must be today or in the future')
  expect((await ask({ legalBasis: 'because' })).text).toContain('Select what the law lets it rest on')
})

test('S12 one coordinator asks, another approves, and only then does the agency see the case', async () => {
  const theirs = { as: 'police-liaison' } as const
  const once = newOnce()
  for (let time = 0; time < 2; time += 1) expect((await ask({ _once: once })).location).toBe(path())
  const waiting = (await site.get(`/cases/${caseId}/consents`, as)).text
  expect(waiting.match(/Waiting for another coordinator/g)).toHaveLength(1)
  expect((await site.get(`/cases/${caseId}`, theirs)).status).toBe(404)

  const request = await newestRequest()
  const own = await decide(site, { request, verdict: 'approved', note: 'I agree with myself' })
  expect(own.status).toBe(409)
  expect(own.text).toContain('You asked for this. Another coordinator decides')
  const empty = await decide(others, {})
  expect(empty.status).toBe(422)
  expect(empty.text).toContain('<a href="#request">Select what you decide on</a>')
  expect(empty.text).toContain('<a href="#verdict">Select whether you approve it</a>')
  expect(empty.text).toContain('<a href="#note">Enter why you decide so</a>')

  const approved = await decide(others, { request, verdict: 'approved', note: 'Necessary today' })
  expect(approved.location).toBe(path())
  expect((await site.get(`/cases/${caseId}`, theirs)).status).toBe(200)
  const again = await decide(others, { request, verdict: 'refused', note: 'Or not' })
  expect(again.status).toBe(409)
  expect(again.text).toContain('This was decided already')
  const { text } = await site.get(path(), as)
  expect(text).toContain('He bought a &lt;knife&gt;')
  expect(text).toContain('Second Fiction')
  expect(text).toContain('Necessary today')
  expect((await site.get(`/cases/${caseId}/consents`, as)).text).toContain('Without consent. To find out')
  const trail = (await site.get(`/cases/${caseId}/trail`, as)).text
  expect(trail).toContain('Asked to share without consent')
  expect(trail).toContain('Approved a sharing without consent')
})

test('an agency that sees the case already is let in twice by nobody, and a refusal lets nobody in', async () => {
  await ask({ told: 'yes' })
  const twice = await newestRequest()
  const refused = await decide(others, { request: twice, verdict: 'approved', note: 'Yes' })
  expect(refused.status).toBe(409)
  expect(refused.text).toContain('This agency sees a part of the case already')
  await decide(others, { request: twice, verdict: 'refused', note: 'It has what it needs' })
  await ask({ agency: 'cyber' })
  await decide(others, { request: await newestRequest(), verdict: 'refused', note: 'Ask her first' })
  expect((await site.get(`/cases/${caseId}`, { as: 'cyber-adviser' })).status).toBe(404)
  expect((await site.get(path(), as)).text).toContain('Ask her first')
  expect((await site.get(`/cases/${caseId}/trail`, as)).text).toContain('Refused a sharing without consent')
})

test('S12 the person who asked takes the request back, nobody else does, and then nobody approves it', async () => {
  await ask({ agency: 'cyber' })
  const request = await newestRequest()
  const takeBack = (from: TestSite, which = request) =>
    from.post(`${path()}/take-back`, { request: which }, as)
  const another = await takeBack(others)
  expect(another.status).toBe(409)
  expect(another.text).toContain('Another coordinator asked for this')
  expect((await takeBack(site, 'x')).text).toContain('This request is not there')
  expect((await takeBack(site)).location).toBe(path())
  expect((await site.get(path(), as)).text).toContain('Taken back</dt>')
  expect((await takeBack(site)).text).toContain('This was decided already')
  const late = await decide(others, { request, verdict: 'approved', note: 'Yes' })
  expect(late.status).toBe(409)
  expect((await site.get(`/cases/${caseId}`, { as: 'cyber-adviser' })).status).toBe(404)
  expect((await site.get(`/cases/${caseId}/trail`, as)).text).toContain('Took back a request')
  // The database itself lets nobody approve what they asked for, and nobody take back what another asked for.
  await ask({ agency: 'cyber' })
  const open = await newestRequest()
  const access = { caseId, part: 'consent', mode: 'write' } as const
  const set = (by: TestClinic['people']['coordinator'], state: string) =>
    withCase(
      world.clinic.database,
      { ...world.as('coordinator'), personId: by },
      access,
      async transaction => {
        await sql`update unwatched.exception_request set state = ${state}, decided_by = ${by}, decided_at = ${transaction.now},
        note = 'x' where request_id = ${open}`.execute(transaction.tables())
      },
    )
  await expect(set(world.people.coordinator, 'approved')).rejects.toThrow()
  await expect(set(second, 'withdrawn')).rejects.toThrow()
  expect((await takeBack(site, open)).location).toBe(path())
})

test('each basis asks its own questions, and one answered with no is refused with what follows and keeps what was typed', async () => {
  const { text } = await site.get(`${path()}/ask?legalBasis=safeguarding-adult-at-risk`, as)
  expect(text).toContain('is not “at risk” in this sense for that alone')
  expect(text).toContain('Are they unable to protect themselves because of those needs?')
  expect(text).toContain('Read on 29 November 2026')
  const adult = {
    ...groundFields('safeguarding-adult-at-risk'),
    agency: 'cyber',
    'limb-which-needs': 'Her <own>',
  }
  const frightened = await ask({ ...adult, 'limb-has-needs': 'no', 'until-day': '25' })
  expect(frightened.status).toBe(422)
  expect(frightened.text).toContain(
    'href="#limb-has-needs">Without needs for care and support an adult is not',
  )
  expect(frightened.text).toContain('Her &lt;own&gt;')
  const long = await ask({ ...adult, 'limb-which-needs': 'x'.repeat(2001), 'until-day': '25' })
  expect(long.text).toContain('href="#limb-which-needs">This answer must be 2000 characters or less')
  const without = await ask({ ...adult, policyDocument: '', 'until-day': '25' })
  expect(without.text).toContain('href="#policyDocument">Enter which appropriate policy document')
})

test('the approver reads every limb as it was answered, the conditions and the policy document', async () => {
  const council = { ...groundFields('public-task-request'), agency: 'cyber', special: 'safeguarding' }
  expect((await ask(council)).location).toBe(path())
  const { text } = await others.get(path(), as)
  expect(text).toContain(`Case T-${caseId.slice(-8).toUpperCase()}`)
  for (const shown of [
    'Who asked: which body',
    'About who-asked',
    'About their-reference',
    'Does their request say that they need it to carry out their public task?',
    'Safeguarding of children and of individuals at risk',
    'Asking would warn him',
    'Policy on offence data, 1 February 2026',
  ])
    expect(text).toContain(shown)
  await decide(others, { request: await newestRequest(), verdict: 'refused', note: 'They asked for less' })
})

test('what is over before it is decided is not approved, and a sharing ends by itself', async () => {
  await ask({ agency: 'cyber', 'until-day': '10' })
  const request = await newestRequest()
  world.clock.moveTo('2026-03-12T10:00:00Z')
  const later = await others.visitor('coordinator')
  const late = await later.confirm(`${path()}/decide`, { request, verdict: 'approved', note: 'Yes' })
  expect(late.status).toBe(409)
  expect(late.text).toContain('The time it was asked for is over')
  expect((await (await site.visitor('police-liaison')).get(`/cases/${caseId}`)).status).toBe(200)
  world.clock.moveTo('2026-03-21T10:00:00Z')
  expect((await (await site.visitor('police-liaison')).get(`/cases/${caseId}`)).status).toBe(404)
})

test('a basis that nobody has read in a year says so where it is chosen, asked about and decided', async () => {
  world.clock.moveTo('2027-12-01T10:00:00Z')
  const late = await others.visitor('coordinator')
  for (const at of [path(), `${path()}/ask?legalBasis=crime-prevention`])
    expect((await late.get(at)).text).toContain('Nobody has read it for a year')
})

test('S12 the database lets nobody ask without its answers or on a basis of an earlier list', async () => {
  const access = { caseId, part: 'consent', mode: 'write' } as const
  const by = world.people.coordinator
  const insert = (basis: string, grounds: string) =>
    withCase(world.clinic.database, world.as('coordinator'), access, transaction =>
      sql`insert into unwatched.exception_request (clinic_id, case_id, request_id, agency_id, parts, legal_basis,
          basis_answers, reason, is_told, not_told_because, until_time, state, asked_by, asked_at, note)
        values (${world.clinic.clinicId}, ${caseId}, gen_random_uuid(), ${world.agencies.cyber}, '{overview}', ${basis},
          ${grounds}, 'x', true, '', ${new Date(transaction.now.getTime() + 86_400_000)}, 'asked', ${by},
          ${transaction.now}, '')`.execute(transaction.tables()),
    )
  await expect(insert('crime-prevention', '')).rejects.toThrow(/row-level security/)
  await expect(insert('court-order', 'sealed:x')).rejects.toThrow(/row-level security/)
  await expect(insert('because', 'sealed:x')).rejects.toThrow(/check constraint/)
})
