import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { openTestSite, readCheckForm, type TestSite } from '../../../../test/support/test-site.ts'
import { caseParts } from '../../../foundation/case-part.ts'
import type { CaseId } from '../../../foundation/ids.ts'
import { type Role, roles } from '../../../identity/role.ts'
import { newOnce } from '../../../web/form.ts'
import { consentPreamble, sayConsentLine } from '../../consent-words.ts'

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

const as = { as: 'coordinator' } as const
const nameOf = (role: Role): string => `Test ${role}`
const consentOf = async (caseId: CaseId, agency: 'lead' | 'cyber' | 'police'): Promise<string> =>
  asOwner(world.ownerUrl, async client => {
    const { rows } = await client.query<{ consent_id: string }>(
      'select consent_id from unwatched.consent where case_id = $1 and agency_id = $2 and withdrawn_at is null',
      [caseId, world.agencies[agency]],
    )
    return rows[0]?.consent_id ?? ''
  })
const opensFor = async (caseId: CaseId): Promise<readonly Role[]> => {
  const seen: Role[] = []
  for (const role of roles)
    if ((await site.get(`/cases/${caseId}`, { as: role })).status === 200) seen.push(role)
  return seen
}

test('nobody withdraws or records a consent who may not write consents, and nothing is told to others', async () => {
  const caseId = await openTestCase(world, { clientName: 'Hidden Testname' })
  const consent = await consentOf(caseId, 'police')
  for (const role of roles.filter(each => each !== 'coordinator')) {
    const answer = await site.post(`/cases/${caseId}/consents/withdraw`, { consent }, { as: role })
    expect([role, answer.status]).toEqual([role, 404])
    expect(answer.text).not.toContain('Hidden Testname')
  }
  const none = await site.post(`/cases/${caseId}/consents/withdraw`, { consent: 'nothing' }, as)
  expect(none.status).toBe(404)
})

test('S5 who a withdrawal says will see no more is exactly who then sees no more, agency by agency', async () => {
  for (const agency of ['police', 'cyber', 'lead'] as const) {
    const caseId = await openTestCase(world)
    const before = await opensFor(caseId)
    const consent = await consentOf(caseId, agency)
    const page = await site.post(`/cases/${caseId}/consents/withdraw`, { consent }, as)
    const lost = /no page of this case opens for ([^<]+)\./.exec(page.text)?.[1] ?? ''
    const kept = /These still see it[^:]+: ([^<]+)\./.exec(page.text)?.[1] ?? ''
    expect(await opensFor(caseId), 'reading the page changes nothing').toEqual(before)
    expect(
      (await site.post(`/cases/${caseId}/consents/withdraw`, { consent, ...readCheckForm(page.text) }, as))
        .status,
    ).toBe(303)
    const after = await opensFor(caseId)
    for (const role of before) {
      expect([agency, role, lost.includes(nameOf(role))]).toEqual([agency, role, !after.includes(role)])
      if (after.includes(role)) expect(kept, `${agency} ${role}`).toContain(nameOf(role))
    }
  }
})

test('the last consent says that nobody will open the case and nobody can undo it, and is carried out at once', async () => {
  const caseId = await openTestCase(world, { agencies: ['lead'] })
  const consent = await consentOf(caseId, 'lead')
  const path = `/cases/${caseId}/consents/withdraw`
  const page = await site.post(path, { consent }, as)
  expect(page.text).toContain('Nobody will be able to open this case any more.')
  expect(page.text).toContain('You are one of them.')
  expect(page.text).toContain('Nobody at the clinic could undo it')
  expect(page.text).toContain('Do it whenever the client says so.')
  const done = await site.post(path, { consent, ...readCheckForm(page.text) }, as)
  expect(done.location, 'the client’s wish is carried out whatever follows').toBe('/cases')
  expect(await opensFor(caseId)).toEqual([])
})

test('where another coordinator keeps sight, the page says who could record a consent again', async () => {
  const caseId = await openTestCase(world, { agencies: ['lead', 'cyber'] })
  const other = await world.addPerson('coordinator', 'cyber', 'Elsewhere Coordinator')
  const page = await site.post(
    `/cases/${caseId}/consents/withdraw`,
    { consent: await consentOf(caseId, 'lead') },
    as,
  )
  expect(page.text).toContain('Elsewhere Coordinator can record a new consent for lead agency')
  expect(page.text).not.toContain('Nobody will be able to open this case')
  expect(other).toBeTruthy()
})

