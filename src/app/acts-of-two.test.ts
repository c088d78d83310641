import { generateSync } from 'otplib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { groundFields } from '../../test/support/granting-grounds.ts'
import { joinPassword, joinSecret, joinWith, linkAtMachine } from '../../test/support/joining.ts'
import { stageActs } from '../../test/support/stage-acts.ts'
import { openTestCase } from '../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../test/support/test-clinic.ts'
import { openTestSite, readCheckForm, type TestSite } from '../../test/support/test-site.ts'
import { findSession } from '../identity/operations/find-session.ts'
import { type OwnerProof, proveOwner } from '../identity/operations/prove-owner.ts'
import { signIn } from '../identity/operations/sign-in.ts'
import type { Role } from '../identity/role.ts'
import { visitCookie } from '../web/csrf.ts'
import { newOnce } from '../web/form.ts'
import { actsOfTwo, findDoneAgain } from './acts-of-two.ts'
import { routes } from './routes.ts'
import { findForms, weightOfActs } from './weight-of-acts.ts'

type Fields = Readonly<Record<string, string | readonly string[]>>
type Part = { readonly as: Role; readonly address: string; readonly fields: Fields; readonly asked: Fields }

let world: TestClinic
let site: TestSite
let stages: ReturnType<typeof stageActs>
const enrolled: readonly Role[] = ['coordinator', 'administrator', 'cyber-adviser']

beforeAll(async () => {
  world = await openTestClinic()
  site = await openTestSite(world)
  stages = stageActs(world, site)
  for (const role of enrolled) {
    const answer = await joinWith(world, await linkAtMachine(world, world.people[role]))
    if (answer.kind !== 'joined') throw new Error(answer.kind)
  }
})
afterAll(async () => {
  await site.close()
  await world.close()
})

function pass(minutes: number): void {
  world.clock.moveTo(new Date(world.clock.now().getTime() + minutes * 60_000).toISOString())
}
const codeNow = (): string =>
  generateSync({ secret: joinSecret, epoch: Math.floor(world.clock.now().getTime() / 1000) })
const day = (at: Date): Fields => ({
  'until-day': String(at.getUTCDate()),
  'until-month': String(at.getUTCMonth() + 1),
  'until-year': String(at.getUTCFullYear()),
})

/** What is sent for each part of what takes two, each time set up again. */
async function stage(path: string): Promise<Part> {
  const set = stages[path]
  if (set) {
    const { as, address, fields = {}, asked = {} } = await set()
    return { as, address, fields, asked }
  }
  if (path === '/admin/people') {
    const fields = { name: 'New', 'sign-in-name': `n.${newOnce()}`.toLowerCase(), role: 'idva' }
    const person = { ...fields, 'sign-in-name': fields['sign-in-name'].replace(/[^a-z0-9.-]/g, '') }
    const agency = world.agencies.lead
    return { as: 'administrator', address: path, fields: { ...person, agency, _once: newOnce() }, asked: {} }
  }
  const caseId = await openTestCase(world)
  const bundle = { purpose: 'client-copy', records: 'all', _once: newOnce() }
  if (path === '/cases/:case/bundles')
    return { as: 'coordinator', address: `/cases/${caseId}/bundles`, fields: bundle, asked: {} }
  if (path === '/cases/:case/without-consent/ask') {
    const fields = {
      ...groundFields('vital-interests'),
      agency: 'police',
      parts: ['overview'],
      reason: 'He has a “knife” & <more>',
      told: 'yes',
      ...day(new Date(world.clock.now().getTime() + 5 * 86_400_000)),
      _once: newOnce(),
    }
    return { as: 'coordinator', address: `/cases/${caseId}/without-consent/ask`, fields, asked: {} }
  }
  await (await site.visitor('stalking-advocate')).post(`/cases/${caseId}/bundles`, bundle)
  const [asked] = await asOwner(world.ownerUrl, async client => {
    const found = await client.query<{ bundle_id: string }>(
      'select bundle_id from unwatched.bundle where case_id = $1',
      [caseId],
    )
    return found.rows
  })
  const address = `/cases/${caseId}/bundles/${asked?.bundle_id}/decide`
  return { as: 'coordinator', address, fields: { decision: 'approve', note: '' }, asked: {} }
}

const actsOf = (role: Role): Promise<number> =>
  asOwner(world.ownerUrl, async client => {
    const { rows } = await client.query<{ n: number }>(
      "select count(*)::int as n from unwatched.act where person_id = $1 and verb not in ('case-opened', 'case-refused')",
      [world.people[role]],
    )
    return rows[0]?.n ?? 0
  })

