import { generateSync } from 'otplib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Browser, type DoorAnswer, openDoorSite } from '../../../../test/support/sign-in-site.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { withCase } from '../../../audit/operations/access-case.ts'
import { listActsOfClinic } from '../../../audit/operations/list-acts-of-clinic.ts'
import type { Clinic } from '../../../platform/clinic.ts'
import { showPage } from '../../../web/answer.ts'
import { html } from '../../../web/html.ts'
import { fieldText } from '../../../web/request.ts'
import { makeDemoLinks } from '../../operations/make-demo-links.ts'
import { startSession } from '../../operations/start-session.ts'
import { type Role, roles } from '../../role.ts'
import type { AnyRoute } from '../../route.ts'
import { staffPage } from '../../staff-page.ts'

const password = 'teapot gravel Tuesday owl'
const logged: string[] = []
const taken: string[] = []
let world: TestClinic
let clinic: Clinic
let site: Awaited<ReturnType<typeof openDoorSite>>
let minutes = 0

/** A page of a higher room, to see what the sign-in does for it. */
const callSheet: readonly AnyRoute[] = [
  {
    kind: 'staff',
    who: ['call-handler'],
    method: 'POST',
    path: '/calls/new',
    upload: { maxBytes: 1_000_000 },
    answer: async (request, visit) => {
      taken.push(
        `${visit.staff.role}: ${fieldText(request.form, 'words')} (${fieldText(request.form, '_once')})`,
      )
      return showPage(staffPage(visit, { title: 'Saved', body: html`saved` }))
    },
  },
]

beforeAll(async () => {
  world = await openTestClinic()
  clinic = {
    ...world.clinic,
    isDemo: true,
    log: (event, facts) => void logged.push(JSON.stringify({ event, facts })),
  }
  site = await openDoorSite(clinic, callSheet)
})
afterAll(async () => {
  await site.close()
  await world.close()
})

function pass(more: number): void {
  minutes += more
  world.clock.moveTo(new Date(Date.parse('2026-03-02T10:00:00Z') + minutes * 60_000).toISOString())
}

const codeOf = (secret: string): string =>
  generateSync({ secret, epoch: Math.floor(world.clock.now().getTime() / 1000) })

async function signedIn(role: Role): Promise<Browser> {
  const browser = site.browser()
  const token = await clinic.database.transaction(world.task('sign-in'), transaction =>
    startSession(transaction, world.people[role]),
  )
  browser.cookies.set('session', token)
  return browser
}

