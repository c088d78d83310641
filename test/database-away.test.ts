import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { findFormWords } from '../src/app/form-words.ts'
import { findKnownProfile } from '../src/app/known-profile.ts'
import { routes } from '../src/app/routes.ts'
import { accessCase } from '../src/audit/operations/access-case.ts'
import type { CaseId } from '../src/foundation/ids.ts'
import { makePhrases } from '../src/identity/operations/make-phrases.ts'
import type { AnyRoute } from '../src/identity/route.ts'
import { secretFieldNames } from '../src/identity/secret-field.ts'
import { sessionCookie } from '../src/identity/session.ts'
import { type Database, openDatabase } from '../src/platform/database.ts'
import { prepareProgramRole } from '../src/platform/program-role.ts'
import { newOnce } from '../src/web/form.ts'
import { type LineToDatabase, openLine } from './support/line-to-database.ts'
import { openTestCase } from './support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from './support/test-clinic.ts'
import { openTestSite, type SiteAnswer, type TestSite, type Visitor } from './support/test-site.ts'

let world: TestClinic
let line: LineToDatabase
let database: Database
let site: TestSite
let theCase: CaseId
let staff: Visitor
let stranger: Visitor
let client: Visitor
let clientWords: string

beforeAll(async () => {
  world = await openTestClinic()
  await asOwner(world.ownerUrl, owner =>
    owner.query(
      `update unwatched.clinic set profile = jsonb_set(profile, '{public,phone}', '{"number": "01632 960123", "hours": "every day, 9am to 9pm"}')`,
    ),
  )
  theCase = await openTestCase(world, { clientName: 'Hidden Testname' })
  line = await openLine(world.ownerUrl)
  const programUrl = await prepareProgramRole(world.ownerUrl, 'test')
  database = openDatabase(line.through(programUrl), {
    now: world.clock.now,
    key: world.clinic.key,
    connections: 8,
    watch: { after: 300, patience: 600, every: 100 },
  })
  site = await openTestSite(world, { clinic: { ...world.clinic, database } })
  staff = await site.visitor('call-handler')
  stranger = await site.visitor()
  client = await clientOf(theCase)
  for (const visitor of [staff, stranger, client]) await visitor.post('/no-such-page')
})
afterAll(async () => {
  await line.pass()
  await site.close()
  await database.close()
  await line.close()
  await world.close()
})
beforeEach(() => line.pass())

async function clientOf(caseId: CaseId): Promise<Visitor> {
  const made = await world.clinic.database.transaction(world.as('coordinator'), async transaction => {
    await accessCase(transaction, { caseId, part: 'contact', mode: 'write' })
    return makePhrases(world.clinic, transaction, world.people.coordinator, caseId, {
      check: 'code-words',
      once: newOnce(),
    })
  })
  const visitor = await site.visitor()
  clientWords = made?.open.join(' ') ?? ''
  expect((await visitor.post('/my/words', { words: clientWords })).location).toBe('/my')
  return visitor
}

const someId = '01900000-0000-7000-8000-000000000000'
const addressOf = (route: AnyRoute): string =>
  route.path
    .replace(':case', theCase)
    .replace(':token', 'A'.repeat(43))
    .replace(/:[a-zA-Z]+/g, someId)
const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

/** What a browser would send from the page's own form, as it stands; null when it has none that goes to this address. */
function readForm(page: string, action: string): ReadonlyMap<string, readonly string[]> | null {
  const form = page.split('<form').find(each => each.includes(`action="${action.replaceAll('&', '&amp;')}"`))
  if (!form) return null
  const fields = new Map<string, string[]>()
  const add = (name: string, value: string): void => {
    fields.set(name, [...(fields.get(name) ?? []), unescaped(value)])
  }
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const name = /\sname="([^"]*)"/.exec(tag)?.[1]
    if (name !== undefined && !/type="file"/.test(tag)) add(name, /\svalue="([^"]*)"/.exec(tag)?.[1] ?? '')
  }
  // HTML Living Standard, 13.1.2.5: a parser drops the first newline
  for (const [, attributes = '', value = ''] of form.matchAll(/<textarea([^>]*)>([\s\S]*?)<\/textarea>/g))
    add(/\sname="([^"]*)"/.exec(attributes)?.[1] ?? '', value.replace(/^\n/, ''))
  return fields
}

const typed = {
  someName: "Zoë “O'Neill” <b>&amp;",
  someWords: '\nfirst line\n\n  <textarea> "last" line & more',
  someTicks: ['one', 'two'],
  nothing: '',
  _once: 'AAAAAAAAAAAAAAAAAAAAAA',
  _seen: 'v1',
}
// under the names of the real fields, and under two that no page has yet
const secrets: Readonly<Record<string, string>> = {
  ...Object.fromEntries(secretFieldNames.map(name => [name, `qzsecret of ${name}`])),
  code: '918273',
  newPassword: 'pw-Qzecret-2',
  phrase: 'qzmeadow qzlantern',
}

