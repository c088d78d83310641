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
  caseId = await openTestCase(world, { clientName: 'Lucid Fictional' })
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const base = () => `/cases/${caseId}/contact`
const as = { as: 'stalking-advocate' } as const
const number = '07700 900456'

test('anyone who has no business with the client’s contact finds no page', async () => {
  expect((await site.get(base())).location).toContain('/sign-in')
  for (const role of ['police-liaison', 'call-handler', 'manager', 'administrator'] as const) {
    expect((await site.get(base(), { as: role })).status).toBe(404)
    expect((await site.post(`${base()}/plan`, { wants: 'yes' }, { as: role })).status).toBe(404)
    expect((await site.get('/tasks', { as: role })).status).toBe(403)
  }
})

test('until something is agreed the page says so, and every wrong answer is named at once', async () => {
  expect((await site.get(base(), as)).text).toContain('Nothing has been agreed yet')
  const bad = await site.post(`${base()}/plan`, { wants: 'perhaps', weSay: 'x'.repeat(201) }, as)
  expect(bad.status).toBe(422)
  for (const words of [
    'Select whether they want to be contacted',
    'Select whether a message may be left',
    'What we say must be 200 characters or less',
  ])
    expect(bad.text).toContain(words)
  const noWords = await site.post(`${base()}/plan`, { wants: 'yes', voicemail: 'agreed' }, as)
  expect(noWords.text).toContain('Enter the words that were agreed for a message')
  expect(
    (await site.post(`${base()}/plan`, { wants: 'yes', voicemail: 'never', weSay: 'blue kettle' }, as))
      .status,
  ).toBe(303)
})

test('a channel is read with its hours, and each wrong part is named', async () => {
  const bad = await site.post(
    `${base()}/channels/new`,
    {
      kind: 'email',
      value: 'no address',
      safe: 'yes',
      mayRemind: 'yes',
      from: '25:00',
      'expires-day': '1',
      'expires-month': '1',
      'expires-year': '2020',
    },
    as,
  )
  expect(bad.status).toBe(422)
  for (const words of [
    'must be an e-mail address',
    'Select the days on which it is safe',
    'Enter the time from which it is safe',
    'Enter the time until which it is safe',
    'must be today or later',
  ])
    expect(bad.text).toContain(words)
  const slip = { kind: 'phone', value: number, safe: 'yes', mayRemind: 'no', days: ['5'], from: '10:00' }
  const tomorrow = { 'expires-day': '1', 'expires-month': '1', 'expires-year': '2030' }
  const all = await site.post(`${base()}/channels/new`, { ...slip, until: '10:00', ...tomorrow }, as)
  expect(all.status).toBe(422)
  expect(all.text).toContain('The two times must differ')
  expect(all.text).toContain('must be within three months')
  const good = {
    kind: 'phone',
    value: number,
    safe: 'yes',
    mayRemind: 'no',
    days: ['5', '6'],
    from: '22.00',
    until: '2:00',
  }
  expect((await site.post(`${base()}/channels/new`, good, as)).status).toBe(303)
  const { text } = await site.get(base(), as)
  expect(text).toContain('Friday, Saturday, 22:00 to 02:00 the next day')
})

test('S6 a number and a code word are shown on a click alone, and the click is in the trail', async () => {
  const page = await site.get(base(), as)
  expect(page.text).not.toContain(number)
  expect(page.text).not.toContain('blue kettle')
  expect((await site.post(`${base()}/reveal`, { field: 'c1' }, as)).text).toContain(number)
  expect((await site.post(`${base()}/reveal`, { field: 'weSay' }, as)).text).toContain('blue kettle')
  expect((await site.post(`${base()}/reveal`, { field: '__proto__' }, as)).status).toBe(200)
  expect((await site.get(`/cases/${caseId}/trail`, { as: 'coordinator' })).text).toContain(
    'Uncovered a contact detail',
  )
})

test('the form of a channel shows neither its number nor that it is safe: the one is kept, the other asked again', async () => {
  const form = (await site.get(`${base()}/channels/c1`, as)).text
  expect(form).not.toContain(number)
  expect(form).not.toMatch(/name="safe"[^>]*checked/)
  expect(form).toContain('Leave it empty to keep the one there is')
  const answers = { kind: 'phone', value: '', mayRemind: 'no', days: ['5'], from: '22.00', until: '2:00' }
  const unsaid = await site.post(`${base()}/channels/c1`, answers, as)
  expect(unsaid.text).toContain('Select whether they said it is safe')
  const two = { ...answers, safe: 'yes', days2: ['1', '2', '3'], from2: '9:30', until2: 'noon' }
  expect((await site.post(`${base()}/channels/c1`, two, as)).text).toContain('Enter the time until which')
  expect((await site.post(`${base()}/channels/c1`, { ...two, until2: '11:00' }, as)).status).toBe(303)
  const { text } = await site.get(base(), as)
  expect(text).toContain('Monday to Wednesday, 09:30 to 11:00')
  expect(text).toContain('Phone call 1')
  expect((await site.post(`${base()}/reveal`, { field: 'c1' }, as)).text).toContain(number)
  expect((await site.post(`${base()}/channels/new`, { ...two, until2: '11:00' }, as)).text).toContain(
    'Enter the number or address',
  )
})

