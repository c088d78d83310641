import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MapSite, openMapSite, plain } from '../../../../test/support/map-site.ts'

let site: MapSite
beforeAll(async () => {
  site = await openMapSite()
  await site.addPhones()
})
afterAll(() => site.close())

const as = { as: 'cyber-adviser' } as const
const once = (name: string) => name.padEnd(22, 'x').slice(0, 22)

test('S1 an adviser says what a channel goes through; the verdict of the map is on both pages and no person can say otherwise', async () => {
  const contact = `/cases/${site.caseId}/contact`
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
  await site.post(site.base, { entries: 'mailbox', _once: once('mailbox') }, as)
  const thing = `${site.base}/things/t3`
  expect((await site.get(thing, as)).text).toContain('A mailbox')
  for (const role of ['police-liaison', 'call-handler', 'manager', 'idva'] as const)
    expect((await site.get(`${site.base}/channels/c1`, { as: role })).status).toBe(404)
  expect((await site.get(await site.outOfSight(`${site.base}/channels/c1`), as)).status).toBe(404)
  for (const role of ['coordinator', 'idva'] as const) {
    expect((await site.post(`${site.base}/channels/c1`, { through: 't3' }, { as: role })).status).toBe(404)
  }
  const form = await site.get(`${site.base}/channels/c1`, as)
  expect(form.text).toContain('What E-mail 1 goes through')
  expect(form.text).not.toContain('lena@example.org')
  for (const through of [[], ['t3', 'not-on-map'], ['t99', '__proto__']]) {
    const bad = await site.post(`${site.base}/channels/c1`, { through, seen: '' }, as)
    expect(bad.status).toBe(422)
    expect(bad.text).toContain('Select what it goes through')
  }
  expect((await site.post(`${site.base}/channels/c9`, { through: 't3' }, as)).status).toBe(404)
  expect((await site.post(`${site.base}/channels/c1`, { through: 't3', seen: '' }, as)).location).toBe(
    `${site.base}/channels`,
  )
  expect((await site.post(`${site.base}/channels/c1`, { through: 't1', seen: '' }, as)).text).toContain(
    'Somebody else changed this meanwhile',
  )
  expect((await site.get(`${site.base}/channels`, as)).text).toContain(
    'It is not known, and so taken as possible',
  )
  const answers = { label: 'Old mailbox', note: '', basis: 'told', seen: '99', 'q-password': 'yes' }
  await site.post(thing, answers, as)
  const { text } = await site.get(contact, as)
  expect(text).toContain('It is suspected that they see what is said on it.')
  expect(text).toContain('The map says that the suspected person can observe it.')
  for (const page of [`${site.base}/channels/c1`])
    expect(plain((await site.get(page, as)).text), page).toContain(
      'The map says that the suspected person can observe it. Do not use it.',
    )
  expect(text).toContain('turned out to be observable')
  const word = { channel: 'c1', verdict: 'not-observable', why: 'They never look.' }
  const refused = await site.post(`${contact}/verdict`, word, as)
  expect(refused.status).toBe(422)
  expect(refused.text).toContain(
    'The access map says that they can observe it. Change the map, with your reason',
  )
})

test('S1 a letter is tied to the home to which it goes, and a call to no home alone', async () => {
  const contact = `/cases/${site.caseId}/contact`
  const hours = { safe: 'yes', mayRemind: 'yes', days: ['1'], from: '10:00', until: '14:00' }
  await site.post(`${contact}/channels/new`, { ...hours, kind: 'post', value: '1 High Street' }, as)
  await site.post(`${contact}/channels/new`, { ...hours, kind: 'phone', value: '07700 900123' }, as)
  await site.post(site.base, { entries: 'property', _once: once('property') }, as)
  const tie = (channel: string, through: readonly string[]) =>
    site.post(`${site.base}/channels/${channel}`, { through: [...through], seen: '' }, as)
  const phoneForLetter = await tie('c2', ['t1'])
  expect(phoneForLetter.status).toBe(422)
  expect(phoneForLetter.text).toContain('Select the home or the box to which the letter goes')
  const homeForCall = await tie('c3', ['t4'])
  expect(homeForCall.status).toBe(422)
  expect(homeForCall.text).toContain('Select the device on which it rings or is read')
  expect((await tie('c2', ['t4'])).status).toBe(303)
  expect((await tie('c3', ['t1', 't4'])).status).toBe(303)
})