const told = {
  words: 'He knows where I park.\nHe wrote <b>soon</b>',
  adult: 'yes',
  postcode: 'TN9 1AA',
  cyberstalked: 'yes',
  clientName: 'Opal Example',
}

/** What a form must hold before its work begins. */
const heldBy = (path: string): Readonly<Record<string, string>> => {
  if (path === '/sign-in') return { name: 'ada.example' }
  if (path === '/refer/form') return told
  return path === '/my/words' ? { words: clientWords } : {}
}

/** These end a visit, or are not there on a real clinic, with or without a database; nothing is typed into them. */
const endings = new Set(['/leave', '/sign-out', '/my/out', '/demo-sign-in/:token'])

const posts = routes.filter(route => route.method === 'POST' && !endings.has(route.path))

const breaksOf = (text: string): string => text.replaceAll('\r\n', '\n')

function verifyGivenBack(answer: SiteAnswer, address: string, what: string): void {
  expect(answer.status, what).toBe(503)
  expect(answer.headers.get('cache-control'), what).toContain('no-store')
  const fields = readForm(answer.text, address)
  expect(fields, what).not.toBeNull()
  expect(fields?.get('someName'), what).toEqual([typed.someName])
  expect(fields?.get('someWords')?.map(breaksOf), what).toEqual([typed.someWords])
  expect(fields?.get('someTicks'), what).toEqual(['one', 'two'])
  expect(fields?.get('nothing'), what).toEqual([''])
  expect(fields?.get('_once'), what).toEqual([typed._once])
  expect(fields?.get('_seen'), what).toEqual([typed._seen])
  expect(fields?.get('_csrf')?.length, what).toBe(1)
  for (const [name, secret] of Object.entries(secrets)) {
    expect(answer.text, `${what}: ${name}`).not.toContain(secret)
    expect(fields?.get(name), `${what}: ${name}`).toEqual([''])
  }
  // what a person typed they can see and change
  expect(answer.text).toMatch(/<input class="govuk-input"[^>]*name="someName"/)
  expect(answer.text).toMatch(/<textarea class="govuk-textarea"[^>]*name="someWords"/)
}

test('with the database away every form of the clinic is given back, filled in, and no secret with it', async () => {
  expect(posts.length).toBeGreaterThan(100)
  await line.cut()
  for (const route of posts) {
    const what = `${route.method} ${route.path}`
    const visitor = route.kind === 'public' ? stranger : route.kind === 'client' ? client : staff
    const address = addressOf(route)
    const answer = await visitor.post(address, { ...typed, ...secrets, ...heldBy(route.path) })
    verifyGivenBack(answer, address, what)
    for (const [name, value] of Object.entries(heldBy(route.path)))
      expect(readForm(answer.text, address)?.get(name)?.map(breaksOf), `${what}: ${name}`).toEqual([
        route.path === '/my/words' ? '' : value,
      ])
    expect(answer.text, what).not.toContain(clientWords)
  }
  for (const path of endings) {
    const answer = await (await site.visitor()).post(path)
    expect([303, 403, 404, 503], path).toContain(answer.status)
  }
}, 120_000)

test('every field of the forms of the public, of a client and of a call comes back under the words of its form', async () => {
  const forms = [
    ...routes
      .filter(route => route.method === 'GET' && (route.kind === 'public' || route.kind === 'client'))
      .filter(route => !route.path.includes(':token') && !endings.has(route.path))
      .map(route => ({ path: route.path, visitor: route.kind === 'client' ? client : stranger })),
    { path: '/calls/new', visitor: staff },
  ]
  const profile = await findKnownProfile(world.clinic)
  const seen = new Set<string>()
  for (const { path, visitor } of forms) {
    const { text } = await visitor.get(path)
    for (const form of text.split('<form').slice(1)) {
      const action = /action="([^"]*)"/.exec(form)?.[1] ?? ''
      for (const [tag, , name = ''] of form.matchAll(
        /<(input|textarea|select)[^>]*\sname="([^"]*)"[^>]*>/g,
      )) {
        if (/type="hidden"/.test(tag) || action === '/sign-in' || name.startsWith('_')) continue
        seen.add(`${action} ${name}`)
        expect(findFormWords(action, profile).has(name), `${action} ${name}`).toBe(true)
        expect(findFormWords(action, null).has(name), `${action} ${name}, profile unknown`).toBe(true)
      }
    }
  }
  for (const field of ['/refer/form words', '/refer/form flags', '/my/notes/new felt', '/my/words words'])
    expect([...seen]).toContain(field)
  expect([...seen].filter(field => field.startsWith('/calls/new ')).length).toBeGreaterThan(20)
})

