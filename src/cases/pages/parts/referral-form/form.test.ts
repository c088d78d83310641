import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, openTestClinic, type TestClinic } from '../../../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../../../test/support/test-site.ts'

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

const onceOf = (page: string): string => /name="_once" value="([^"]+)"/.exec(page)?.[1] ?? ''
const usual = { words: 'He reads my messages.', adult: 'yes', postcode: 'TN9 1AA', cyberstalked: 'yes' }
const referralsOf = (once: string) =>
  asOwner(world.ownerUrl, async client => {
    const found = await client.query('select * from unwatched.referral where form_token = $1', [once])
    return found.rows
  })
const fresh = async () => {
  const visitor = await site.visitor()
  return { visitor, once: onceOf((await visitor.get('/refer/form')).text) }
}

test('a postcode with a typing mistake is a clear problem that keeps all that was typed, and may be left empty', async () => {
  const { visitor, once } = await fresh()
  const typed = { ...usual, postcode: 'TN9 1A', clientName: 'Marigold', _once: once }
  const wrong = await visitor.post('/refer/form', typed)
  expect(wrong.status).toBe(400)
  expect(wrong.text).toContain('href="#postcode">Check your postcode')
  for (const kept of ['value="TN9 1A"', 'value="Marigold"', 'He reads my messages.'])
    expect(wrong.text).toContain(kept)
  expect(await referralsOf(once)).toEqual([])
  expect((await visitor.post('/refer/form', { ...typed, postcode: '' })).location).toContain('/refer/sent/')
})

test('a postcode outside our lists with one of our councils is kept and asked about, and so is the reverse', async () => {
  for (const [postcode, council, doubt] of [
    ['M1 1AA', 'E07000111', 'postcode-outside-council-inside'],
    ['TN9 1AA', 'other', 'postcode-inside-council-outside'],
    ['DA2 7AA', 'E07000111', null],
  ] as const) {
    const { visitor, once } = await fresh()
    const sent = await visitor.post('/refer/form', { ...usual, postcode, council, _once: once })
    expect(sent.location).toContain('/refer/sent/')
    const [row] = await referralsOf(once)
    expect(row?.decision).toMatchObject({ outcome: doubt ? 'ask' : 'ours', areaDoubt: doubt })
    const page = await site.get(`/triage/${row?.case_id}`, { as: 'coordinator' })
    if (doubt) expect(page.text).toContain('Ask for both again: a council tax bill tells.')
  }
})

test('on the telephone a postcode that cannot be one stops nothing, and is what to ask next', async () => {
  const sheet = await site.get('/calls/new', { as: 'call-handler' })
  const fields = { ...usual, postcode: 'TN9 1A', _once: onceOf(sheet.text) }
  const saved = await site.post('/calls/new', fields, { as: 'call-handler' })
  const page = await site.get(saved.location ?? '', { as: 'call-handler' })
  expect(page.text).toContain('The postcode could not be read: it may be mistyped.')
})
