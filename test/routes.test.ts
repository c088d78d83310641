import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '../src/app/routes.ts'
import { accessCase } from '../src/audit/operations/access-case.ts'
import { caseParts } from '../src/foundation/case-part.ts'
import type { CaseId } from '../src/foundation/ids.ts'
import { makePhrases } from '../src/identity/operations/make-phrases.ts'
import { decidePermission } from '../src/identity/permission.ts'
import { type Role, roles } from '../src/identity/role.ts'
import type { AnyRoute } from '../src/identity/route.ts'
import { newOnce } from '../src/web/form.ts'
import { openTestCase } from './support/test-case.ts'
import { agencyOfRole, asOwner, openTestClinic, type TestClinic } from './support/test-clinic.ts'
import { openTestSite, type TestSite, type Visitor } from './support/test-site.ts'

let world: TestClinic
let site: TestSite
let theCase: CaseId

beforeAll(async () => {
  world = await openTestClinic()
  theCase = await openTestCase(world, { clientName: 'Hidden Testname' })
  site = await openTestSite(world)
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const someId = '01900000-0000-7000-8000-000000000000'

/** The addresses of a client's own pages. */
const clientRoutes = routes.filter(route => route.kind === 'client')

/** A browser in which a client is signed in to a case. */
async function clientOf(caseId: CaseId): Promise<Visitor> {
  const made = await world.clinic.database.transaction(world.as('coordinator'), async transaction => {
    await accessCase(transaction, { caseId, part: 'contact', mode: 'write' })
    const once = newOnce()
    return makePhrases(world.clinic, transaction, world.people.coordinator, caseId, {
      check: 'code-words',
      once,
    })
  })
  const visitor = await site.visitor()
  expect((await visitor.post('/my/words', { words: made?.open.join(' ') ?? '' })).location).toBe('/my')
  return visitor
}

/** The address of a route with something in every place: the case asked about, and ids that lead nowhere. */
const addressOf = (route: AnyRoute, caseId: string): string =>
  route.path.replace(':case', caseId).replace(/:[a-zA-Z]+/g, someId)

const ask = async (
  route: AnyRoute,
  caseId: string,
  as?: Role,
): Promise<{ status: number; text: string; location: string | null }> =>
  route.method === 'GET'
    ? site.get(addressOf(route, caseId), as ? { as } : {})
    : site.post(addressOf(route, caseId), {}, as ? { as } : {})

const staffRoutes = routes.filter(route => route.kind === 'staff')
const caseRoutes = routes.filter(route => route.kind === 'case')

test('9. every route states who may see it, and no address is there twice', () => {
  expect(routes.length).toBeGreaterThan(30)
  for (const route of routes) {
    if (route.kind === 'staff') expect(route.who.length, route.path).toBeGreaterThan(0)
    if (route.kind === 'case') {
      expect(caseParts, route.path).toContain(route.part)
      expect(['read', 'write'], route.path).toContain(route.mode)
    }
  }
  const addresses = routes.map(route => `${route.method} ${route.path}`)
  expect(addresses.filter((address, index) => addresses.indexOf(address) !== index)).toEqual([])
})

/** Forms of a case that only show: they are posted so that what is asked for stands in no address. */
const formsThatShow = [
  '/cases/:case/appointments/:appointment/place',
  '/cases/:case/chronology',
  '/cases/:case/contact/reveal',
  '/cases/:case/contact/said',
  '/cases/:case/evidence/:item/position',
]

test('S5 a form of a case is for those who may change its part, but for the few that only show', () => {
  const asked = caseRoutes.filter(route => route.method === 'POST' && route.mode === 'read')
  expect(asked.map(route => route.path).toSorted()).toEqual(formsThatShow)
})

test('nobody who is not signed in gets anything from a page of staff', async () => {
  for (const route of [...staffRoutes, ...caseRoutes]) {
    const answer = await ask(route, theCase)
    const sentToSignIn = answer.status === 303 && answer.location?.startsWith('/sign-in')
    const heldBack = answer.status === 403 && answer.text.includes('Sign in')
    expect(sentToSignIn || heldBack, `${route.method} ${route.path}: ${answer.status}`).toBe(true)
    expect(answer.text).not.toContain('Hidden Testname')
  }
})

test('a page of staff is for the roles it names, and for no other', async () => {
  for (const route of staffRoutes) {
    for (const role of roles.filter(role => !route.who.includes(role))) {
      const answer = await ask(route, theCase, role)
      expect(answer.status, `${role} at ${route.method} ${route.path}`).toBe(403)
    }
  }
})

/** Whether a role gets past the guard: past it, a page answers 200 and a form with nothing in it is told so. */
const isLetIn = (status: number): boolean => status !== 404 && status !== 403 && status < 500

test('S5 a page of a case is for the roles that cover its part', async () => {
  for (const route of caseRoutes) {
    const answers = await Promise.all(
      roles.map(async role => ({ role, answer: await ask(route, theCase, role) })),
    )
    for (const { role, answer } of answers) {
      expect(answer.status, `${role} at ${route.method} ${route.path}`).toBeLessThan(500)
      const covers = decidePermission(role, route.part, route.mode)
      // An id that leads nowhere answers 404 to those who may see it as well; a page without one is decided by the guard alone.
      const onlyTheCase = route.method === 'GET' && !route.path.replace(':case', '').includes(':')
      if (!covers) expect(answer.status, `${role} at ${route.method} ${route.path}`).toBe(404)
      else if (onlyTheCase)
        expect(isLetIn(answer.status), `${role} at ${route.method} ${route.path}: ${answer.status}`).toBe(
          true,
        )
    }
  }
}, 180_000)

test('S5 a page of a client is for nobody who is not signed in, and for no member of staff', async () => {
  expect(clientRoutes.length).toBeGreaterThan(5)
  for (const route of clientRoutes) {
    for (const role of [undefined, ...roles]) {
      const answer = await ask(route, theCase, role)
      expect(answer.status, `${role} at ${route.method} ${route.path}`).toBe(303)
      expect(answer.location).toMatch(/^\/my\/start/)
    }
  }
}, 120_000)

test('S5 a client finds their own case, never another, and nothing once it is closed', async () => {
  const own = await openTestCase(world)
  const client = await clientOf(own)
  const other = await clientOf(theCase)
  await other.post('/my/notes/new', { what: 'Only in the other case', precision: 'unknown' })
  const countAccess = (caseId: CaseId): Promise<number> =>
    asOwner(world.ownerUrl, async owner => {
      const found = await owner.query<{ n: number }>(
        `select count(*)::int as n from unwatched.act where case_id = $1 and verb = 'case-opened' and task = 'client'`,
        [caseId],
      )
      return found.rows[0]?.n ?? 0
    })
  for (const route of clientRoutes) {
    const [before, elsewhere] = [await countAccess(own), await countAccess(theCase)]
    const address = addressOf(route, own)
    const answer = route.method === 'GET' ? await client.get(address) : await client.post(address, {})
    expect(answer.status, `${route.method} ${route.path}`).toBeLessThan(500)
    expect(answer.text).not.toContain('Only in the other case')
    expect(await countAccess(own), `${route.method} ${route.path}`).toBeGreaterThan(before)
    expect(await countAccess(theCase)).toBe(elsewhere)
  }
  for (const route of [...staffRoutes, ...caseRoutes].filter(each => each.method === 'GET')) {
    const answer = await client.get(addressOf(route, own))
    expect(answer.location ?? '', `the client at ${route.path}`).toMatch(/^\/sign-in/)
  }
  await asOwner(world.ownerUrl, owner =>
    owner.query(
      `update unwatched.case_file set state = 'closed', closed_at = $2, outcome = 'not-known' where case_id = $1`,
      [own, world.clock.now()],
    ),
  )
  for (const route of clientRoutes) {
    const address = addressOf(route, own)
    const answer = route.method === 'GET' ? await client.get(address) : await client.post(address, {})
    expect(answer.location, `${route.method} ${route.path}, closed`).toMatch(/^\/my\/start/)
  }
}, 120_000)

const closedFor = async (change: string, values: (role: Role) => readonly unknown[]): Promise<void> => {
  for (const role of [
    'coordinator',
    'cyber-adviser',
    'stalking-advocate',
    'idva',
    'police-liaison',
  ] as const) {
    const caseId = await openTestCase(world, { clientName: 'Hidden Testname' })
    const route = caseRoutes.find(
      each =>
        each.method === 'GET' &&
        decidePermission(role, each.part, each.mode) &&
        !addressOf(each, caseId).includes(someId),
    )
    if (!route) throw new Error(`no page of a case for ${role}`)
    expect((await ask(route, caseId, role)).status, `${role} before`).toBe(200)
    await asOwner(world.ownerUrl, client => client.query(change, [...values(role), caseId]))
    const answers = await Promise.all(
      caseRoutes.map(async each => ({ each, answer: await ask(each, caseId, role) })),
    )
    for (const { each, answer } of answers) {
      expect(answer.status, `${role} at ${each.method} ${each.path}`).toBe(404)
      expect(answer.text).not.toContain('Hidden Testname')
    }
  }
}

test('S5 a consent that is withdrawn closes every page of the case to that agency at once', async () => {
  await closedFor(
    'update unwatched.consent set withdrawn_at = $1 where agency_id = $2 and case_id = $3',
    role => [world.clock.now(), world.agencies[agencyOfRole[role]]],
  )
}, 240_000)

test('S5 a bar closes every page of the case to the person it names', async () => {
  await closedFor(
    `insert into unwatched.bar (clinic_id, case_id, person_id, reason, made_at) values ($1, $4, $2, 'knows one of them', $3)`,
    role => [world.clinic.clinicId, world.people[role], world.clock.now()],
  )
}, 120_000)

test('a case that is not there and a case that is not yours look the same', async () => {
  const others = await openTestCase(world, { agencies: ['lead'] })
  const absent = await site.get(`/cases/${someId}`, { as: 'cyber-adviser' })
  const closed = await site.get(`/cases/${others}`, { as: 'cyber-adviser' })
  expect([absent.status, closed.status]).toEqual([404, 404])
  expect(closed.text).toBe(absent.text)
})

test('S5 every look at a page of a case is in the trail, with who looked and at which part', async () => {
  const caseId = await openTestCase(world)
  for (const route of caseRoutes.filter(
    each => each.method === 'GET' && !addressOf(each, caseId).includes(someId),
  )) {
    const role = roles.find(each => decidePermission(each, route.part, route.mode))
    if (!role) continue
    const count = async (): Promise<number> =>
      asOwner(world.ownerUrl, async client => {
        const found = await client.query<{ n: number }>(
          `select count(*)::int as n from unwatched.act where case_id = $1 and verb = 'case-opened' and person_id = $2 and part = $3`,
          [caseId, world.people[role], route.part],
        )
        return found.rows[0]?.n ?? 0
      })
    const before = await count()
    expect((await ask(route, caseId, role)).status, route.path).toBe(200)
    expect(await count(), `${role} at ${route.path}`).toBeGreaterThan(before)
  }
})
