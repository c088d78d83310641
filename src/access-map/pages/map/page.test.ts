import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../../test/support/test-site.ts'
import type { CaseId } from '../../../foundation/ids.ts'

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

test('somebody who may not see the map finds no page, and a role that may only look changes nothing', async () => {
  for (const role of ['police-liaison', 'call-handler', 'manager', 'administrator'] as const)
    expect((await site.get(base(), { as: role })).status).toBe(404)
  expect((await site.get(base())).location).toContain('/sign-in')
  for (const role of ['coordinator', 'idva'] as const) {
    expect((await site.get(base(), { as: role })).text).not.toContain('Put these on the map')
    expect((await site.post(base(), { entries: 'phone' }, { as: role })).status).toBe(404)
  }
})

test('an adviser ticks what the client has, and is asked about each', async () => {
  const as = { as: 'cyber-adviser' } as const
  const empty = await site.post(base(), {}, as)
  expect(empty.status).toBe(422)
  expect(empty.text).toContain('Select what they have')
  const added = await site.post(base(), { entries: ['phone', 'phone'], _once: once('add') }, as)
  expect(added.location).toBe(`${base()}/questions`)
  // The same form once more puts nothing on the map a second time.
  expect((await site.post(base(), { entries: ['phone', 'phone'], _once: once('add') }, as)).location).toBe(
    `${base()}/questions`,
  )
  expect((await site.get(`${base()}/questions`, as)).text).toContain('name="t2-q-passcode"')
  const asked = await site.get(`${base()}/things/t1`, as)
  expect(asked.text).toContain('Do they know the passcode')
  const answered = await site.post(
    `${base()}/things/t1`,
    { label: '  Lena’s <b>phone</b> ', note: '', basis: 'told', seen: '1', 'q-passcode': 'yes' },
    as,
  )
  expect(answered.location).toBe(`${base()}/things/t2?saved=2`)
  expect((await site.get(`${base()}/things/t2?saved=2`, as)).text).toContain('Saved. The picture')
  expect((await site.get(`${base()}/things/t2?saved=1`, as)).text).not.toContain('Saved.')
  const { text } = await site.get(base(), as)
  expect(text).toContain('Lena’s &lt;b&gt;phone&lt;/b&gt;')
  expect(text).toContain('They reach it')
  expect(text).toContain('Phone 2')
})

test('statements on different bases that contradict each other are both shown and both kept', async () => {
  const as = { as: 'cyber-adviser' } as const
  const form = { label: 'Phone', note: '', basis: 'seen', seen: '9', 'q-passcode': 'no' }
  expect((await site.post(`${base()}/things/t1`, form, as)).status).toBe(303)
  const { text } = await site.get(`${base()}/things/t1`, as)
  expect(text).toContain('So far: no (seen); yes (told). They disagree')
  expect((await site.get(base(), as)).text).toContain('Statements disagree')
})

