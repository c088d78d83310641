import { afterAll, beforeAll, expect, test } from 'vitest'
import { countOpened } from '../../../../test/support/acts-of-case.ts'
import { day } from '../../../../test/support/date-fields.ts'
import { openPortalSite, type PortalSite } from '../../../../test/support/portal-site.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'
import type { Visitor } from '../../../../test/support/test-site.ts'

let site: PortalSite
let client: Visitor
beforeAll(async () => {
  site = await openPortalSite()
  client = await site.signIn(site.words.open)
})
afterAll(() => site.close())

test('nobody reads the client’s page who is not signed in', async () => {
  for (const asked of ['/my']) {
    const { status, location, text } = await site.get(asked)
    expect([status, location]).toEqual([303, '/my/start'])
    expect(text).not.toContain('Fairweather')
  }
})

test('S2 the client’s page says what is next and what is planned in neutral words, or that there is nothing', async () => {
  const { status, text, headers } = await client.get('/my')
  expect(status).toBe(200)
  expect(text).toContain('None booked at the moment.')
  expect(text).toContain('<title>Your page</title>')
  expect(text).toContain('Exit this page')
  expect(text).not.toContain('Fairweather')
  expect(headers.get('cache-control')).toBe('no-store')
})

test('S4 the second phrase opens the same page over a file of its own', async () => {
  const visitor = await site.signIn(site.words.duress)
  const [theirs, own] = [await visitor.get('/my'), await client.get('/my')]
  expect(theirs.status).toBe(200)
  expect(theirs.text).toContain('None booked at the moment.')
  const bare = (text: string) => text.replaceAll(/value="[^"]*"/g, '')
  expect(bare(theirs.text)).toBe(bare(own.text))
})

test('S5 the client’s plan is on their page and on nobody else’s, and their access is recorded', async () => {
  const other = await site.signIn((await site.makePhrases(await openTestCase(site.world))).open)
  await site.post(
    site.path('/plan'),
    { ...day('startsOn', '2026-03-02'), ...day('endsOn', '2026-08-02') },
    { as: 'idva' },
  )
  const action = { 'a1-words': 'Report him to the police', 'a1-plain': 'Make the call', 'a1-owner': 'client' }
  await site.post(site.path('/plan/actions'), action, { as: 'idva' })
  const before = await countOpened(site.world, site.caseId)
  const { text } = await client.get('/my')
  expect(text).toContain('2 March 2026 to 2 August 2026')
  expect(text).toContain('Make the call')
  expect(text).not.toMatch(/police|Report him/)
  expect(await countOpened(site.world, site.caseId)).toBeGreaterThan(before)
  expect((await other.get('/my')).text).not.toContain('Make the call')
  const duress = await site.signIn(site.words.duress)
  expect((await duress.get('/my')).text).not.toContain('Make the call')
})
