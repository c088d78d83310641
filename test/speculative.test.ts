import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '../src/app/routes.ts'
import { accessCase } from '../src/audit/operations/access-case.ts'
import type { CaseId } from '../src/foundation/ids.ts'
import { clientCookie } from '../src/identity/client-session.ts'
import { invitePerson } from '../src/identity/operations/invite-person.ts'
import { makePhrases } from '../src/identity/operations/make-phrases.ts'
import { signInClient } from '../src/identity/operations/sign-in-client.ts'
import { startSession } from '../src/identity/operations/start-session.ts'
import { type Role, roles } from '../src/identity/role.ts'
import { sessionCookie } from '../src/identity/session.ts'
import { newOnce } from '../src/web/form.ts'
import { openTestCase } from './support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from './support/test-clinic.ts'
import { openTestSite, type TestSite } from './support/test-site.ts'

let world: TestClinic
let site: TestSite
let theCase: CaseId
let token: string
const cookies = new Map<string, string>()

beforeAll(async () => {
  world = await openTestClinic()
  site = await openTestSite(world)
  theCase = await openTestCase(world)
  const { database } = world.clinic
  for (const role of roles) {
    const session = await database.transaction(world.task('sign-in'), transaction =>
      startSession(transaction, world.people[role]),
    )
    cookies.set(role, `${sessionCookie}=${session}`)
  }
  const made = await database.transaction(world.as('coordinator'), async transaction => {
    await accessCase(transaction, { caseId: theCase, part: 'contact', mode: 'write' })
    const once = newOnce()
    return makePhrases(world.clinic, transaction, world.people.coordinator, theCase, {
      check: 'code-words',
      once,
    })
  })
  const client = await signInClient(world.clinic, { typed: made?.open.join(' ') ?? '', address: '192.0.2.1' })
  if (client.kind !== 'signed-in') throw new Error(client.kind)
  cookies.set('client', `${clientCookie}=${client.token}`)
  cookies.set('nobody', '')
  const invited = await database.transaction(world.task('setup'), transaction =>
    invitePerson(world.clinic, transaction, {
      name: 'Amara Okafor',
      signInName: 'amara',
      role: 'administrator',
      agencyId: world.agencies.lead,
    }),
  )
  if (!invited.allowed) throw new Error(invited.because)
  token = invited.token
  // so that a page which moved a clock would show
  world.clock.moveTo('2026-03-02T10:05:00Z')
})
afterAll(async () => {
  await site.close()
  await world.close()
})

/** Every table of the database, with a digest of all it holds. */
const everything = (): Promise<ReadonlyMap<string, string>> =>
  asOwner(world.ownerUrl, async client => {
    const found = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
    )
    const kept = new Map<string, string>()
    for (const { name } of found.rows) {
      kept.set(name, await digestOf(client, name, 't::text'))
    }
    // What of a glance is not its content: of which part it is, and at which revision.
    kept.set(
      'unwatched.case_glance, its revisions',
      await digestOf(client, 'unwatched.case_glance', glancePlace),
    )
    return kept
  })

const glancePlace = "(to_jsonb(t) - 'sealed')::text"

async function digestOf(client: pg.Client, table: string, row: string): Promise<string> {
  const { rows } = await client.query<{ held: string }>(
    `select count(*) || ' ' || md5(coalesce(string_agg(${row}, chr(10) order by ${row}), '')) as held from ${table} t`,
  )
  return rows[0]?.held ?? ''
}

async function changedBy(act: () => Promise<void>): Promise<readonly string[]> {
  const before = await everything()
  expect(before.size).toBeGreaterThan(40)
  await act()
  const after = await everything()
  return [...after].filter(([name, held]) => before.get(name) !== held).map(([name]) => name)
}

const pages = routes.filter(route => route.method === 'GET')
const addressOf = (path: string): string =>
  path
    .replace(':case', theCase)
    .replace(':token', token)
    .replace(/:[a-zA-Z]+/g, '01900000-0000-7000-8000-000000000000')

const ask = (path: string, who: string, init: RequestInit): Promise<Response> =>
  fetch(`${site.address}${addressOf(path)}`, {
    redirect: 'manual',
    ...init,
    headers: { cookie: cookies.get(who) ?? '', ...(init.headers as Record<string, string>) },
  })

const ahead: readonly (readonly [string, RequestInit])[] = [
  ['HEAD', { method: 'HEAD' }],
  ['Sec-Purpose: prefetch', { headers: { 'sec-purpose': 'prefetch' } }],
  ['Sec-Purpose: prefetch;prerender', { headers: { 'sec-purpose': 'prefetch;prerender' } }],
  ['Purpose: prefetch', { headers: { purpose: 'prefetch' } }],
  ['X-Purpose: preview', { headers: { 'x-purpose': 'preview' } }],
  ['X-Moz: prefetch', { headers: { 'x-moz': 'prefetch' } }],
]

test('S3 S5 a HEAD or a speculative request at any address, by anybody, changes nothing, shows nothing and leaves no cookie', async () => {
  const shown: string[] = []
  const changed = await changedBy(async () => {
    for (const who of ['coordinator', 'administrator', 'client', 'nobody'] satisfies (
      | Role
      | 'client'
      | 'nobody'
    )[])
      for (const { path } of pages)
        await Promise.all(
          ahead.map(async ([how, init]) => {
            const answer = await ask(path, who, init)
            const isBare = (await answer.text()) === '' && answer.headers.getSetCookie().length === 0
            const isWell = how === 'HEAD' ? answer.status === 200 : answer.status === 503
            if (!isBare || !isWell || answer.headers.has('location')) shown.push(`${how} ${path} as ${who}`)
          }),
        )
  })
  expect(pages.length).toBeGreaterThan(40)
  expect(changed).toEqual([])
  expect(shown).toEqual([])
})

test('S3 a GET of any page for everybody changes nothing: a link is not used up by opening it', async () => {
  const changed = await changedBy(async () => {
    for (const { path, kind } of pages)
      if (kind === 'public') expect((await ask(path, 'nobody', {})).status, path).toBeLessThan(500)
  })
  expect(changed).toEqual([])
})

test('S5 a GET by those who are signed in leaves what says that they read, the glance of what they read, and nothing else', async () => {
  // the one address where a GET does something: it has to end the session without a script (S3)
  const others = pages.filter(({ path }) => path !== '/leave')
  const changed = await changedBy(async () => {
    for (const who of ['coordinator', 'administrator', 'client'])
      for (const { path, kind } of others)
        if ((kind === 'client') === (who === 'client')) await (await ask(path, who, {})).arrayBuffer()
  })
  // A glance is made by the first look after a change that nobody could make it at (decision 52).
  expect(changed.filter(name => !/\.(act|session|client_session|case_glance)$/.test(name))).toEqual([])
})
