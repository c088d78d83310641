import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../test/support/test-site.ts'
import type { CaseId } from '../../foundation/ids.ts'

let world: TestClinic
let site: TestSite
let caseId: CaseId
beforeAll(async () => {
  world = await openTestClinic()
  site = await openTestSite(world)
  caseId = await openTestCase(world, { agencies: ['lead', 'cyber', 'stalking', 'police'] })
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const base = () => `/cases/${caseId}/map`
const once = (name: string) => name.padEnd(22, 'x').slice(0, 22)

test('whoever has no business with the map finds no page, and a role that may only look changes nothing', async () => {
  for (const role of ['police-liaison', 'call-handler', 'manager', 'administrator'] as const)
    expect((await site.get(base(), { as: role })).status).toBe(404)
  expect((await site.get(base())).location).toContain('/sign-in')
  for (const role of ['coordinator', 'idva'] as const) {
    expect((await site.get(base(), { as: role })).text).not.toContain('Put these on the map')
    expect((await site.post(base(), { entries: 'phone' }, { as: role })).status).toBe(404)
  }
})

test('an adviser ticks what the client has, and is asked about each in turn', async () => {
  const as = { as: 'cyber-adviser' } as const
  const empty = await site.post(base(), {}, as)
  expect(empty.status).toBe(422)
  expect(empty.text).toContain('Select what they have')
  const added = await site.post(base(), { entries: ['phone', 'phone'], _once: once('add') }, as)
  expect(added.location).toBe(`${base()}/things/t1`)
  // The same form once more puts nothing on the map a second time.
  expect((await site.post(base(), { entries: ['phone', 'phone'], _once: once('add') }, as)).location).toBe(
    `${base()}/things/t1`,
  )
  const asked = await site.get(`${base()}/things/t1`, as)
  expect(asked.text).toContain('Do they know the passcode')
  const answered = await site.post(
    `${base()}/things/t1`,
    { label: '  Lena’s <b>phone</b> ', note: '', ground: 'told', seen: '1', 'q-passcode': 'yes' },
    as,
  )
  expect(answered.location).toBe(`${base()}/things/t2`)
  const { text } = await site.get(base(), as)
  expect(text).toContain('Lena’s &lt;b&gt;phone&lt;/b&gt;')
  expect(text).toContain('They reach it')
  expect(text).toContain('Phone 2')
})

test('statements on different grounds contradict each other, are both shown and both kept', async () => {
  const as = { as: 'cyber-adviser' } as const
  const form = { label: 'Phone', note: '', ground: 'seen', seen: '9', 'q-passcode': 'no' }
  expect((await site.post(`${base()}/things/t1`, form, as)).status).toBe(303)
  const { text } = await site.get(`${base()}/things/t1`, as)
  expect(text).toContain('So far: no (seen); yes (told). They disagree')
  expect((await site.get(base(), as)).text).toContain('Statements disagree')
})

test('of two advisers at one thing, the second is told, and nothing of either is lost', async () => {
  const as = { as: 'stalking-advocate' } as const
  const late = await site.post(
    `${base()}/things/t1`,
    { label: 'Late', note: 'Typed meanwhile', ground: 'told', seen: '1', 'q-hands': 'yes' },
    as,
  )
  expect(late.status).toBe(422)
  expect(late.text).toContain('Somebody else changed this while you were typing')
  expect(late.text).toContain('Typed meanwhile')
  expect((await site.get(`${base()}/history/2`, as)).text).toContain('It is not the map of today')
  expect((await site.get(`${base()}/history/99`, as)).status).toBe(404)
  expect((await site.get(`${base()}/history/0`, as)).status).toBe(404)
})

test('wrong and hostile answers get a clear word each, and what was typed stays', async () => {
  const as = { as: 'cyber-adviser' } as const
  const bad = await site.post(
    `${base()}/things/t1`,
    { label: '', note: 'kept', ground: 'heard', seen: '99', 'q-passcode': 'maybe' },
    as,
  )
  expect(bad.status).toBe(422)
  for (const words of [
    'Enter what the client calls it',
    'Select how this is known',
    'Select an answer from the list',
    'kept',
  ])
    expect(bad.text).toContain(words)
  expect((await site.get(`${base()}/things/t99`, as)).status).toBe(404)
  expect((await site.get(`${base()}/things/__proto__`, as)).status).toBe(404)
  expect((await site.post(`${base()}/things/t99/gone`, { gone: 'yes' }, as)).status).toBe(404)
})

test('a thing that is gone leaves the list and comes back whole', async () => {
  const as = { as: 'cyber-adviser' } as const
  await site.post(`${base()}/things/t2/gone`, { gone: 'yes' }, as)
  expect((await site.get(base(), as)).text).toContain('No longer theirs')
  await site.post(`${base()}/things/t2/gone`, { gone: 'no' }, as)
  expect((await site.get(base(), as)).text).not.toContain('No longer theirs')
})

test('S8 nothing of the map lies readable in the database', async () => {
  await site.post(`${base()}/words`, { words: 'The car said heron at the school.' }, { as: 'cyber-adviser' })
  const rows = await asOwner(world.ownerUrl, client =>
    client.query('select access_map::text as row from unwatched.access_map'),
  )
  expect(rows.rows.length).toBeGreaterThan(4)
  for (const { row } of rows.rows) expect(row).not.toMatch(/heron|passcode|Lena/)
})

test('what they reach is drawn and said, and the lock-out plan stands in its safe order', async () => {
  const as = { as: 'cyber-adviser' } as const
  const reach = await site.get(`${base()}/reach`, as)
  expect(reach.status).toBe(200)
  expect(reach.text).toContain('<svg')
  expect(reach.text).toContain('What is not known counts as possible')
  expect(reach.text).toContain('Where the client is')
  const plan = await site.get(`${base()}/lock-out`, as)
  expect(plan.status).toBe(200)
  expect(plan.text).toContain('Changing things can tip the suspected person off')
  expect(plan.text).toContain('What will be noticed')
  expect(plan.text).toContain('id="step-1"')
  const without = await site.get(`${base()}/lock-out?never=replace-it:t1&never=nothing:t9&never=%3Cb%3E`, as)
  expect(without.status).toBe(200)
  expect(without.text).not.toContain('<b>')
  expect((await site.get(`${base()}/lock-out`, { as: 'police-liaison' })).status).toBe(404)
})
