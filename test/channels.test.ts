import { readdir, readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { InventoryChange } from '../src/access-map/inventory/inventory-change.ts'
import { loadCatalogue } from '../src/access-map/inventory/load-catalogue.ts'
import { changeInventory } from '../src/access-map/operations/change-inventory.ts'
import { routes } from '../src/app/routes.ts'
import { withCase } from '../src/audit/operations/access-case.ts'
import type { CaseId } from '../src/foundation/ids.ts'
import { type Role, roles } from '../src/identity/role.ts'
import { giveHours } from './support/test-calendar.ts'
import { openTestCase } from './support/test-case.ts'
import { openTestClinic, type TestClinic } from './support/test-clinic.ts'
import { openTestSite, type TestSite } from './support/test-site.ts'

let world: TestClinic
let site: TestSite
let caseId: CaseId
const filled: { appointment: string; missed: string } = { appointment: '', missed: '' }

/** One channel of each verdict, with what must stand beside it wherever it is named. */
const channels = [
  {
    id: 'c1',
    name: 'Phone call 1',
    value: '07700 900001',
    says: 'The client says that it is safe, until 20 March 2026. The map does not know. You may ring it now.',
  },
  {
    id: 'c2',
    name: 'E-mail 2',
    value: 'two@example.org',
    says: 'By the answers on the map the suspected person cannot observe it. That counts until 31 May 2026. You may write to it now.',
  },
  {
    id: 'c3',
    name: 'Text message 3',
    value: '07700 900003',
    says: 'It is not tied to anything on the map, and nobody wrote down that the client says that it is safe. Do not use it. It is not known whether the suspected person can observe it.',
  },
  {
    id: 'c4',
    name: 'Phone call 4',
    value: '07700 900004',
    says: 'A colleague knows that the suspected person can observe it. Do not ring it.',
  },
  {
    id: 'c5',
    name: 'Post 5',
    value: '1 High Street',
    says: 'The client says that it is safe, until 20 March 2026. The map does not know. Do not use it. No hours have been agreed for it.',
  },
] as const

beforeAll(async () => {
  world = await openTestClinic('2026-03-02T12:00:00Z')
  site = await openTestSite(world)
  caseId = await openTestCase(world)
  await giveHours(world)
  const as = { as: 'stalking-advocate' } as const
  const base = `/cases/${caseId}/contact`
  await site.post(
    `${base}/plan`,
    { wants: 'yes', voicemail: 'never', trusted: 'Her sister, 07700 900009' },
    as,
  )
  const days = ['1', '2', '3', '4', '5', '6', '7']
  for (const { id, name, value } of channels) {
    const kind = { Ph: 'phone', 'E-': 'email', Te: 'text', Po: 'post' }[name.slice(0, 2)] ?? ''
    const hours = id === 'c5' ? {} : { days, from: '08:00', until: '20:00' }
    await site.post(`${base}/channels/new`, { kind, value, safe: 'yes', mayRemind: 'yes', ...hours }, as)
  }
  const last = { 'until-day': '20', 'until-month': '3', 'until-year': '2026' }
  for (const id of ['c1', 'c5'])
    await site.post(`${base}/channels/${id}/word`, { heard: 'face-to-face', said: 'Hers alone', ...last }, as)
  await site.post(`${base}/verdict`, { channel: 'c4', verdict: 'observable', why: 'On his contract' }, as)
  // A mailbox that nobody else reaches, read on a phone that nobody else has.
  const { entries } = await loadCatalogue()
  const no = { belief: 'no' as const, things: [] }
  const noTo = (kind: string) =>
    Object.fromEntries((entries.get(kind)?.questions ?? []).map(({ id }) => [id, no]))
  const add = ['mailbox', 'phone'].map((kind): InventoryChange => {
    const entry = entries.get(kind)
    if (!entry) throw new Error(`no ${kind} in the catalogue`)
    return { kind: 'add', entries: [entry] }
  })
  const told = { kind: 'answer', seen: 9_999, note: '', basis: 'told' } as const
  const read = { ...noTo('mailbox'), devices: { belief: 'yes' as const, things: ['t2'] } }
  const changes: readonly InventoryChange[] = [
    ...add,
    { ...told, thingId: 't1', label: 'Her mailbox', said: read },
    { ...told, thingId: 't2', label: 'Her phone', said: noTo('phone') },
    { kind: 'tie', channelId: 'c2', through: ['t1'], seen: [] },
  ]
  for (const change of changes)
    await withCase(
      world.clinic.database,
      world.as('cyber-adviser'),
      { caseId, part: 'map', mode: 'write' },
      each => changeInventory(world.clinic, each, world.people['cyber-adviser'], caseId, change, null),
    )
  // What the client said before the map grew is over: they say it again.
  for (const id of ['c1', 'c5'])
    await site.post(`${base}/channels/${id}/word`, { heard: 'face-to-face', said: 'Hers alone', ...last }, as)
  const seats = `cyber-adviser:${world.people['cyber-adviser']},stalking-advocate:${world.people['stalking-advocate']}`
  const book = async (when: string): Promise<string> => {
    const form = { abuse: 'no', slot: `${when} ${seats}`, placeKind: 'phone', place: '' }
    const booked = await site.post(`/cases/${caseId}/appointments`, form, { as: 'coordinator' })
    return booked.location?.split('/').at(-1) ?? ''
  }
  filled.missed = await book('2026-03-02T13:00:00Z')
  filled.appointment = await book('2026-03-04T10:00:00Z')
  world.clock.moveTo('2026-03-02T14:00:00Z')
  const later = await site.visitor('coordinator')
  const missed = `/cases/${caseId}/appointments/${filled.missed}/attendance`
  expect((await later.post(missed, { attendance: 'did-not-attend' })).status).toBe(303)
})
afterAll(async () => {
  await site.close()
  await world.close()
})

/** What somebody reads on a page, one space between words. */
function readPage(text: string): string {
  const body = text.slice(text.indexOf('<main'))
  return body
    .replace(/<span class="govuk-visually-hidden">[\s\S]*?<\/span>/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&[a-z0-9#]+;/g, ' ')
    .replace(/\s+/g, ' ')
}

const anyChannel = /(?:Phone call|E-mail|Text message|Post|Another way) [1-9]/g

/** The channels that a page names without the verdict beside them: from one name to the next channel's must stand its own. */
function findBare(text: string): { readonly named: number; readonly bare: readonly string[] } {
  const page = readPage(text)
  const names = [...page.matchAll(anyChannel)]
  const bare: string[] = []
  for (let at = 0; at < names.length; ) {
    const name = names[at]?.[0] ?? ''
    let next = at + 1
    while (next < names.length && names[next]?.[0] === name) next += 1
    const part = page.slice(names[at]?.index, names[next]?.index)
    const says = channels.find(each => each.name === name)?.says ?? 'no such channel'
    if (!part.includes(says)) bare.push(`${name}: ${part.slice(0, 300)}`)
    at = next
  }
  return { named: new Set(names.map(each => each[0])).size, bare }
}

test('S1 every page of a case that names a channel says its verdict beside it, to every role', async () => {
  const withWays = new Map<string, number>()
  const get = routes.filter(route => route.kind === 'case' && route.method === 'GET')
  expect(get.length).toBeGreaterThan(40)
  const readAll = async (role: Role): Promise<void> => {
    const visitor = await site.visitor(role)
    for (const route of get) {
      const path = route.path.replace(':case', caseId)
      const addresses = path.includes(':channel')
        ? channels.map(each => path.replace(':channel', each.id))
        : path.includes(':appointment')
          ? [path.replace(':appointment', filled.appointment), path.replace(':appointment', filled.missed)]
          : [path.replace(/:[a-z]+/gi, 't1')]
      for (const address of addresses) {
        const { status, text } = await visitor.get(address)
        if (status !== 200 || !text.includes('<main')) continue
        const { named, bare } = findBare(text)
        expect([address, role, bare]).toEqual([address, role, []])
        if (named > 0) withWays.set(route.path, Math.max(named, withWays.get(route.path) ?? 0))
      }
    }
  }
  await Promise.all(roles.map(readAll))
  expect([...withWays].sort()).toEqual([
    ['/cases/:case', 5],
    ['/cases/:case/appointments/:appointment', 5],
    ['/cases/:case/appointments/:appointment/cancel', 5],
    ['/cases/:case/contact', 5],
    ['/cases/:case/contact/channels/:channel', 1],
    ['/cases/:case/contact/channels/:channel/word', 1],
    ['/cases/:case/map/channels', 5],
    ['/cases/:case/map/channels/:channel', 1],
    ['/cases/:case/phrase', 5],
  ])
}, 240_000)

test('S1 what is shown after a click, or before a booking is made, has its verdict as well, and a number never stands alone', async () => {
  const visitor = await site.visitor('coordinator')
  const seats = `cyber-adviser:${world.people['cyber-adviser']},stalking-advocate:${world.people['stalking-advocate']}`
  const form = { abuse: 'no', slot: `2026-03-05T10:00:00Z ${seats}`, placeKind: 'phone', place: '' }
  const check = await visitor.post(`/cases/${caseId}/appointments/check`, form)
  expect(check.status, readPage(check.text).slice(0, 600)).toBe(200)
  expect(findBare(check.text)).toEqual({ named: 5, bare: [] })
  for (const { id, value, says } of channels) {
    const { text } = await visitor.post(`/cases/${caseId}/contact/reveal`, { field: id })
    const page = readPage(text)
    expect(page.slice(page.indexOf(value), page.indexOf(value) + 400)).toContain(says)
  }
  const trusted = readPage((await visitor.post(`/cases/${caseId}/contact/reveal`, { field: 'trusted' })).text)
  expect(trusted).toContain('07700 900009 Nobody has weighed this against the map')
  const said = await visitor.get(`/cases/${caseId}/contact/said`)
  expect(readPage(said.text)).toContain('do not ring or write by it')
})

test('S1 whatever source names a channel takes its verdict as well', async () => {
  const folder = new URL('../src/', import.meta.url)
  const all = await readdir(folder, { recursive: true })
  const naming: string[] = []
  for (const name of all.filter(each => each.endsWith('.ts') && !each.endsWith('.test.ts'))) {
    const text = await readFile(new URL(name, folder), 'utf8')
    if (!/import \{[^}]*\bsayChannel\b[^}]*\} from '[^']*say-channel\.ts'/.test(text)) continue
    naming.push(name)
    expect([
      name,
      /\b(channelVerdictLine|channelsWithVerdicts|sayChannelVerdict|openedView)\(/.test(text),
    ]).toEqual([name, name !== 'contact/pages/contact/page.ts'])
  }
  expect(naming).toContain('appointments/pages/appointment/reminder-view.ts')
})