test('each part of what takes two is a form of the program, and has a page before it where it says so', () => {
  const forms = findForms(routes)
  expect(actsOfTwo.filter(each => !forms.includes(each.path))).toEqual([])
  const weighty = weightOfActs.filter(each => each.weight === 'weighty').map(each => each.path)
  expect(actsOfTwo.filter(each => each.hasPage && !weighty.includes(each.path))).toEqual([])
})

test('S12 nobody does their part through the person who signs in after them: it is kept in no page', async () => {
  const id = '0198c0de-0000-7000-8000-000000000000'
  const pages = routes.filter(route => route.method === 'GET').map(route => route.path)
  for (const { path, from } of actsOfTwo) {
    expect(pages, path).toContain(from)
    const address = path.replaceAll(/:\w+/g, id)
    const left = await (await site.visitor()).post(address, { decision: 'approve', verdict: 'approved' })
    expect([path, left.status], path).toEqual([path, 403])
    expect(left.text, path).toContain('It takes two people')
    expect(left.text, path).not.toContain('name="carried"')
    expect(left.text, path).toContain(`name="to" value="${from.replaceAll(/:\w+/g, id)}"`)

    const stale = await site.visitor('coordinator')
    await stale.get('/staff')
    await stale.post('/staff')
    stale.cookies.delete(visitCookie)
    const answer = await stale.post(address, { decision: 'approve', note: 'Typed <long> ago' })
    expect([path, answer.status], path).toEqual([path, 403])
    expect(answer.text, path).not.toContain('Send it now')
    expect(answer.text, path).toContain('Typed &lt;long&gt; ago')
  }
  expect(findDoneAgain('/cases/:case/incidents/new', { case: id })).toBe(null)
})

test('S12 a thief at another browser with the session that is open cannot do any part of what takes two', async () => {
  for (const { path, asksAgain, hasPage } of actsOfTwo) {
    if (!asksAgain) continue
    const { as, address, fields, asked } = await stage(path)
    pass(6)
    const session = await signInAgain(as)
    pass(6)
    const thief = await site.withSession(session)
    const before = await actsOf(as)
    const first = await thief.post(address, fields)
    const carried = hasPage ? readCheckForm(first.text) : {}
    expect(carried, path).not.toBeNull()
    const tried = hasPage ? await thief.post(address, { ...fields, ...carried, ...asked }) : first
    expect([path, tried.status]).toEqual([path, 403])
    expect(tried.text, path).toContain('Show that it is you')
    const guessed = { 'again-password': 'guessed guessed guessed', 'again-code': '123456' }
    const wrong = await thief.post(address, { ...fields, ...carried, ...asked, ...guessed })
    expect([path, wrong.status], path).toEqual([path, 422])
    expect(wrong.text, path).not.toContain('guessed guessed')
    expect(await actsOf(as), `${path}: nothing was done`).toBe(before)

    // Its owner, at the same moment, with what only they have: what was typed goes on as it was.
    pass(6)
    const owner = await site.withSession(session)
    const page = await owner.post(address, fields)
    expect(page.text, path).toContain('again-password')
    const typed = hasPage ? { ...fields, ...readCheckForm(page.text), ...asked } : carriedBy(page.text)
    const proof = { 'again-password': joinPassword, 'again-code': codeNow() }
    const done = await owner.post(address, { ...typed, ...proof })
    const last = hasPage ? null : readCheckForm(done.text)
    const end = last ? await owner.post(address, { ...fields, ...last, ...asked }) : done
    expect([path, end.status < 400]).toEqual([path, true])
    expect(await actsOf(as), `${path}: it was done`).toBeGreaterThan(before)
  }
}, 120_000)

/** What the page that asks again carries in its form, as a browser would send it. */
function carriedBy(text: string): Fields {
  const form = text.split('<form').find(each => each.includes('again-password')) ?? ''
  const told = (value: string): string =>
    value
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&')
  const fields: Record<string, string[]> = {}
  const add = (name: string, value: string): void => {
    if (name !== '_csrf') fields[name] = [...(fields[name] ?? []), told(value)]
  }
  for (const [, name = '', value = ''] of form.matchAll(
    /<input type="hidden" name="([^"]+)" value="([^"]*)"/g,
  ))
    add(name, value)
  for (const [, name = '', value = ''] of form.matchAll(/<textarea name="([^"]+)" hidden>\n([^<]*)</g))
    add(name, value)
  return fields
}

test('wrong tries at an open session are slowed down, and what was left empty is named', async () => {
  pass(6)
  const answer = await signInAgain('coordinator')
  const thief = await site.withSession(answer)
  pass(6)
  const { address, fields } = await stage('/cases/:case/bundles/:bundle/decide')
  const guess = { ...fields, 'again-password': 'wrong wrong wrong', 'again-code': '123456' }
  const statuses: number[] = []
  for (let tries = 0; tries < 5; tries += 1) statuses.push((await thief.post(address, guess)).status)
  expect(statuses).toEqual([422, 422, 422, 429, 429])
  const blank = await thief.post(address, { ...fields, 'again-password': '', 'again-code': '' })
  expect(blank.text).toContain('<a href="#again-password">Enter your password</a>')
})

