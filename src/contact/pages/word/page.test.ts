import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../../test/support/test-site.ts'
import { accessCase } from '../../../audit/operations/access-case.ts'
import type { CaseId } from '../../../foundation/ids.ts'

let world: TestClinic
let site: TestSite
let caseId: CaseId
// Thursday noon, inside the client's hours.
const today = '2026-03-05T12:00:00Z'
beforeAll(async () => {
  world = await openTestClinic(today)
  site = await openTestSite(world)
  caseId = await openTestCase(world)
  await site.post(`${base()}/plan`, { wants: 'yes', voicemail: 'never' }, as)
  const channel = {
    safe: 'yes',
    mayRemind: 'no',
    days: ['1', '2', '3', '4', '5', '6', '7'],
    from: '8',
    until: '20',
  }
  for (const [kind, value] of [
    ['phone', number],
    ['text', '+44 7700 900456'],
  ] as const)
    await site.post(`${base()}/channels/new`, { ...channel, kind, value, from: '08:00', until: '20:00' }, as)
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const number = '07700 900456'
const base = () => `/cases/${caseId}/contact`
const word = () => `${base()}/channels/c1/word`
const as = { as: 'stalking-advocate' } as const
const answers = {
  heard: 'on-a-call',
  said: 'Bought by her sister, never at home',
  'until-day': '3',
  'until-month': '4',
  'until-year': '2026',
}

test('anyone who has no business with the client’s contact neither reads nor writes what they say of a channel', async () => {
  expect((await site.get(word())).location).toContain('/sign-in')
  for (const role of ['police-liaison', 'call-handler', 'manager', 'administrator'] as const) {
    expect((await site.get(word(), { as: role })).status).toBe(404)
    expect((await site.post(word(), answers, { as: role })).status).toBe(404)
    expect((await site.post(`${word()}/taken-back`, {}, { as: role })).status).toBe(404)
  }
  expect((await site.get(`${base()}/channels/c9/word`, as)).status).toBe(404)
  expect((await site.post(`${base()}/channels/c9/word`, answers, as)).status).toBe(404)
})

test('S1 a number of which nobody knows anything says so wherever it stands: it is not to be rung', async () => {
  const unknown = 'Do not ring it. It is not known whether the suspected person can observe it.'
  expect((await site.get(base(), as)).text).toContain(unknown)
  const revealed = (await site.post(`${base()}/reveal`, { field: 'c1' }, as)).text
  expect(revealed).toMatch(new RegExp(`${number}</bdi><br>[\\s\\S]{0,400}${unknown}`))
})

test('S1 what the client says is written down with how, and a last day within thirty days; each wrong part is named', async () => {
  const bad = await site.post(word(), { heard: 'by-message', said: '', 'until-day': '3' }, as)
  expect(bad.status).toBe(422)
  for (const words of [
    'Select how they said that it is safe',
    'Enter what they said',
    'The last day on which it counts must include a month and year',
  ])
    expect(bad.text).toContain(words)
  const on = (day: string, month: string) => ({ ...answers, 'until-day': day, 'until-month': month })
  expect((await site.post(word(), on('4', '3'), as)).text).toContain('must be today or later')
  expect((await site.post(word(), on('5', '4'), as)).text).toContain('must be within 30 days')
  expect((await site.post(word(), answers, as)).location).toBe(base())
  const { text } = await site.get(base(), as)
  expect(text).toContain('The client says that it is safe, until 3 April 2026. The map does not know.')
  expect(text).toContain('You may ring it now.')
  expect(text).toContain(
    'On a call, after both code words, written down by <bdi>Test stalking-advocate</bdi>',
  )
  expect(text).not.toContain('Safe by the map')
  // A text to the same number is another channel, of which they said nothing.
  expect(text).toContain('Do not use it. It is not known whether the suspected person can observe it.')
})

test('S1 what the client no longer says is taken back, and written down again', async () => {
  expect((await site.post(`${word()}/taken-back`, {}, as)).location).toBe(base())
  expect((await site.get(base(), as)).text).not.toContain('The client says that it is safe')
  expect((await site.post(word(), answers, as)).status).toBe(303)
  expect((await site.get(base(), as)).text).toContain('The client says that it is safe')
})

test('S1 a colleague who doubts ends what the client said; where one knows that it is observed nothing gets round that, on the number’s other channels neither', async () => {
  const doubt = { channel: 'c1', verdict: 'unknown', why: 'He answered it once' }
  await site.post(`${base()}/verdict`, doubt, as)
  expect((await site.get(base(), as)).text).toContain('A colleague doubts that it is safe.')
  expect((await site.post(word(), answers, as)).status).toBe(303)
  await site.post(`${base()}/verdict`, { channel: 'c1', verdict: 'observable', why: 'On his contract' }, as)
  const { text } = await site.get(base(), as)
  expect(text.match(/A colleague knows that the suspected person can observe it\./g)?.length).toBeGreaterThan(
    1,
  )
  for (const channel of ['c1', 'c2']) {
    const path = `${base()}/channels/${channel}/word`
    const page = await site.get(path, as)
    expect(page.text).toContain('Nothing that anybody says lifts this.')
    expect(page.text).not.toContain('name="heard"')
    const refused = await site.post(path, answers, as)
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('nothing that the client says lifts that')
  }
})

test('S8 what the client said lies sealed, and S1 the database takes no word on what can be observed, none without an end, and none back', async () => {
  const { rows } = await asOwner(world.ownerUrl, client =>
    client.query('select w::text as row from unwatched.client_word w'),
  )
  expect(rows.length).toBeGreaterThan(2)
  for (const { row } of rows) expect(row).not.toMatch(/sister|900456/)
  const onContact = (text: string) =>
    world.clinic.database.transaction(world.as('stalking-advocate'), async transaction => {
      await accessCase(transaction, { caseId, part: 'contact', mode: 'write' })
      await sql.raw(text).execute(transaction.tables())
    })
  const add = (channel: string, until: string) =>
    onContact(`insert into unwatched.client_word (clinic_id, case_id, channel_id, heard, at, by_person, counts_until, sealed)
      values (unwatched.clinic_now(), '${caseId}', '${channel}', 'face-to-face', unwatched.time_now(), unwatched.person_now(),
              unwatched.time_now() + interval '${until}', 'x')`)
  await expect(add('c1', '3 days')).rejects.toThrow(/row-level security/)
  await expect(add('c7', '40 days')).rejects.toThrow(/check constraint/)
  await add('c7', '3 days')
  await expect(
    onContact(`update unwatched.client_word set counts_until = counts_until + interval '1 day'`),
  ).rejects.toThrow(/permission denied/)
  await expect(onContact('delete from unwatched.client_word')).rejects.toThrow(/permission denied/)
})

test('S1 the day after its last what the client said no longer counts, and the page says that it is over', async () => {
  const other = await openTestCase(world)
  const contact = `/cases/${other}/contact`
  const before = await site.visitor('stalking-advocate')
  await before.post(`${contact}/plan`, { wants: 'yes', voicemail: 'never' })
  const days = ['1', '2', '3', '4', '5', '6', '7']
  const channel = {
    kind: 'phone',
    value: number,
    safe: 'yes',
    mayRemind: 'no',
    days,
    from: '08:00',
    until: '20:00',
  }
  await before.post(`${contact}/channels/new`, channel)
  expect((await before.post(`${contact}/channels/c1/word`, answers)).status).toBe(303)
  world.clock.moveTo('2026-04-03T18:30:00Z')
  const lastDay = await site.visitor('stalking-advocate')
  expect((await lastDay.get(contact)).text).toContain('You may ring it now.')
  world.clock.moveTo('2026-04-04T12:00:00Z')
  const dayAfter = await site.visitor('stalking-advocate')
  const { text } = await dayAfter.get(contact)
  expect(text).toContain(
    'The client said that it is safe, until 3 April 2026. That is over, and the map does not know.',
  )
  expect(text).toContain('Do not ring it.')
})