/** Asks for a link as the administrator, approves it as the coordinator, and returns what each of them is shown. */
async function approvedLink(
  fields: Readonly<Record<string, string>>,
): Promise<{ readonly link: string; readonly code: string }> {
  const administrator = await signedIn('administrator')
  const page = await administrator.get('/admin/people')
  const asked = await administrator.submit(page, '/admin/people', fields)
  const [, code = ''] = /id="joining-code">([a-z ]+)</.exec(asked.text) ?? []
  expect(code.split(' ')).toHaveLength(4)
  const askedAgain = await administrator.submit(page, '/admin/people', fields)
  expect(askedAgain.text, 'the same form sent twice shows the same code').toContain(code)
  const coordinator = await signedIn('coordinator')
  const waiting = (await coordinator.get('/admin/links')).text
  const [, path = ''] = /href="(\/admin\/links\/[\w-]+)">Decide/.exec(waiting) ?? []
  const decide = await coordinator.get(path)
  expect(decide.text).toContain(fields['sign-in-name'])
  const shown = await coordinator.submit(decide, path, { decision: 'approve' })
  const again = await coordinator.submit(decide, path, { decision: 'approve' })
  const [, link = ''] = /(\/join\/[\w-]{43})/.exec(shown.text) ?? []
  expect(again.text, 'the same form sent twice shows the same link').toContain(link)
  const later = await coordinator.submit(await coordinator.get(path), path, { decision: 'approve' })
  expect(later.text).not.toContain('/join/')
  const people = (await administrator.get('/admin/people')).text
  for (const text of [waiting, decide.text, shown.text]) expect(text).not.toContain(code)
  for (const text of [asked.text, people]) expect(text).not.toMatch(/\/join\//)
  return { link, code }
}

/** Invites, enrols and returns how to sign in as them. */
async function enrolled(signInName: string): Promise<{ browser: Browser; secret: string }> {
  const { link, code } = await approvedLink({
    name: 'Amara Okafor',
    'sign-in-name': signInName,
    role: 'call-handler',
    agency: world.agencies.cyber,
  })
  const browser = site.browser()
  const join = await browser.get(link)
  const secret = (/<code>([A-Z2-7 ]+)<\/code>/.exec(join.text)?.[1] ?? '').replaceAll(' ', '')
  const done = await browser.submit(join, link, { 'joining-code': code, password, code: codeOf(secret) })
  expect(done.text).toContain('This is your second secret')
  pass(2)
  return { browser, secret }
}

test('nobody gets past the sign-in: every page of staff sends a stranger to sign in, and back afterwards', async () => {
  for (const path of ['/staff', '/admin/people', '/admin/queue', '/admin/links']) {
    const answer = await site.browser().get(path)
    expect([answer.status, answer.location]).toEqual([303, `/sign-in?to=${encodeURIComponent(path)}`])
  }
  const forged = site.browser()
  forged.cookies.set('session', 'A'.repeat(43))
  expect((await forged.get('/staff')).status).toBe(303)
})

test('only the administrator opens the administrator’s pages', async () => {
  for (const role of roles) {
    const browser = await signedIn(role)
    for (const path of ['/admin/people', '/admin/queue']) {
      expect((await browser.get(path)).status, `${role} ${path}`).toBe(role === 'administrator' ? 200 : 403)
    }
    const seesActs = role === 'administrator' || role === 'coordinator'
    expect((await browser.get('/admin/acts')).status, role).toBe(seesActs ? 200 : 403)
    expect((await browser.get('/admin/links')).status, role).toBe(role === 'coordinator' ? 200 : 403)
    expect((await browser.get('/staff')).status).toBe(200)
  }
})

test('S12 an administrator sees no link; a refusal comes back with its reason', async () => {
  const administrator = await signedIn('administrator')
  const fields = { name: 'Cleo', 'sign-in-name': 'cleo', role: 'coordinator', agency: world.agencies.lead }
  const page = await administrator.get('/admin/people')
  await administrator.submit(page, '/admin/people', fields)
  const people = await administrator.get('/admin/people')
  expect(people.text).toContain('Waiting')
  const twice = await administrator.submit(people, '/admin/people', fields)
  expect(twice.text).toContain('<a href="#sign-in-name">Somebody has this sign-in name already')
  const coordinator = await signedIn('coordinator')
  const [, path = ''] =
    /href="(\/admin\/links\/[\w-]+)">Decide/.exec((await coordinator.get('/admin/links')).text) ?? []
  const decide = await coordinator.get(path)
  const silent = await coordinator.submit(decide, path, { decision: 'refuse' })
  expect(silent.text).toContain('<a href="#reason">Enter why you do not approve it</a>')
  expect((await coordinator.submit(decide, path)).text).toContain('Select whether you approve this link')
  const refused = await coordinator.submit(decide, path, { decision: 'refuse', reason: 'Nobody told us <b>' })
  expect(refused.location).toBe('/admin/links')
  expect((await administrator.get('/admin/people')).text).toContain('Nobody told us &lt;b&gt;')
  expect((await coordinator.get(path)).location).toBe('/admin/links')
  expect((await coordinator.get('/admin/links/nothing')).status).toBe(404)
})

test('administrator and coordinator read the same acts, and what the command line did with a case without the case', async () => {
  const caseId = await openTestCase(world, { clientName: 'Hidden Testname' })
  await withCase(
    clinic.database,
    world.task('job-command-line'),
    { caseId, part: 'evidence', mode: 'read' },
    async () => null,
  )
  const pages = await Promise.all(
    (['administrator', 'coordinator'] as const).map(async role => {
      const browser = await signedIn(role)
      return (await browser.get('/admin/acts')).text
    }),
  )
  for (const text of pages) {
    expect(text).toContain('Did not approve a link')
    expect(text).toContain('Cleo, Coordinator')
    expect(text).toContain('Looked into a case')
    expect(text).toContain('At the machine')
    expect(text).not.toContain(caseId)
    expect(text).not.toContain('Hidden Testname')
    expect(text).not.toMatch(/>Signed in</)
  }
  const other = await clinic.database.transaction(world.as('cyber-adviser'), transaction =>
    listActsOfClinic(transaction, { before: null, withSignIns: true, atMost: 10 }),
  )
  expect(other.acts).toEqual([])
  const whole = await clinic.database.transaction(world.as('coordinator'), transaction =>
    listActsOfClinic(transaction, { before: null, withSignIns: true, atMost: 2 }),
  )
  expect([whole.acts.length, whole.older]).toEqual([2, whole.acts[1]?.actId])
})

test('S12 a new link for somebody at work is asked for, can be taken back, and signs nobody out before it is approved', async () => {
  const idva = await signedIn('idva')
  const administrator = await signedIn('administrator')
  const action = `/admin/people/${world.people.idva}/link`
  const people = await administrator.get('/admin/people')
  const check = await administrator.submit(people, action)
  expect(check.text).toContain('Ask for a new link for Test idva?')
  expect((await administrator.submit(check, action)).text).toContain('The joining code for Test idva')
  const asked = await administrator.get('/admin/people')
  const [, withdraw = ''] = /action="(\/admin\/people\/requests\/[\w-]+\/withdraw)"/.exec(asked.text) ?? []
  expect((await administrator.submit(asked, withdraw)).location).toBe('/admin/people')
  const coordinator = await signedIn('coordinator')
  expect((await coordinator.get('/admin/links')).text).toContain('Nobody waits')
  await administrator.submit(
    await administrator.submit(await administrator.get('/admin/people'), action),
    action,
  )
  expect((await idva.get('/staff')).status).toBe(200)
  const [, path = ''] =
    /href="(\/admin\/links\/[\w-]+)">Decide/.exec((await coordinator.get('/admin/links')).text) ?? []
  const shown = await coordinator.submit(await coordinator.get(path), path, { decision: 'approve' })
  expect(shown.text).toMatch(/\/join\/[\w-]{43}/)
  expect((await idva.get('/staff')).status).toBe(303)
  await asOwner(world.ownerUrl, client =>
    client.query("update unwatched.person set state = 'active' where person_id = $1", [world.people.idva]),
  )
})

test('somebody invited chooses a password, pairs a code app, works, signs out and signs in again', async () => {
  const { browser, secret } = await enrolled('amara')
  const home = await browser.get('/staff')
  expect(home.text).toContain('Hello, Amara Okafor')
  expect(home.text).toContain('href="/calls/new"')
  expect((await browser.submit(home, '/sign-out')).location).toBe('/sign-in?signed-out=yes')
  expect((await browser.get('/staff')).status).toBe(303)

  const page = await browser.get('/sign-in?to=/calls/new')
  const wrong = await browser.submit(page, '/sign-in', {
    name: 'amara',
    password: 'wrong wrong wrong',
    code: codeOf(secret),
  })
  expect(wrong.status).toBe(422)
  expect(wrong.text).toContain('The sign-in name, password or code is not right')
  expect(wrong.text).not.toContain('wrong wrong wrong')
  const right = await browser.submit(wrong, '/sign-in', { name: 'amara', password, code: codeOf(secret) })
  expect([right.status, right.location]).toEqual([303, '/calls/new'])
  expect(right.headers.getSetCookie().join()).toMatch(/session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict/)
})

test('every field of the sign-in page that is wrong is named, and its summary leads to it', async () => {
  const browser = site.browser()
  const answer = await browser.submit(await browser.get('/sign-in'), '/sign-in', { code: '12' })
  expect(answer.status).toBe(422)
  expect(answer.text).toContain('<title>Error: Sign in</title>')
  for (const [field, message] of [
    ['name', 'Enter your sign-in name'],
    ['password', 'Enter your password'],
    ['code', 'The code must be 6 numbers'],
  ]) {
    expect(answer.text).toContain(`<a href="#${field}">${message}</a>`)
    expect(answer.text).toContain(`id="${field}"`)
  }
})

test('many wrong guesses are told at once how long to wait', async () => {
  const browser = site.browser()
  let page = await browser.get('/sign-in')
  for (let guess = 0; guess < 6; guess += 1) {
    page = await browser.submit(page, '/sign-in', {
      name: 'guessed',
      password: `wrong ${guess}`,
      code: '123456',
    })
  }
  expect(page.status).toBe(429)
  expect(page.text).toMatch(/Try again in \d+ second/)
  expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(0)
})

test('an invitation that is weak, wrong, used or made up says so', async () => {
  const fields = { name: 'Bo', 'sign-in-name': 'bo.weak', role: 'manager', agency: world.agencies.lead }
  const { link, code } = await approvedLink(fields)
  const browser = site.browser()
  const join = await browser.get(link)
  const weak = await browser.submit(join, link, { password: 'password1234', code: '000000' })
  expect(weak.status).toBe(422)
  expect(weak.text).toContain('<a href="#joining-code">Enter the joining code')
  expect(weak.text).toContain('<a href="#password">Choose a password that is harder to guess')
  expect(weak.text).toContain('<a href="#code">The code is not the one')
  const secretOf = (text: string) => /<code>([A-Z2-7 ]+)<\/code>/.exec(text)?.[1]
  expect(secretOf(weak.text), 'the picture that was scanned stays the same').toBe(secretOf(join.text))
  const secret = (secretOf(join.text) ?? '').replaceAll(' ', '')
  const right = { password, code: codeOf(secret) }
  const wrong = await browser.submit(weak, link, { ...right, 'joining-code': 'abandon ability able about' })
  expect([wrong.status, wrong.text.includes('it is not said which is wrong')]).toEqual([422, true])
  // However it is written down.
  const written = `${code.toUpperCase().replaceAll(' ', ' - ')}.`
  const done = await browser.submit(wrong, link, { ...right, 'joining-code': written })
  expect(done.text).toMatch(/id="second-secret">([a-z]+ ){5}[a-z]+</)
  expect((await browser.get('/staff')).text).toContain('Hello, Bo')
  expect((await site.browser().get(link)).text).toContain('This link has been used')
  expect((await site.browser().get(`/join/${'x'.repeat(43)}`)).text).toContain('not one of ours')

  const administrator = await signedIn('administrator')
  const taken = await administrator.submit(await administrator.get('/admin/people'), '/admin/people', fields)
  expect(taken.text).toContain('<a href="#sign-in-name">Somebody has this sign-in name already')
})

test('work that stopped is shown to the administrator of its own clinic, who starts it again', async () => {
  await asOwner(world.ownerUrl, async client => {
    const add = 'select graphile_worker.add_job($1, $2::json, max_attempts => 1)'
    await client.query(add, ['read-arrival', JSON.stringify({ clinicId: clinic.clinicId })])
    await client.query(add, ['other-clinic', JSON.stringify({ clinicId: world.agencies.lead })])
    await client.query("update graphile_worker._private_jobs set attempts = 1, last_error = 'disk-full'")
  })
  const administrator = await signedIn('administrator')
  const page = await administrator.get('/admin/queue')
  expect(page.text).toContain('read-arrival')
  expect(page.text).toContain('disk-full')
  expect(page.text).not.toContain('other-clinic')
  const [, action = ''] = /action="([^"]+\/retry)"/.exec(page.text) ?? []
  expect((await administrator.submit(page, action)).location).toBe('/admin/queue')
  expect((await administrator.get('/admin/queue')).text).toContain('Nothing waits')
  expect((await administrator.submit(page, action)).status).toBe(404)
})