test('the page says who wrote it down and when, and the form that shows the code words is in the trail', async () => {
  expect((await site.get(base(), as)).text).toMatch(
    /Written down[\s\S]{0,200}By [\s\S]{0,80}changed \d times before/,
  )
  const counted = async () =>
    (
      await asOwner(world.ownerUrl, client =>
        client.query(`select 1 from unwatched.act where verb = 'contact-revealed'`),
      )
    ).rowCount ?? 0
  const before = await counted()
  expect((await site.get(`${base()}/plan`, as)).location).toBe(base())
  expect((await site.post(`${base()}/plan/open`, {}, as)).text).toContain('blue kettle')
  expect(await counted()).toBe(before + 1)
})

test('another number is another channel: what was known of the old one is not known of it', async () => {
  const lastDay = { 'until-day': '31', 'until-month': '3', 'until-year': '2026' }
  const word = { heard: 'face-to-face', said: 'Bought by a friend', ...lastDay }
  expect((await site.post(`${base()}/channels/c1/word`, word, as)).status).toBe(303)
  expect((await site.get(base(), as)).text).toContain('Bought by a friend')
  const other = {
    kind: 'phone',
    value: '07700 900789',
    safe: 'yes',
    mayRemind: 'no',
    days: ['1'],
    from: '10:00',
    until: '14:00',
  }
  await site.post(`${base()}/channels/c1`, other, as)
  const { text } = await site.get(base(), as)
  expect(text).not.toContain('Bought by a friend')
  expect(text).not.toContain('Client says so')
  expect(text).toContain('Phone call 2')
  expect((await site.get(`${base()}/channels/c1`, as)).status).toBe(404)
})

test('a channel that turns out observable raises a task, which a person does and says how', async () => {
  expect(
    (await site.post(`${base()}/verdict`, { channel: 'c9', verdict: 'observable', why: 'x' }, as)).text,
  ).toContain('Select which way')
  await site.post(`${base()}/verdict`, { channel: 'c2', verdict: 'observable', why: 'On his contract' }, as)
  const tasks = await site.get('/tasks', { as: 'idva' })
  expect(tasks.text).toContain('turned out to be observable')
  expect(tasks.text).not.toContain('Lucid')
  const path = /action="(\/cases\/[^"]+\/tasks\/[^"]+)"/.exec((await site.get(base(), as)).text)?.[1] ?? ''
  expect((await site.confirm(path, {}, as)).text).toContain('<a href="#note">Enter what was done</a>')
  expect((await site.get('/tasks', { as: 'idva' })).text).toContain('turned out to be observable')
  expect((await site.confirm(path, { note: 'Agreed on the library.' }, as)).status).toBe(303)
  expect((await site.get('/tasks', { as: 'idva' })).text).toContain('There is nothing to do')
  // Closed by mistake: it comes back as a new one, and the one that was closed keeps its note and its name.
  expect((await site.get(base(), as)).text).toContain('Raise it again')
  expect((await site.confirm(path, { again: 'yes' }, as)).status).toBe(303)
  expect((await site.get('/tasks', { as: 'idva' })).text).toContain('turned out to be observable')
  expect((await site.post(path, { again: 'yes' }, as)).status, 'raised once, not twice').toBe(303)
  const open = [...(await site.get('/tasks', { as: 'idva' })).text.matchAll(/turned out to be observable/g)]
  expect(open).toHaveLength(1)
  const raised = /action="(\/cases\/[^"]+\/tasks\/[^"]+)"/.exec((await site.get(base(), as)).text)?.[1] ?? ''
  expect(raised).not.toBe(path)
  await site.confirm(raised, { note: 'And now for good.' }, as)
})

test('S8 nothing of what was agreed lies readable in the database', async () => {
  for (const table of ['contact_plan', 'channel_verdict', 'task', 'act']) {
    const { rows } = await asOwner(world.ownerUrl, client =>
      client.query(`select ${table}::text as row from unwatched.${table}`),
    )
    for (const { row } of rows) expect(row).not.toMatch(/900456|900789|blue kettle|contract|library/)
  }
})