const emergency = 'If you are in danger now, call 999.'

test('what was chosen is said in words and is no box to type in; free words have a box with room', async () => {
  await line.cut()
  const words = `He is outside. ${'He will not go. '.repeat(20)}`
  const told = {
    words,
    adult: 'yes',
    flags: ['threats-to-kill', 'weapon'],
    clientName: 'Una',
    _once: newOnce(),
  }
  const { text } = await stranger.post('/refer/form', told)
  expect(text.indexOf(emergency)).toBeGreaterThan(text.indexOf('<h1'))
  expect(text.indexOf(emergency)).toBeLessThan(text.indexOf('<form'))
  const box = /<textarea[^>]*name="words"[^>]*>/.exec(text)?.[0] ?? ''
  expect(Number(/rows="(\d+)"/.exec(box)?.[1])).toBeGreaterThanOrEqual(10)
  for (const label of [
    'What is happening?',
    'What may we call you?',
    'Does any of this apply?',
    'Threats to kill',
  ])
    expect(text).toContain(label)
  expect(text).not.toMatch(/<dd[^>]*>[^<]*<bdi>threats-to-kill/)
  for (const name of ['adult', 'flags']) {
    const fields = [...text.matchAll(/<(?:input|textarea)[^>]*>/g)].filter(([tag]) =>
      tag.includes(`name="${name}"`),
    )
    for (const [tag] of fields) expect(tag).toContain('type="hidden"')
  }
  expect(readForm(text, '/refer/form')?.get('flags')).toEqual(told.flags)
  // a single short word is free words all the same
  const short = await stranger.post('/refer/form', { ...told, words: 'help' })
  expect(short.text).toMatch(/<textarea class="govuk-textarea"[^>]*name="words"/)
})

test('999 stands first on what the public is shown; a client’s pages give no such line, nor do the pages before the sign-in of staff', async () => {
  await line.cut()
  for (const path of ['/', '/refer/form', '/refer/other-help']) {
    const look = await stranger.get(path)
    if (look.status === 503) expect(look.text, path).toContain(emergency)
  }
  expect((await stranger.get('/')).status).toBe(503)
  expect((await client.get('/my')).text).not.toContain('999')
  expect((await client.post('/my/notes/new', { what: 'He waited' })).text).not.toContain('999')
  expect((await stranger.post('/sign-in', { name: 'ada', ...secrets })).text).not.toContain('999')
})

test('S3: at a client’s sign-in the page says that their words must be typed again, and nothing of what it does not hold', async () => {
  await line.cut()
  const { text, status } = await stranger.post('/my/words', { words: clientWords, _once: newOnce() })
  expect(status).toBe(503)
  expect(text).not.toMatch(/on this page\./)
  expect(text).not.toContain('What you typed')
  expect(text).not.toContain('not taken twice')
  expect(text).toContain('type them again')
  expect(text).toContain('Enter your words')
})

test('a database that goes away in the middle of the work loses nothing that was typed either', async () => {
  let left = Number.POSITIVE_INFINITY
  const { database } = world.clinic
  const orGone = <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    left -= 1
    return left < 0 ? Promise.reject(Object.assign(new Error('gone'), { code: '57P01' })) : work()
  }
  const failing: Database = {
    ...database,
    ask: entry => orGone(() => database.ask(entry)),
    begin: entry => orGone(() => database.begin(entry)),
    transaction: (actor, work) => orGone(() => database.transaction(actor, work)),
  }
  const failingSite = await openTestSite(world, { clinic: { ...world.clinic, database: failing } })
  const roles = ['coordinator', 'cyber-adviser', 'administrator', 'call-handler', 'manager'] as const
  const visitors = new Map<string, Visitor>()
  for (const role of roles) visitors.set(role, await failingSite.visitor(role))
  for (const visitor of visitors.values()) await visitor.post('/no-such-page')
  let givenBack = 0
  for (const route of posts.filter(each => each.kind === 'staff' || each.kind === 'case')) {
    const role = roles.find(each => route.kind !== 'staff' || route.who.includes(each)) ?? 'coordinator'
    for (const allowed of [1, 2, 3]) {
      left = allowed
      const answer = await visitors.get(role)?.post(addressOf(route), { ...typed, ...secrets })
      const what = `${route.path} after ${allowed}`
      expect(answer?.status, what).not.toBe(500)
      if (answer?.status !== 503) continue
      givenBack += 1
      verifyGivenBack(answer, addressOf(route), what)
    }
    left = Number.POSITIVE_INFINITY
  }
  await failingSite.close()
  expect(givenBack).toBeGreaterThan(80)
}, 120_000)