test('suspending signs somebody out at once', async () => {
  const { browser } = await enrolled('to-suspend')
  const administrator = await signedIn('administrator')
  const people = await administrator.get('/admin/people')
  const row = people.text.split('<tr').find(part => part.includes('>to-suspend<')) ?? ''
  const [, action = ''] = /action="([^"]+\/suspend)"/.exec(row) ?? []
  const check = await administrator.submit(people, action)
  expect(check.text).toContain('What follows')
  expect((await browser.get('/staff')).status, 'nothing happens before it was read').toBe(200)
  expect((await administrator.submit(check, action)).text).toContain(
    'Select why they must not sign in any more',
  )
  expect((await administrator.submit(check, action, { because: 'left' })).location).toBe('/admin/people')
  expect((await browser.get('/staff')).status).toBe(303)
})

test('a demo link asks first, signs in once, and is nothing outside a demo', async () => {
  const link = (await makeDemoLinks(clinic)).find(one => one.name === 'Test call-handler')
  const path = `/demo-sign-in/${link?.token}`
  const browser = site.browser()
  expect((await browser.get(path)).status).toBe(200)
  const asked = await browser.get(path)
  expect(asked.text).toContain('Sign in as Test call-handler')
  expect((await browser.submit(asked, path)).location).toBe('/staff')
  expect((await browser.get('/staff')).text).toContain('Hello, Test call-handler')
  expect((await site.browser().get(path)).text).toContain('This link has been used')

  const real = await openDoorSite(world.clinic)
  const [another] = await makeDemoLinks(clinic)
  expect((await real.browser().get(`/demo-sign-in/${another?.token}`)).text).toContain('Page not found')
  await real.close()
})

