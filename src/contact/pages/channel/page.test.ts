import { afterAll, beforeAll, expect, test } from 'vitest'
import { verbsOf } from '../../../../test/support/acts-of-case.ts'
import { type ContactSite, number, openContactSite, phone } from '../../../../test/support/contact-site.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner } from '../../../../test/support/test-clinic.ts'
import { statusesOf } from '../../../../test/support/test-site.ts'

let site: ContactSite
beforeAll(async () => {
  site = await openContactSite()
})
afterAll(() => site.close())

const as = { as: 'stalking-advocate' } as const

test('a channel is written down by those who keep contact with the client, in a case in their sight', async () => {
  const closed = `/cases/${await openTestCase(site.world, { agencies: ['lead'] })}/contact/channels/new`
  const paths = [`${site.base}/channels/new`, closed, `${site.base}/channels/c1`]
  expect(await statusesOf(site, paths, 'stalking-advocate')).toEqual([200, 404, 404])
  for (const role of ['police-liaison', 'call-handler', 'manager', 'administrator'] as const) {
    expect(await statusesOf(site, [`${site.base}/channels/new`], role), role).toEqual([404])
    expect((await site.post(`${site.base}/channels/new`, phone, { as: role })).status).toBe(404)
  }
})

test('a channel is read with its hours, and each wrong part is named', async () => {
  const bad = await site.post(
    `${site.base}/channels/new`,
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
  const all = await site.post(`${site.base}/channels/new`, { ...slip, until: '10:00', ...tomorrow }, as)
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
  expect((await site.post(`${site.base}/channels/new`, good, as)).status).toBe(303)
  const { text } = await site.show()
  expect(text).toContain('Friday, Saturday, 22:00 to 02:00 the next day')
})

test('the form of a channel shows neither its number nor that it is safe: the one is kept, the other asked again', async () => {
  const form = (await site.get(`${site.base}/channels/c1`, as)).text
  expect(form).not.toContain(number)
  expect(form).not.toMatch(/name="safe"[^>]*checked/)
  expect(form).toContain('Leave it empty to keep the one there is')
  const answers = { kind: 'phone', value: '', mayRemind: 'no', days: ['5'], from: '22.00', until: '2:00' }
  const unsaid = await site.post(`${site.base}/channels/c1`, answers, as)
  expect(unsaid.text).toContain('Select whether they said it is safe')
  const two = { ...answers, safe: 'yes', days2: ['1', '2', '3'], from2: '9:30', until2: 'noon' }
  expect((await site.post(`${site.base}/channels/c1`, two, as)).text).toContain('Enter the time until which')
  expect((await site.post(`${site.base}/channels/c1`, { ...two, until2: '11:00' }, as)).status).toBe(303)
  const { text } = await site.show()
  expect(text).toContain('Monday to Wednesday, 09:30 to 11:00')
  expect(text).toContain('Phone call 1')
  expect((await site.post(`${site.base}/reveal`, { field: 'c1' }, as)).text).toContain(number)
  expect((await site.post(`${site.base}/channels/new`, { ...two, until2: '11:00' }, as)).text).toContain(
    'Enter the number or address',
  )
})

test('another number is another channel: what was known of the old one is not known of it', async () => {
  const lastDay = { 'until-day': '31', 'until-month': '3', 'until-year': '2026' }
  const word = { heard: 'face-to-face', said: 'Bought by a friend', ...lastDay }
  expect((await site.post(`${site.base}/channels/c1/word`, word, as)).status).toBe(303)
  expect((await site.show()).text).toContain('Bought by a friend')
  const other = {
    kind: 'phone',
    value: '07700 900789',
    safe: 'yes',
    mayRemind: 'no',
    days: ['1'],
    from: '10:00',
    until: '14:00',
  }
  await site.post(`${site.base}/channels/c1`, other, as)
  const { text } = await site.show()
  expect(text).not.toContain('Bought by a friend')
  expect(text).not.toContain('Client says so')
  expect(text).toContain('Phone call 2')
  expect((await site.get(`${site.base}/channels/c1`, as)).status).toBe(404)
})

test('S8 no number that was ever written down lies readable in the database', async () => {
  expect(await verbsOf(site.world, site.caseId)).toContain('contact-plan-changed')
  for (const table of ['contact_plan', 'channel_verdict', 'task', 'act']) {
    const { rows } = await asOwner(site.world.ownerUrl, client =>
      client.query(`select ${table}::text as row from unwatched.${table}`),
    )
    for (const { row } of rows) expect(row).not.toMatch(/900456|900789/)
  }
})
