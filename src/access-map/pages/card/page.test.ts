import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MapSite, openMapSite, plain } from '../../../../test/support/map-site.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner } from '../../../../test/support/test-clinic.ts'
import { statusesOf } from '../../../../test/support/test-site.ts'

let site: MapSite
beforeAll(async () => {
  site = await openMapSite()
  await site.play()
  await site.choosePlan()
})
afterAll(() => site.close())

const as = { as: 'cyber-adviser' } as const

test('a card is marked by those who work on the map, and is of one case', async () => {
  const path = (await site.cards())[0]?.path ?? ''
  const paths = [path, await site.outOfSight(path), path.replace(site.caseId, await openTestCase(site.world))]
  expect(await statusesOf(site, paths, 'cyber-adviser')).toEqual([200, 404, 404])
  for (const role of ['police-liaison', 'call-handler', 'manager'] as const)
    expect(await statusesOf(site, [path], role), role).toEqual([404])
  expect((await site.post(path, { to: 'done' }, { as: 'idva' })).status).toBe(404)
  expect(plain((await site.get(site.lockOut, as)).text)).toContain('0 of ')
})

test('S9 a card says by name what the suspected person could still take once its step is done, and the last that nothing is left', async () => {
  const cards = await site.cards()
  const said: string[] = []
  for (const { path } of [cards[0], cards.at(-1)].flatMap(card => card ?? []))
    said.push(plain((await site.get(path, as)).text))
  expect(said[0]).toMatch(
    /Once this is done, the suspected person still reaches .*Old mailbox.*, and could take (it|them) over/,
  )
  expect(said[0]).toContain('By then the suspected person may know that something is being done')
  expect(said[1]).toContain(
    'Once this is done, nothing that the client must keep is left, by the map, for the suspected person to take over',
  )
})

test('S9 a step that will be noticed does not go ahead before the hour the client chose, and the page says so', async () => {
  const loud = (await site.cards()).find(card => card.isLoud)
  if (!loud) throw new Error('this plan has nothing that will be noticed')
  expect(loud.isBlocked).toBe(true)
  for (const to of ['go', 'done']) {
    const refused = await site.post(loud.path, { to, seen: await site.seen() }, as)
    expect(refused.status).toBe(409)
    expect(refused.text).toContain('This step cannot go ahead yet')
    expect(refused.text).toContain('The client has not chosen the hour from which this may be done')
  }
  const hour = { mode: 'quiet', 'hour-day': '2', 'hour-month': '3', 'hour-year': '2026', time: '10:10' }
  expect((await site.post(`${site.lockOut}/moment`, { ...hour, seen: await site.seen() }, as)).location).toBe(
    site.lockOut,
  )
  const waiting = await site.post(loud.path, { to: 'go', seen: await site.seen() }, as)
  expect(waiting.text).toContain('The client chose to wait until 2 March 2026 at 10:10am')
})

test('what is done is closed on the map; when two advisers change one card the second one is told', async () => {
  site.world.clock.moveTo('2026-03-02T10:11:00Z')
  const before = await site.cards()
  const first = before[0]
  if (!first) throw new Error('this plan is empty')
  expect(first.isBlocked).toBe(false)
  expect((await site.post(first.path, { to: 'done', seen: first.seen }, as)).location).toBe(site.lockOut)
  const late = await site.post(first.path, { to: 'go', seen: first.seen }, { as: 'stalking-advocate' })
  expect(late.status).toBe(409)
  expect(late.text).toContain('A colleague changed this a moment ago')
  const { text } = await site.get(site.lockOut, as)
  expect(plain(text)).toContain('1 of ')
  expect(plain(text)).toContain('on 2 March 2026, recorded by Test cyber-adviser')
  expect((await site.cards()).length).toBe(before.length - 1)
  expect(plain((await site.get(`/cases/${site.caseId}/map/reach`, as)).text)).toContain('With the one step')
})

test('at the chosen hour the steps go ahead in their order until nothing on the map is open', async () => {
  site.world.clock.moveTo('2026-03-02T10:12:00Z')
  for (let card = (await site.cards())[0]; card; card = (await site.cards())[0]) {
    if (card.isBlocked) {
      expect(card.said).toContain('Nobody has kept what it destroys')
      const kept = { to: 'keep', how: 'kept', where: 'Exhibit 1', seen: await site.seen() }
      expect((await site.post(card.path, kept, as)).location).toBe(card.path)
      expect((await site.get(card.path, as)).text).toContain('Exhibit 1')
    }
    const answer = await site.post(card.path, { to: 'done', seen: await site.seen() }, as)
    expect(answer.location, plain(answer.text)).toBe(site.lockOut)
    if ((await site.cards())[0]?.said.includes('Change the password of')) break
  }
  const [next] = await site.cards()
  if (!next) throw new Error('nothing is left to go wrong')
  const silent = await site.post(next.path, { to: 'could-not', what: '', seen: await site.seen() }, as)
  expect(silent.text).toContain('Enter why it could not be done')
  const marked = { to: 'could-not', what: 'The shop was shut', seen: await site.seen() }
  expect((await site.post(next.path, marked, as)).location).toBe(site.lockOut)
  const { text } = await site.get(site.lockOut, as)
  expect(plain(text)).toContain('because a step could not be done')
  expect(plain(text)).toContain('The shop was shut')
  for (const card of await site.cards())
    await site.post(card.path, { to: 'done', seen: await site.seen() }, as)
})

test('when the suspected person undid a step the rest is planned again, and what was done stays done', async () => {
  const { text } = await site.get(site.lockOut, as)
  const path = /href="([^"]*\/cards\/[^"]*)"/.exec(text.slice(text.indexOf('Done (')))?.[1] ?? ''
  const marked = { to: 'reacted', what: 'Asked for the car back', undid: 'yes', seen: await site.seen() }
  expect((await site.post(path, marked, as)).location).toBe(site.lockOut)
  const after = plain((await site.get(site.lockOut, as)).text)
  expect(after).toContain('because the suspected person reacted')
  expect(after).toContain('Ask first whether the client is safe now')
  expect(plain((await site.get(path, as)).text)).toContain('Asked for the car back')
  expect((await site.get(`${site.lockOut}/cards/01900000-0000-7000-8000-000000000000`, as)).status).toBe(404)
  expect((await site.post(path, { to: 'explode', seen: 'x' }, as)).text).toContain('Select how it went')
})

test('S8 S11 nothing of the plan lies readable in the database, and its acts carry codes alone', async () => {
  await asOwner(site.world.ownerUrl, async client => {
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
