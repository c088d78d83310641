import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../../test/support/test-site.ts'
import { knownPersonMap } from '../../../app/demo/map-stories.ts'
import { playMap } from '../../../app/demo/play-map.ts'
import type { CaseId } from '../../../foundation/ids.ts'

let world: TestClinic
let site: TestSite
let caseId: CaseId
beforeAll(async () => {
  world = await openTestClinic('2026-03-02T10:00:00Z')
  site = await openTestSite(world)
  caseId = await openTestCase(world, { agencies: ['lead', 'cyber', 'stalking', 'police'] })
  const things = knownPersonMap.things.filter(({ entry }) => ['phone', 'mailbox'].includes(entry))
  await playMap(world.clinic, world.as('cyber-adviser'), caseId, 'test', { ...knownPersonMap, things })
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const as = { as: 'cyber-adviser' } as const
const base = () => `/cases/${caseId}/map/lock-out`
const once = (name: string) => name.padEnd(22, 'x').slice(0, 22)
const field = (text: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? ''
const plain = (text: string) =>
  text
    .replaceAll('&#39;', '’')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')

/** The cards that are left, in their order on the page. */
async function cards() {
  const { text } = await site.get(base(), as)
  return [...text.matchAll(/<section class="plan-card"[\s\S]*?<\/section>/g)].map(([card]) => ({
    path: /href="([^"]*\/cards\/[^"]*)"/.exec(card)?.[1] ?? '',
    seen: field(card, 'seen'),
    said: plain(card),
    isLoud: card.includes('Will be noticed'),
    isBlocked: card.includes('Not yet:'),
  }))
}
const seen = async () => field((await site.get(`${base()}/moment`, as)).text, 'seen')

test('somebody who may not change the map chooses no plan and marks nothing', async () => {
  for (const role of ['police-liaison', 'call-handler', 'manager'] as const)
    expect((await site.get(base(), { as: role })).status).toBe(404)
  const { text } = await site.get(base(), { as: 'idva' })
  expect(text).not.toContain('The client chooses this plan')
  expect((await site.post(base(), {}, { as: 'idva' })).status).toBe(404)
})

test('plans are side by side with their price; a step says why it is there and what would replace it', async () => {
  const compared = plain((await site.get(`${base()}/compare`, as)).text)
  for (const words of ['Effort', 'Money', 'Disruption', 'Risk', 'Quiet first', 'Asks least'])
    expect(compared).toContain(words)
  const steps = field((await site.get(base(), as)).text, 'order').split(' ')
  const why = await site.get(`${base()}/what-if?step=${encodeURIComponent(steps.at(-1) ?? '')}`, as)
  expect(plain(why.text)).toMatch(/Without it this opens again|Other steps ask for it/)
  expect(plain(why.text)).toMatch(/stands in for it|Another plan closes as much|There is no plan without it/)
  expect((await site.get(`${base()}/what-if?step=nowhere`, as)).status).toBe(404)
  const next = plain((await site.get(`${base()}/what-if`, as)).text)
  expect(next).toContain('Quiet steps alone')
  expect(next).toContain('May there be a program on it that reports to them')
})

test('steps the client will not take are left out, and the page says what stays open then', async () => {
  const never =
    field((await site.get(base(), as)).text, 'order')
      .split(' ')
      .at(-1) ?? ''
  const { text } = await site.get(`${base()}?never=${encodeURIComponent(never)}`, as)
  expect(field(text, 'order').split(' ')).not.toContain(never)
  expect(field(text, 'never')).toBe(never)
})

test('a plan is chosen with the method and hour the client wants, and only one that can be taken', async () => {
  const { text } = await site.get(base(), as)
  const order = field(text, 'order')
  const bad = await site.post(
    base(),
    { order, seen: '0', 'hour-day': '31', 'hour-month': '2', time: '25:00' },
    as,
  )
  expect(bad.status).toBe(422)
  for (const words of [
    'Select how the client wants it done',
    'The day must include a year',
    'The hour must include minutes',
  ])
    expect(bad.text).toContain(words)
  const backwards = order.split(' ').reverse().join(' ')
  const unsound = await site.post(base(), { order: backwards, seen: '0', mode: 'quiet' }, as)
  expect(unsound.status).toBe(409)
  expect(unsound.text).toContain('can no longer be taken in this order')
  const form = { order, seen: '0', mode: 'quiet', _once: once('choose') }
  expect((await site.post(base(), form, as)).location).toBe(base())
  // The same form once more, and a colleague who chose at the same time.
  expect((await site.post(base(), form, as)).location).toBe(base())
  const late = await site.post(base(), { ...form, _once: once('late') }, { as: 'stalking-advocate' })
  expect(late.status).toBe(409)
  expect(late.text).toContain('A colleague changed this a moment ago')
  expect(plain((await site.get(base(), as)).text)).toContain(`0 of ${order.split(' ').length} steps are done`)
})

test('S9 a step that will be noticed does not go ahead before the hour the client chose, and the page says so', async () => {
  const loud = (await cards()).find(card => card.isLoud)
  if (!loud) throw new Error('this plan has nothing that will be noticed')
  expect(loud.isBlocked).toBe(true)
  for (const to of ['go', 'done']) {
    const refused = await site.post(loud.path, { to, seen: await seen() }, as)
    expect(refused.status).toBe(409)
    expect(refused.text).toContain('This step cannot go ahead yet')
    expect(refused.text).toContain('The client has not chosen the hour from which this may be done')
  }
  const hour = { mode: 'quiet', 'hour-day': '2', 'hour-month': '3', 'hour-year': '2026', time: '10:10' }
  expect((await site.post(`${base()}/moment`, { ...hour, seen: await seen() }, as)).location).toBe(base())
  expect((await site.post(`${base()}/moment`, { ...hour, time: '', seen: await seen() }, as)).text).toContain(
    'Enter the hour as well as the day',
  )
  const waiting = await site.post(loud.path, { to: 'go', seen: await seen() }, as)
  expect(waiting.text).toContain('The client chose to wait until 2 March 2026 at 10:10am')
})

test('what is done is closed on the map; when two advisers change one card the second one is told', async () => {
  const before = await cards()
  const first = before[0]
  if (!first) throw new Error('this plan is empty')
  expect(first.isBlocked).toBe(false)
  expect((await site.post(first.path, { to: 'done', seen: first.seen }, as)).location).toBe(base())
  const late = await site.post(first.path, { to: 'go', seen: first.seen }, { as: 'stalking-advocate' })
  expect(late.status).toBe(409)
  expect(late.text).toContain('A colleague changed this a moment ago')
  const { text } = await site.get(base(), as)
  expect(plain(text)).toContain('1 of ')
  expect(plain(text)).toContain('on 2 March 2026, recorded by Test cyber-adviser')
  expect((await cards()).length).toBe(before.length - 1)
  expect(plain((await site.get(`/cases/${caseId}/map/reach`, as)).text)).toContain('With the one step')
  const printed = await site.get(`${base()}/print`, as)
  const sheet = printed.text.replace(/<div class="not-printed">[\s\S]*?<\/div>/, '')
  expect(sheet).toContain('<title>Things to do')
  expect(sheet).toContain('Not before 2 March 2026 at 10:10am')
  expect(sheet).not.toMatch(/stalk|abuse|suspected|police|lock-out plan<|Alex Bryony/i)
})

test('at the chosen hour the steps go ahead in their order until nothing on the map is open', async () => {
  world.clock.moveTo('2026-03-02T10:12:00Z')
  for (let card = (await cards())[0]; card; card = (await cards())[0]) {
    if (card.isBlocked) {
      expect(card.said).toContain('Nobody has kept what it destroys')
      const kept = { to: 'keep', how: 'kept', where: 'Exhibit 1', seen: await seen() }
      expect((await site.post(card.path, kept, as)).location).toBe(card.path)
      expect((await site.get(card.path, as)).text).toContain('Exhibit 1')
    }
    const answer = await site.post(card.path, { to: 'done', seen: await seen() }, as)
    expect(answer.location, plain(answer.text)).toBe(base())
    if ((await cards()).length === 2) break
  }
  const [next] = await cards()
  if (!next) throw new Error('nothing is left to go wrong')
  const silent = await site.post(next.path, { to: 'could-not', what: '', seen: await seen() }, as)
  expect(silent.text).toContain('Enter why it could not be done')
  const marked = { to: 'could-not', what: 'The shop was shut', seen: await seen() }
  expect((await site.post(next.path, marked, as)).location).toBe(base())
  const { text } = await site.get(base(), as)
  expect(plain(text)).toContain('because a step could not be done')
  expect(plain(text)).toContain('The shop was shut')
  for (const card of await cards()) await site.post(card.path, { to: 'done', seen: await seen() }, as)
})

test('when the suspected person undid a step the rest is planned again, and what was done stays done', async () => {
  const { text } = await site.get(base(), as)
  const path = /href="([^"]*\/cards\/[^"]*)"/.exec(text.slice(text.indexOf('Done (')))?.[1] ?? ''
  const marked = { to: 'reacted', what: 'Asked for the car back', undid: 'yes', seen: await seen() }
  expect((await site.post(path, marked, as)).location).toBe(base())
  const after = plain((await site.get(base(), as)).text)
  expect(after).toContain('because the suspected person reacted')
  expect(after).toContain('Ask first whether the client is safe now')
  expect(plain((await site.get(path, as)).text)).toContain('Asked for the car back')
  expect((await site.get(`${base()}/cards/01900000-0000-7000-8000-000000000000`, as)).status).toBe(404)
  expect((await site.post(path, { to: 'explode', seen: 'x' }, as)).text).toContain('Select how it went')
})

test('S8 S11 nothing of the plan lies readable in the database, and its acts carry codes alone', async () => {
  await asOwner(world.ownerUrl, async client => {
    const rows = await client.query<{ row: string }>('select lock_out::text as row from unwatched.lock_out')
    expect(rows.rows.length).toBeGreaterThan(5)
    for (const { row } of rows.rows) expect(row).not.toMatch(/Lena|password|shop|Exhibit|Test cyber/)
    const acts = await client.query<{ detail: unknown }>(
      `select detail from unwatched.act where verb = 'lock-out-changed'`,
    )
    expect(JSON.stringify(acts.rows)).not.toMatch(/Lena|password|shop/)
    await expect(client.query('update unwatched.lock_out set revision = 99')).rejects.toThrow()
  })
})