test('when two people change consents at once the second one reads what follows now, and nothing was done', async () => {
  const caseId = await openTestCase(world, { agencies: ['lead', 'police'] })
  const [one, two] = [await site.visitor('coordinator'), await site.visitor('coordinator')]
  const path = `/cases/${caseId}/consents/withdraw`
  const police = await consentOf(caseId, 'police')
  const lead = await consentOf(caseId, 'lead')
  const read = readCheckForm((await one.post(path, { consent: lead })).text)
  // Meanwhile the only other agency goes: what the first one read is not what would follow any more.
  await two.confirm(path, { consent: police })
  const late = await one.post(path, { consent: lead, ...read })
  expect(late.status).toBe(409)
  expect(late.text).toContain('Something changed since you read this page, and nothing was done')
  expect(late.text).toContain('Nobody will be able to open this case any more.')
  expect(await opensFor(caseId)).toContain('coordinator')
  expect((await one.post(path, { consent: lead, ...readCheckForm(late.text) })).location).toBe('/cases')
})

test('no line of a consent is ticked beforehand or folded away, on any form that asks for one', async () => {
  const caseId = await openTestCase(world, { agencies: ['lead'] })
  for (const path of [`/cases/${caseId}/consents`, `/cases/${caseId}/without-consent`]) {
    const { text } = await site.get(path, as)
    expect(text, path).not.toMatch(/<input(?=[^>]*type="(?:checkbox|radio)")[^>]*\schecked/)
    // The parts of the case are behind one line on a phone; nothing else is.
    expect(text.replace(/<nav[\s\S]*?<\/nav>/g, ''), path).not.toContain('<details')
  }
  const { text } = await site.get(`/cases/${caseId}/consents`, as)
  for (const line of consentPreamble) expect(text).toContain(line)
  for (const part of caseParts) expect(text.toLowerCase()).toContain(sayConsentLine(part))
})

test('the words that were shown are kept with the consent, shown again, and lie sealed', async () => {
  const caseId = await openTestCase(world, { agencies: ['lead'] })
  const path = `/cases/${caseId}/consents`
  const fields = {
    agency: 'police',
    parts: ['overview', 'order'],
    how: 'in-writing',
    'until-day': '1',
    'until-month': '9',
    'until-year': '2026',
    _once: newOnce(),
  }
  const page = await site.post(path, fields, as)
  const shown = page.text.match(/May police agency see [^?<]+\? (?:Yes|No)\./g) ?? []
  expect(shown).toHaveLength(caseParts.length)
  expect(shown.filter(line => line.endsWith('Yes.'))).toHaveLength(2)
  expect(page.text).toContain('It holds until')
  // A line that was ticked between the page and the button was not read: the page comes again.
  const more = { ...fields, ...readCheckForm(page.text), parts: ['overview', 'order', 'diary'] }
  expect((await site.post(path, more, as)).status).toBe(409)
  expect(await consentOf(caseId, 'police')).toBe('')
  expect((await site.post(path, { ...fields, ...readCheckForm(page.text) }, as)).location).toBe(path)
  expect((await site.post(path, { ...fields, ...readCheckForm(page.text) }, as)).location, 'sent twice').toBe(
    path,
  )
  const consents = (await site.get(path, as)).text
  for (const line of shown) expect(consents).toContain(line)
  for (const line of consentPreamble) expect(consents).toContain(line)
  expect(consents).toMatch(/Words of November 2026, mark [0-9a-f]{16}/)
  const row = await asOwner(world.ownerUrl, async client => {
    const { rows } = await client.query<{ words: string; words_edition: string }>(
      'select words, words_edition from unwatched.consent where case_id = $1 and agency_id = $2',
      [caseId, world.agencies.police],
    )
    return rows[0]
  })
  expect(row?.words).toMatch(/^sealed:/)
  expect(row?.words_edition).toBe('November 2026')
  await expect(
    world.clinic.database.transaction(world.as('coordinator'), async transaction => {
      await sql`update unwatched.consent set words = 'other' where case_id = ${caseId}`.execute(
        transaction.tables(),
      )
    }),
    'nobody rewrites what was agreed to',
  ).rejects.toThrow(/permission denied/)
})

test('a consent needs an agency, and an agency with one in force is given no second', async () => {
  const caseId = await openTestCase(world, { agencies: ['lead', 'cyber'] })
  const consents = `/cases/${caseId}/consents`
  const coordinator = { as: 'coordinator' } as const
  const give = { agency: 'police', parts: ['overview', 'chronology'], how: 'in-writing' }
  expect((await site.post(consents, {}, coordinator)).text).toContain('Select which agency')
  expect((await site.confirm(consents, give, coordinator)).location).toBe(consents)
  const again = await site.post(consents, give, coordinator)
  expect([again.status, again.text.includes('already has a consent in force')]).toEqual([409, true])
})