test('when two advisers change one thing the second one is told, and nothing of either is lost', async () => {
  const as = { as: 'stalking-advocate' } as const
  const late = await site.post(
    `${base()}/things/t1`,
    { label: 'Late', note: 'Typed meanwhile', basis: 'told', seen: '1', 'q-hands': 'yes' },
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
    { label: '', note: 'kept', basis: 'heard', seen: '99', 'q-passcode': 'maybe' },
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

test('the questions of all things are answered on one screen, and nothing that two advisers typed is lost', async () => {
  const as = { as: 'cyber-adviser' } as const
  const path = `${base()}/questions`
  expect((await site.get(path, { as: 'idva' })).status).toBe(404)
  expect((await site.post(path, { basis: 'told', 't2-q-hands': 'no' }, { as: 'idva' })).status).toBe(404)
  expect((await site.post(path, { basis: 'told', seen: '99' }, as)).text).toContain(
    'Select an answer to at least one question',
  )
  const bad = await site.post(
    path,
    { basis: '', seen: '99', 't2-q-hands': 'maybe', 't1-q-watched': 'no' },
    as,
  )
  expect(bad.status).toBe(422)
  for (const words of ['Select how this is known', 'Select an answer from the list'])
    expect(bad.text).toContain(words)
  expect((await site.post(path, { basis: 'told', seen: '1', 't1-q-watched': 'no' }, as)).text).toContain(
    'Somebody else changed one of these things',
  )
  const form = {
    basis: 'told',
    seen: '99',
    't1-q-watched': 'no',
    't2-q-passcode': 'probably',
    't9-q-x': 'yes',
  }
  const location = (await site.post(path, form, as)).location ?? ''
  expect(location).toMatch(/\/map\?saved=\d+$/)
  const { text } = await site.get(location, as)
  expect(text).toContain('Saved. The picture')
  expect(text).toContain('Ask next')
  expect(text).toContain(`${base()}/things/t2#q-watched`)
})

test('a thing that is gone leaves the list and comes back whole', async () => {
  const as = { as: 'cyber-adviser' } as const
  await site.confirm(`${base()}/things/t2/gone`, { gone: 'yes' }, as)
  expect((await site.get(base(), as)).text).toContain('No longer theirs')
  await site.confirm(`${base()}/things/t2/gone`, { gone: 'no' }, as)
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

test('what they reach is drawn and said, and the lock-out plan is in its safe order', async () => {
  const as = { as: 'cyber-adviser' } as const
  const reach = await site.get(`${base()}/reach`, as)
  expect(reach.status).toBe(200)
  expect(reach.text).toContain('<svg')
  expect(reach.text).toContain('What is not known counts as possible')
  expect(reach.text).toContain('Where the client is')
  const lit = await site.get(`${base()}/reach?way=info-location&by=kind&open=%3Cb%3E&open=t1`, as)
  expect(lit.text).toContain('class="reach-lit"')
  expect(lit.text).toContain('and so reaches where the client is')
  expect(lit.text).not.toContain('<b>')
  const hostile = '/reach?way=__proto__&last=%22%3E&by=constructor&open=constructor'
  expect((await site.get(`${base()}${hostile}`, as)).text).not.toContain('class="reach-lit"')
  const both = await site.get(`${base()}/before-and-after`, as)
  expect(both.text).toContain('No kind of information is reached, as far as the answers go')
  const sheet = await site.get(`${base()}/print`, as)
  expect(sheet.text).toContain('<title>Devices and accounts</title>')
  expect(sheet.text.replace(/<[^>]+>/g, ' ')).not.toMatch(/suspect|stalk|abuse|police|Unwatched/i)
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

test('S1 an adviser says what a channel goes through; the verdict of the map is on both pages and no person can say otherwise', async () => {
  const as = { as: 'cyber-adviser' } as const
  const contact = `/cases/${caseId}/contact`
  expect((await site.get(`${base()}/channels`, as)).text).toContain('No way to reach the client')
  await site.post(`${contact}/plan`, { wants: 'yes', voicemail: 'never' }, as)
  const channel = {
    kind: 'email',
    value: 'lena@example.org',
    safe: 'yes',
    mayRemind: 'yes',
    days: ['1'],
    from: '10',
    until: '',
  }
  expect(
    (await site.post(`${contact}/channels/new`, { ...channel, from: '10:00', until: '14:00' }, as)).status,
  ).toBe(303)
  await site.post(base(), { entries: 'mailbox', _once: once('mailbox') }, as)
  const thing = `${base()}/things/t3`
  expect((await site.get(thing, as)).text).toContain('A mailbox')
  for (const role of ['police-liaison', 'call-handler', 'manager'] as const)
    expect((await site.get(`${base()}/channels`, { as: role })).status).toBe(404)
  for (const role of ['coordinator', 'idva'] as const) {
    expect((await site.get(`${base()}/channels`, { as: role })).text).not.toContain('channels/c1')
    expect((await site.post(`${base()}/channels/c1`, { through: 't3' }, { as: role })).status).toBe(404)
  }
  const form = await site.get(`${base()}/channels/c1`, as)
  expect(form.text).toContain('What E-mail 1 goes through')
  expect(form.text).not.toContain('lena@example.org')
  for (const through of [[], ['t3', 'not-on-map'], ['t99', '__proto__']]) {
    const bad = await site.post(`${base()}/channels/c1`, { through, seen: '' }, as)
    expect(bad.status).toBe(422)
    expect(bad.text).toContain('Select what it goes through')
  }
  expect((await site.post(`${base()}/channels/c9`, { through: 't3' }, as)).status).toBe(404)
  expect((await site.post(`${base()}/channels/c1`, { through: 't3', seen: '' }, as)).location).toBe(
    `${base()}/channels`,
  )
  expect((await site.post(`${base()}/channels/c1`, { through: 't1', seen: '' }, as)).text).toContain(
    'Somebody else changed this meanwhile',
  )
  expect((await site.get(`${base()}/channels`, as)).text).toContain(
    'It is not known, and so taken as possible',
  )
  const answers = { label: 'Old mailbox', note: '', basis: 'told', seen: '99', 'q-password': 'yes' }
  await site.post(thing, answers, as)
  const { text } = await site.get(contact, as)
  expect(text).toContain('They see what is said on it.')
  expect(text).toContain('The map says that the suspected person can observe it.')
  for (const page of [`${base()}/channels`, `${base()}/channels/c1`])
    expect((await site.get(page, as)).text, page).toContain(
      'Do not use it. The suspected person can observe it.',
    )
  expect(text).toContain('turned out to be observable')
  const word = { channel: 'c1', verdict: 'not-observable', why: 'They never look.' }
  const refused = await site.post(`${contact}/verdict`, word, as)
  expect(refused.status).toBe(422)
  expect(refused.text).toContain(
    'The access map says that they can observe it. Change the map, with your reason',
  )
})