test('S2, S3: what a client typed comes back on a page that says nothing, with the exit and the number to ring', async () => {
  await line.cut()
  const { text, status } = await stranger.post('/refer/form', { ...told, _once: newOnce() })
  expect(status).toBe(503)
  expect(/<title>([^<]*)/.exec(text)?.[1]).toBe('Not sent yet')
  expect(text).toContain('href="/leave"')
  expect(text).toContain('If it cannot wait, ring 01632 960123: every day, 9am to 9pm.')
  const without = Object.values(told).reduce(
    (rest, value) => rest.replaceAll(value.replaceAll('<', '&lt;').replaceAll('>', '&gt;'), ''),
    text,
  )
  expect(without.replace(/<[^>]*>/g, ' ')).not.toMatch(
    /stalk|abus|police|victim|helpline|database|clinic|Hidden Testname/i,
  )
  // made elsewhere, or for another visit: nothing of it comes back where a client may have typed it
  const forged = await fetch(`${site.address}/refer/form`, {
    method: 'POST',
    body: new URLSearchParams(told),
    headers: { cookie: `${sessionCookie}=${'A'.repeat(43)}` },
  })
  expect(forged.status).toBe(503)
  expect(await forged.text()).not.toContain('Opal')
  const look = await client.get('/my')
  expect(look.status).toBe(503)
})

test('a file cannot be given back: it is named, and asked for again', async () => {
  await line.cut()
  const path = `/cases/${theCase}/evidence`
  const files = [{ field: 'files', name: 'chat of june.txt', bytes: 'hello' }]
  const answer = await staff.post(path, { ...typed, ...secrets }, files)
  verifyGivenBack(answer, path, 'evidence')
  expect(answer.text).toContain('chat of june.txt')
  expect(answer.text).toMatch(/<input class="govuk-file-upload" type="file" multiple [^>]*name="files">/)
  expect(answer.text).toContain('enctype="multipart/form-data"')
})

const countOf = async (statement: string): Promise<number> =>
  asOwner(world.ownerUrl, async owner => Number((await owner.query(statement)).rows[0].n))

test('a save whose commit was kept and whose answer was lost is sent again, and there is one of it', async () => {
  const referrals = 'select count(*) as n from unwatched.referral'
  const notes = 'select count(*) as n from unwatched.diary_entry'
  const note = { what: 'He waited\nby the gate', precision: 'unknown' }
  for (const { visitor, path, fields, counted } of [
    { visitor: stranger, path: '/refer/form', fields: told, counted: referrals },
    { visitor: staff, path: '/calls/new', fields: told, counted: referrals },
    { visitor: client, path: '/my/notes/new', fields: note, counted: notes },
  ]) {
    let keptUnsaid = 0
    // Each commit of the visit is lost, one after the other: the mark of its session, the act of access, and the save itself.
    for (let round = 0; round < 8; round += 1) {
      const before = await countOf(counted)
      const isLost = line.loseCommit(round)
      const first = await visitor.post(path, { ...fields, _once: newOnce() })
      if (!isLost()) {
        expect(first.status, `${path}, nothing lost`).toBe(303)
        break
      }
      expect(first.status, `${path}, ${round}`).toBe(503)
      keptUnsaid += (await countOf(counted)) - before
      const again = readForm(first.text, path) ?? new Map<string, readonly string[]>()
      const sent = Object.fromEntries([...again].filter(([name]) => name !== '_csrf'))
      expect((await visitor.post(path, sent)).status, `${path}, ${round}, again`).toBe(303)
      expect((await countOf(counted)) - before, `${path}, ${round}`).toBe(1)
    }
    expect(keptUnsaid, path).toBe(1)
  }
}, 60_000)

test('a database that takes questions and never answers is waited for so long, and then not asked until it answers', async () => {
  const once = newOnce()
  for (let tries = 0; tries < 50 && (await staff.get('/calls/new')).status !== 200; tries += 1)
    await new Promise(done => setTimeout(done, 20))
  line.fallSilent()
  const began = performance.now()
  const first = await staff.post('/calls/new', { ...told, _once: once })
  expect(first.status).toBe(503)
  expect(readForm(first.text, '/calls/new')?.get('clientName')).toEqual([told.clientName])
  expect(performance.now() - began).toBeLessThan(20_000)
  // now that it is known, nobody waits for it
  const open = line.open()
  const answers = await Promise.all(
    Array.from({ length: 30 }, () => staff.post('/calls/new', { ...told, _once: once })),
  )
  expect(answers.map(answer => answer.status)).toEqual(answers.map(() => 503))
  expect(line.open()).toBeLessThanOrEqual(open + 4)
  expect((await site.visitor().then(each => each.get('/ready'))).status).toBe(503)
  await line.pass()
  let status = 503
  for (let tries = 0; tries < 100 && status === 503; tries += 1) {
    await new Promise(done => setTimeout(done, 100))
    status = (await staff.post('/calls/new', { ...told, _once: once })).status
  }
  expect(status).toBe(303)
}, 60_000)