test('a session that ended in the middle of a form loses nothing, and the form is taken once', async () => {
  const { browser, secret } = await enrolled('half-way')
  const home = await browser.get('/staff')
  pass(31)
  const words = 'He <waits> outside "work" & rings\nevery day'
  const once = 'abcdefghijklmnopqrstuv'
  const csrf = /name="_csrf" value="([^"]+)"/.exec(home.text)?.[1] ?? ''
  const cut = await browser.post('/calls/new', new URLSearchParams({ _csrf: csrf, _once: once, words }))
  expect(cut.status).toBe(403)
  expect(cut.text).toContain('You were signed out before this was sent')
  expect(cut.text).not.toContain('outside')

  const mistyped = await browser.submit(cut, '/sign-in', {
    name: 'half-way',
    password: 'x',
    code: codeOf(secret),
  })
  const back = await browser.submit(mistyped, '/sign-in', {
    name: 'half-way',
    password,
    code: codeOf(secret),
  })
  expect(back.status).toBe(200)
  expect(back.text).toContain('Send it now')
  taken.length = 0
  const fields = new URLSearchParams({
    _csrf: /name="_csrf" value="([^"]+)"/.exec(back.text)?.[1] ?? '',
    _once: /name="_once" value="([^"]+)"/.exec(back.text)?.[1] ?? '',
    words: unescapeText(/<textarea name="words" hidden>\n([^<]*)</.exec(back.text)?.[1] ?? ''),
  })
  expect((await browser.post('/calls/new', fields)).status).toBe(200)
  expect(taken).toEqual([`call-handler: ${words} (${once})`])
})

