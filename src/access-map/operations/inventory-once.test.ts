import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type HeardRevisions, hearRevisions } from '../../../test/support/heard-statements.ts'
import { openTestCase } from '../../../test/support/test-case.ts'
import { openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../test/support/test-site.ts'
import { withCase } from '../../audit/operations/access-case.ts'
import type { CaseId } from '../../foundation/ids.ts'
import { accessMapRoutes } from '../pages/routes.ts'
import { loadInventory } from './load-inventory.ts'
import { updateVerdictsBeforeSending } from './update-verdicts-before-sending.ts'

let world: TestClinic
let site: TestSite
let caseId: CaseId
let heard: HeardRevisions
beforeAll(async () => {
  world = await openTestClinic('2026-03-02T10:00:00Z')
  site = await openTestSite(world)
  caseId = await openTestCase(world, { agencies: ['lead', 'cyber', 'stalking', 'police'] })
  heard = hearRevisions(world.clinic.database.pool)
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const as = { as: 'cyber-adviser' } as const
const map = () => `/cases/${caseId}/map`
const field = (text: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? ''

/** Sends a form that must be accepted, and answers where it led. It may open the inventory once a transaction. */
async function send(path: string, fields: Readonly<Record<string, string | readonly string[]>>) {
  const before = heard.many()
  const { status, location, text } = await site.post(path, fields, as)
  expect(status, `${path} ${text.slice(0, 300)}`).toBe(303)
  expect(heard.many(), `${path} read nothing`).toBeGreaterThan(before)
  expect(heard.twice(), path).toEqual([])
  return location ?? ''
}

async function open(path: string): Promise<string> {
  const { status, text } = await site.get(path, as)
  expect(status, path).toBeLessThan(400)
  expect(heard.twice(), path).toEqual([])
  return text
}

test('a change of the map opens it once, including what the change means for the channels', async () => {
  await send(map(), { entries: ['phone', 'apple-account', 'mailbox'] })
  await send(`${map()}/words`, { words: 'They know where I was' })
  const answers = { label: 'Phone', note: '', basis: 'told', seen: '9', 'q-passcode': 'yes' }
  const saved = await send(`${map()}/things/t1`, answers)
  expect(await open(saved)).toContain('Saved.')
  const channel = { kind: 'email', value: 'lena@example.org', safe: 'yes', mayRemind: 'yes' }
  const hours = { days: ['1'], from: '10:00', until: '14:00' }
  const added = await site.post(`/cases/${caseId}/contact/channels/new`, { ...channel, ...hours }, as)
  expect(added.status).toBe(303)
  await send(`${map()}/channels/c1`, { through: 't3', seen: '' })

  const plan = await open(`${map()}/lock-out`)
  await send(`${map()}/lock-out`, { order: field(plan, 'order'), seen: '0', mode: 'quiet' })
  const hour = { mode: 'quiet', 'hour-day': '2', 'hour-month': '3', 'hour-year': '2026', time: '9:00' }
  await send(`${map()}/lock-out/moment`, {
    ...hour,
    seen: field(await open(`${map()}/lock-out/moment`), 'seen'),
  })
  const chosen = await open(`${map()}/lock-out`)
  const card = /href="([^"]*\/cards\/[^"]*)"/.exec(chosen)?.[1] ?? ''
  await send(card, { to: 'go', seen: field(chosen, 'seen') })
  await open(card)

  const day = { 'list-day-day': '1', 'list-day-month': '3', 'list-day-year': '2026' }
  const list = { 'list-kind': 'devices', 'list-way': 'account-page', 'list-by': 'Robin', ...day }
  const check = await send(`${map()}/things/t2/check/list`, { ...list, 'list-text': 'Some laptop' })
  await send(`${check}/devices`, { seen: '1', 'device-0': 'not-known' })
  await send(`${check}/map`, { at: '0' })
})

test('a day of the leak finder opens the map once', async () => {
  const day = { knew: 'yes', what: 'Waited at the pond', roughly: '', kind: 'location', guess: 'hardly' }
  const on = { 'on-day': '1', 'on-month': '2', 'on-year': '2026', situations: ['phone'] }
  await send(`${map()}/leaks`, { ...day, ...on })
  await open(`${map()}/leaks/days/d1`)
})

test('before a message leaves the map is opened once', async () => {
  const before = heard.many()
  await updateVerdictsBeforeSending(world.clinic, caseId)
  expect(heard.many()).toBe(before + 2)
  expect(heard.twice()).toEqual([])
})

test('every page that shows the map opens it once', async () => {
  const pages = accessMapRoutes
    .filter(({ method, path }) => method === 'GET' && !/:(card|check|day|revision)/.test(path))
    .map(({ path }) => path.replace(':case', caseId).replace(':thing', 't1').replace(':channel', 'c1'))
  expect(pages.length).toBeGreaterThan(15)
  for (const path of [...pages, `/cases/${caseId}`, `/cases/${caseId}/orders`]) await open(path)
})

test('reading the map twice in one transaction is heard, and so it is while a glance of it is made, and after', async () => {
  const onMap = (...statements: readonly ('read' | 'savepoint' | 'release savepoint')[]) =>
    withCase(
      world.clinic.database,
      world.as('cyber-adviser'),
      { caseId, part: 'map', mode: 'read' },
      async transaction => {
        for (const each of statements)
          if (each === 'read') await loadInventory(world.clinic, transaction, caseId)
          else await sql`${sql.raw(each)} glances`.execute(transaction.tables())
      },
    )
  await onMap('read', 'savepoint', 'read', 'release savepoint')
  expect(heard.twice()).toEqual([])
  await onMap('read', 'read')
  expect(heard.twice()).toEqual(['access_map'])
  await onMap('savepoint', 'read', 'read', 'release savepoint')
  expect(heard.twice()).toEqual(['access_map', 'access_map'])
  await onMap('read', 'savepoint', 'release savepoint', 'read')
  expect(heard.twice()).toEqual(['access_map', 'access_map', 'access_map'])
})