test('S12 a thief at an open session with ever new addresses gets a handful of tries, then is signed out and told; its owner elsewhere is not', async () => {
  const personId = world.people['cyber-adviser']
  pass(6)
  const stolen = await signInAgain('cyber-adviser')
  pass(6)
  const own = await signInAgain('cyber-adviser')
  const found = await findSession(world.clinic, stolen)
  const there = await findSession(world.clinic, own)
  if (!found || !there) throw new Error('no session')
  let tries = 0
  const guess = (more: Partial<OwnerProof> = {}) => {
    const address = `2001:db8:5:${(tries++).toString(16)}::1`
    const proof = { password: joinPassword, code: '000000', address, ...more }
    return proveOwner(world.clinic, { personId, sessionId: found.notices.sessionId }, proof)
  }
  pass(6)
  const kinds: string[] = []
  for (let each = 0; each < 8; each += 1) kinds.push((await guess()).kind)
  expect(kinds).toEqual([...Array(5).fill('wrong'), ...Array(3).fill('wait')])
  expect((await guess({ code: codeNow() })).kind).toBe('wait')
  const owner = { personId, sessionId: there.notices.sessionId }
  const proof = { password: joinPassword, code: codeNow(), address: '192.0.2.31' }
  expect((await proveOwner(world.clinic, owner, proof)).kind).toBe('right')
  for (let each = 0; each < 14; each += 1) {
    pass(5)
    expect((await guess({ password: 'guessed guessed' })).kind).toBe('wrong')
  }
  pass(5)
  const thief = await site.withSession(stolen)
  await asOwner(world.ownerUrl, client =>
    client.query('update unwatched.session set last_seen_at = $1, proved_at = started_at', [
      world.clock.now(),
    ]),
  )
  expect((await thief.get('/account/password')).status).toBe(200)
  const told = await thief.post('/account/password', {
    'again-password': 'guessed guessed',
    'again-code': '000000',
    'new-password': 'kettle marble Thursday fox',
  })
  expect([told.status, told.text.includes('you were signed out here')]).toEqual([403, true])
  expect(await findSession(world.clinic, stolen)).toBe(null)
  expect(await findSession(world.clinic, own)).not.toBe(null)
})

/** Signs in again, and answers the session. */
async function signInAgain(role: Role): Promise<string> {
  const answer = await signIn(world.clinic, {
    signInName: `${role}.${world.people[role]}`,
    password: joinPassword,
    code: codeNow(),
    address: '192.0.2.30',
  })
  if (answer.kind !== 'signed-in') throw new Error(answer.kind)
  return answer.token
}

test('S12 anyone who was set up again is told to wait at every part, in code as in the database, and may refuse', async () => {
  const until = new Date(world.clock.now().getTime() + 86_400_000)
  for (const role of enrolled)
    await asOwner(world.ownerUrl, client =>
      client.query(
        `insert into unwatched.credential_change (clinic_id, person_id, at, kind, waits_until)
         values ($1, $2, $3, 'set-up-again', $4)`,
        [world.clinic.clinicId, world.people[role], world.clock.now(), until],
      ),
    )
  for (const { path } of actsOfTwo) {
    // What is to be decided was asked before they were set up again, or by somebody else.
    await freeAll()
    const { as, address, fields, asked } = await stage(path)
    await waitAll()
    const before = await actsOf(as)
    const visitor = await site.visitor(as)
    const answer = await visitor.post(address, { ...fields, ...asked })
    expect([path, answer.status]).toEqual([path, 403])
    expect(answer.text, path).toContain('You cannot do this yet')
    expect(await actsOf(as), path).toBe(before)
  }
  const { address, fields } = await stageFreely('/cases/:case/bundles/:bundle/decide')
  const refusal = { ...fields, decision: 'refuse', note: 'Not now' }
  const visitor = await site.visitor('coordinator')
  expect((await visitor.post(address, refusal)).status).toBe(303)
  await freeAll()
}, 120_000)

const setFreed = (freed: string): Promise<unknown> =>
  asOwner(world.ownerUrl, client =>
    client.query(
      `update unwatched.credential_change set freed_at = ${freed},
         freed_by = case when ${freed} is null then null else $1::uuid end where waits_until is not null`,
      [world.people.manager],
    ),
  )
const freeAll = (): Promise<unknown> => setFreed('at')
const waitAll = (): Promise<unknown> => setFreed('null::timestamptz')
async function stageFreely(path: string): Promise<Part> {
  await freeAll()
  const part = await stage(path)
  await waitAll()
  return part
}
