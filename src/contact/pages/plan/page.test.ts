import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ContactSite, openContactSite } from '../../../../test/support/contact-site.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner } from '../../../../test/support/test-clinic.ts'
import { statusesOf } from '../../../../test/support/test-site.ts'

let site: ContactSite
beforeAll(async () => {
  site = await openContactSite()
})
afterAll(() => site.close())

const as = { as: 'stalking-advocate' } as const

test('what was agreed is written down by those who keep contact with the client, in a case in their sight', async () => {
  const closed = `/cases/${await openTestCase(site.world, { agencies: ['lead'] })}/contact/plan`
  expect(await statusesOf(site, [`${site.base}/plan`, closed], 'stalking-advocate')).toEqual([200, 404])
  for (const role of ['police-liaison', 'call-handler', 'manager', 'administrator'] as const) {
    expect(await statusesOf(site, [`${site.base}/plan`], role), role).toEqual([404])
    expect((await site.post(`${site.base}/plan`, { wants: 'yes' }, { as: role })).status).toBe(404)
    expect((await site.post(`${site.base}/plan/open`, {}, { as: role })).status).toBe(404)
  }
})

test('every wrong answer of what was agreed is named at once, and what was typed stays', async () => {
  const bad = await site.post(`${site.base}/plan`, { wants: 'perhaps', weSay: 'x'.repeat(201) }, as)
  expect(bad.status).toBe(422)
  for (const words of [
    'Select whether they want to be contacted',
    'Select whether a message may be left',
    'What we say must be 200 characters or less',
  ])
    expect(bad.text).toContain(words)
  expect(bad.text).toContain('x'.repeat(201))
  const noWords = await site.post(`${site.base}/plan`, { wants: 'yes', voicemail: 'agreed' }, as)
  expect(noWords.text).toContain('Enter the words that were agreed for a message')
  expect(
    (await site.post(`${site.base}/plan`, { wants: 'yes', voicemail: 'never', weSay: 'blue kettle' }, as))
      .status,
  ).toBe(303)
})

test('S6 the form that shows the code words is opened by a click alone, and the click is in the trail', async () => {
  await site.agree()
  const before = await site.countRevealed()
  expect((await site.get(`${site.base}/plan`, as)).location).toBe(site.base)
  expect((await site.post(`${site.base}/plan/open`, {}, as)).text).toContain('blue kettle')
  expect(await site.countRevealed()).toBe(before + 1)
})

test('S8 no word that was agreed lies readable in the database', async () => {
  for (const table of ['contact_plan', 'act']) {
    const { rows } = await asOwner(site.world.ownerUrl, client =>
      client.query(`select ${table}::text as row from unwatched.${table}`),
    )
    expect(rows.length, table).toBeGreaterThan(0)
    for (const { row } of rows) expect(row).not.toContain('blue kettle')
  }
})