/** The sign-in page that comes to anyone who sends a call while nobody is signed in here. */
async function cutOff(browser: Browser): Promise<DoorAnswer> {
  const page = await browser.get('/sign-in')
  const csrf = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
  const typed = { _csrf: csrf, _once: 'abcdefghijklmnopqrstuv', words: 'He <rang>', 'second-phrase': 'owl' }
  return browser.post('/calls/new', new URLSearchParams(typed))
}

test('S12 what was kept is sent by nobody but the person whose session ended, and is shown to nobody else', async () => {
  const { secret } = await enrolled('next-at-desk')
  const browser = await signedIn('call-handler')
  const home = await browser.get('/staff')
  pass(31)
  const csrf = /name="_csrf" value="([^"]+)"/.exec(home.text)?.[1] ?? ''
  const cut = await browser.post('/calls/new', new URLSearchParams({ _csrf: csrf, words: 'He <rang>' }))
  const next = await browser.submit(cut, '/sign-in', { name: 'next-at-desk', password, code: codeOf(secret) })
  expect(next.text).toContain('Somebody else typed what was kept here')
  expect(next.text).not.toContain('rang')
  expect(next.text).not.toContain('Send it now')
})

test('S12 anyone who would send what nobody knows the writer of is told what it is before', async () => {
  const { secret } = await enrolled('told-what')
  const browser = site.browser()
  const cut = await cutOff(browser)
  expect(cut.text).not.toContain('rang')
  const shown = await browser.submit(cut, '/sign-in', { name: 'told-what', password, code: codeOf(secret) })
  const seen = shown.text.replaceAll(/<form[\s\S]*?<\/form>/g, '')
  for (const words of [
    'calls, new',
    '/calls/new',
    'Words',
    'He &lt;rang&gt;',
    'do not send it if you did not',
  ])
    expect(seen).toContain(words)
  expect(seen).not.toContain('owl')
  expect(shown.text).toContain('Send it now')
})

