import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '../src/app/routes.ts'
import { accessCase } from '../src/audit/operations/access-case.ts'
import { receiveReferral } from '../src/cases/operations/receive-referral.ts'
import { type CaseId, parseId } from '../src/foundation/ids.ts'
import { clientCookie } from '../src/identity/client-session.ts'
import { makePhrases } from '../src/identity/operations/make-phrases.ts'
import { signInClient } from '../src/identity/operations/sign-in-client.ts'
import { startSession } from '../src/identity/operations/start-session.ts'
import type { Role } from '../src/identity/role.ts'
import { sessionCookie } from '../src/identity/session.ts'
import { visitCookie } from '../src/web/csrf.ts'
import { newOnce } from '../src/web/form.ts'
import { castDemo } from './journeys/crawl/play-a-case.ts'
import { notReached, statementsPerPage } from './statements-per-page.ts'
import { hearStatements } from './support/heard-statements.ts'
import type { JourneyClinic } from './support/journey-clinic.ts'
import { openPlayedClinic } from './support/played-clinic.ts'
import { toldReferral } from './support/told-referral.ts'

let journey: JourneyClinic
let heard: string[] = []
/** Pages that asked over a second connection while a transaction of theirs was open: enough of them at once wait for ever. */
const overTwo = new Set<string>()
let asked = ''
let open: object | null = null
/** Addresses that no link of the played case leads to. */
let addressOf = (path: string): string => path
let besides: readonly string[] = []
const cookies = new Map<Visitor, string>()

/** Between them they open every page; the first two see most of a case. */
const visitors = [
  'stalking-advocate',
  'coordinator',
  'cyber-adviser',
  'administrator',
  'manager',
  'call-handler',
  'client',
] as const
type Visitor = (typeof visitors)[number]

beforeAll(async () => {
  // Without its queue: what the queue asks belongs to no page.
  const played = await openPlayedClinic({ withJobs: false })
  journey = played.clinic
  const { clinic } = journey
  const { database, clinicId } = clinic
  const cast = await castDemo(clinic)
  const asRole = (role: Role) =>
    ({ kind: 'person', clinicId, personId: cast.memberOf(role).personId }) as const
  for (const visitor of visitors) {
    if (visitor === 'client') continue
    const token = await database.transaction({ kind: 'task', clinicId, task: 'sign-in' }, transaction =>
      startSession(transaction, cast.memberOf(visitor).personId),
    )
    cookies.set(visitor, `${sessionCookie}=${token}`)
  }
  const caseId = parseId<CaseId>(played.casePath.split('/').at(-1) ?? '')
  if (!caseId) throw new Error(played.casePath)
  const { personId } = cast.memberOf('coordinator')
  const made = await database.transaction(asRole('coordinator'), async transaction => {
    await accessCase(transaction, { caseId, part: 'contact', mode: 'write' })
    return makePhrases(clinic, transaction, personId, caseId, { check: 'code-words', once: newOnce() })
  })
  const client = await signInClient(clinic, { typed: made?.open.join(' ') ?? '', address: '192.0.2.1' })
  if (client.kind !== 'signed-in') throw new Error(client.kind)
  cookies.set('client', `${clientCookie}=${client.token}`)
  const { reference } = await receiveReferral(clinic, asRole('call-handler'), toldReferral(), 'the-call')
  besides = [`/calls/saved/${reference}`]
  addressOf = path => path.replace('/cases/:case', played.casePath)
  // A glance that nobody could make who changed its part is made by the next look at it (decision 52).
  await look('stalking-advocate', played.casePath)
  hearStatements(database.pool, (statement, connection) => {
    heard.push(statement)
    if (open && open !== connection) overTwo.add(asked)
    if (/^begin$/.test(statement)) open = connection
    if (/^(commit|rollback)$/.test(statement)) open = null
  })
}, 240_000)
afterAll(() => journey?.close())

type Page = { readonly status: number; readonly text: string; readonly statements: readonly string[] }

async function look(who: Visitor, path: string): Promise<Page> {
  heard = []
  asked = path
  const answer = await fetch(new URL(path, journey.address), {
    headers: { cookie: `${cookies.get(who)}; ${visitCookie}=${'v'.repeat(43)}` },
    redirect: 'manual',
  })
  return { status: answer.status, text: await answer.text(), statements: heard }
}

const pages = routes.filter(route => route.method === 'GET' && route.kind !== 'public')

/** The route an address belongs to: a fixed word stands above a parameter in the table. */
const routeOf = (address: string) =>
  pages.find(({ path }) => new RegExp(`^${path.replace(/:[a-zA-Z]+/g, '[^/]+')}$`).test(address))

/** Opens every page this visitor is led to, one of each, from the addresses that need nothing but the case. */
async function walk(who: Visitor, most: Map<string, readonly string[]>): Promise<void> {
  const known = pages.map(({ path }) => addressOf(path)).filter(path => !path.includes(':'))
  const waiting = [...known, ...besides]
  const done = new Set<string>()
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const address = new URL(next, journey.address)
    const route = routeOf(address.pathname)
    if (!route || done.has(route.path)) continue
    const page = await look(who, address.pathname + address.search)
    if (page.status !== 200) continue
    done.add(route.path)
    if (page.statements.length > (most.get(route.path)?.length ?? 0)) most.set(route.path, page.statements)
    for (const [, href = ''] of page.text.matchAll(/<a\b[^>]*\bhref="([^"]*)"/g))
      waiting.push(new URL(href.replaceAll('&amp;', '&'), address).href)
  }
}

test('no page asks the database more than the table says, nor over two connections at once', async () => {
  const most = new Map<string, readonly string[]>()
  for (const who of visitors) await walk(who, most)
  const missed = pages.map(({ path }) => path).filter(path => !most.has(path) && !notReached.includes(path))
  expect(missed).toEqual([])
  console.log(
    JSON.stringify(
      [...most]
        .filter(([p, s]) => s.length !== statementsPerPage[p])
        .map(([p, s]) => [p, s.length, statementsPerPage[p]]),
    ),
  )
  expect(notReached.filter(path => most.has(path))).toEqual([])
  const dearer = [...most]
    .filter(([path, statements]) => statements.length > (statementsPerPage[path] ?? 0))
    .map(([path, statements]) => `${path} asks ${statements.length}:\n${statements.join('\n')}`)
  expect(dearer).toEqual([])
  expect(Object.entries(statementsPerPage).filter(([, most]) => most > 8)).toEqual([])
  expect([...overTwo]).toEqual([])
}, 240_000)