test('a form from a stale tab waits for a press of a button; nothing is done before', async () => {
  const browser = await signedIn('call-handler')
  await browser.get('/staff')
  taken.length = 0
  const stale = await browser.post(
    '/calls/new',
    new URLSearchParams({ _csrf: 'stale', words: 'typed long ago' }),
  )
  expect(stale.status).toBe(403)
  expect(taken).toEqual([])
  expect((await browser.submit(stale, '/calls/new')).status).toBe(200)
  expect(taken.join()).toContain('call-handler: typed long ago')
})

test('a file cannot be kept while somebody signs in, and the page says so', async () => {
  const browser = site.browser()
  const page = await browser.get('/sign-in')
  const form = new FormData()
  form.append('_csrf', /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '')
  form.append('file', new Blob(['x'.repeat(200_000)]), 'chat.txt')
  const answer = await browser.post('/calls/new', form)
  expect(answer.status).toBe(403)
  expect(answer.text).toContain('choose it again')
})

test('S3 what a client typed into a stale page is kept nowhere', async () => {
  const browser = site.browser()
  const answer = await browser.post('/leave', new URLSearchParams({ _csrf: 'stale', words: 'he is here' }))
  expect(answer.status).toBe(403)
  expect(answer.text).not.toContain('he is here')
  expect(answer.text).not.toContain('carried')
})

test('S3 leaving ends the session, clears the browser and goes to a neutral page', async () => {
  const browser = await signedIn('idva')
  const token = browser.cookies.get('session') ?? ''
  const answer = await browser.get('/leave')
  expect([answer.status, answer.location]).toEqual([303, 'https://www.bbc.co.uk/weather'])
  expect(answer.headers.get('clear-site-data')).toBe('"cache", "storage"')
  expect(browser.cookies.has('session')).toBe(false)
  const back = site.browser()
  back.cookies.set('session', token)
  expect((await back.get('/staff')).status).toBe(303)
})

test('over TLS the session cookie is Secure and belongs to this host alone', async () => {
  const secure = { ...clinic, site: { ...clinic.site, behindTls: true } }
  const over = await openDoorSite(secure)
  const [link] = await makeDemoLinks(secure)
  const path = `/demo-sign-in/${link?.token}`
  const browser = over.browser()
  const answer = await browser.submit(await browser.get(path), path)
  expect(answer.headers.getSetCookie().join()).toMatch(
    /__Host-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure/,
  )
  await over.close()
})

test('S11 nothing that was typed here is in the log, nor any token', () => {
  const log = logged.join('\n')
  expect(log).toContain('/sign-in')
  for (const word of [
    'amara',
    'Okafor',
    password,
    'wrong',
    'outside',
    'typed long ago',
    'half-way',
    'he is here',
    '127.0.0.1',
  ]) {
    expect(log).not.toContain(word)
  }
  expect(log).not.toMatch(/[\w-]{43}/)
})

function unescapeText(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}
