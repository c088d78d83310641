import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { routes } from '../../src/app/routes.ts'
import type { Role } from '../../src/identity/role.ts'
import { openBrowser } from '../support/browser.ts'
import type { JourneyClinic } from '../support/journey-clinic.ts'
import { type JourneyPerson, sitDown } from '../support/journey-person.ts'
import { openPlayedClinic } from '../support/played-clinic.ts'
import { endlessText, hostileText, sendHostile } from './crawl/hostile.ts'
import { jewels, namesOfTheCase } from './crawl/play-a-case.ts'

let clinic: JourneyClinic
let browser: Browser
let casePath: string
const seats = new Map<Role, JourneyPerson>()
const everybody: JourneyPerson[] = []

// A machine that does other work as well takes its time; a page that never comes still fails, by the browser's own limit.
vi.setConfig({ testTimeout: 240_000 })

beforeAll(async () => {
  ;({ clinic, casePath } = await openPlayedClinic())
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await clinic?.close()
})

async function as(role: Role): Promise<JourneyPerson> {
  const there = seats.get(role)
  if (there) return there
  const person = await visitor()
  await person.open(clinic.demoLink(role))
  await person.page.getByRole('button', { name: /^Sign in as/ }).click()
  await person.page.getByRole('button', { name: 'Sign out' }).waitFor()
  seats.set(role, person)
  return person
}

async function visitor(options?: { readonly scripts?: boolean }): Promise<JourneyPerson> {
  const person = await sitDown(browser, clinic.address, options)
  everybody.push(person)
  return person
}

/** The pages that a client comes to. */
const publicPages = [
  '/',
  '/refer',
  '/refer/form',
  '/refer/other-help?for=fraud',
  '/refer/sent/00000-00000',
  '/my/start',
  '/my/words',
]

test('S3 every public page tells the browser to keep nothing and to ask nobody else', async () => {
  const paths = routes
    .filter(route => route.kind === 'public' && route.method === 'GET')
    .map(route => route.path.replace(':reference', '00000-00000').replace(':token', 'none'))
  expect(paths).toEqual(expect.arrayContaining(publicPages.map(path => path.split('?')[0])))
  for (const path of paths) {
    const { headers } = await fetch(`${clinic.address}${path}`, { redirect: 'manual' })
    expect(headers.get('cache-control'), path).toBe('no-store')
    expect(headers.get('referrer-policy'), path).toBe('no-referrer')
    expect(headers.get('content-security-policy'), path).toMatch(/default-src 'none'; script-src 'self'/)
    expect(headers.get('x-frame-options'), path).toBe('DENY')
    for (const cookie of headers.getSetCookie())
      expect(cookie, path).toMatch(/^(?!.*(expires|max-age=[1-9])).*HttpOnly.*SameSite=Strict/i)
  }
})

test('S3 using the public pages leaves nothing in the browser and asks no third party', async () => {
  const client = await visitor()
  for (const path of publicPages) await client.open(path)
  await client.open('/refer/form')
  await client.page.getByLabel('What may we call you?').fill('Nobody at all')
  await client.page.getByRole('button', { name: 'Send' }).click()
  await client.look()
  const kept = await client.page.evaluate<Record<string, number>>(`(async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }))()`)
  expect(kept).toEqual({ local: 0, session: 0, databases: 0, caches: 0, workers: 0 })
  for (const cookie of await client.context.cookies()) {
    expect(cookie.expires, `${cookie.name} ends with the browser`).toBe(-1)
    expect(cookie.httpOnly).toBe(true)
  }
  expect(client.asked.filter(url => !url.startsWith(clinic.address))).toEqual([])
})

test('S3 the exit leaves at once by a click, by Shift three times and without scripts, and Back brings nothing back', async () => {
  const leaving: readonly (readonly [string, boolean, (person: JourneyPerson) => Promise<void>])[] = [
    ['a click', true, ({ page }) => page.getByRole('button', { name: /Exit this page/ }).click()],
    [
      'Shift',
      true,
      async ({ page }) => {
        for (let times = 0; times < 3; times += 1) await page.keyboard.press('Shift')
      },
    ],
    ['a link', false, ({ page }) => page.locator('.govuk-exit-this-page__button').click()],
  ]
  for (const [how, scripts, leave] of leaving) {
    const client = await visitor({ scripts })
    for (const path of publicPages) {
      await client.open(path)
      expect(await client.page.locator('.govuk-exit-this-page__button').isVisible(), path).toBe(true)
      const answered = client.page.waitForResponse(response => new URL(response.url()).pathname === '/leave')
      await Promise.all([answered, leave(client)])
      const headers = await (await answered).allHeaders()
      expect(headers['clear-site-data'], how).toBe('"cache", "storage"')
      await client.page.waitForURL(/bbc\.co\.uk/)
      expect(await client.context.cookies(clinic.address), `${how} on ${path}`).toEqual([])
    }
    await client.close()
  }
  const client = await visitor()
  await client.open('/')
  await client.page.getByRole('button', { name: 'Start' }).click()
  await client.page.getByRole('button', { name: 'Continue' }).click()
  await client.page.getByLabel('What is happening?').fill('Typed and left')
  await client.page.getByRole('button', { name: /Exit this page/ }).click()
  await client.page.waitForURL(/bbc\.co\.uk/)
  // Behind the page that was left lie the two before it: each is covered and left again by itself.
  for (let times = 0; times < 2; times += 1) {
    await client.page.goBack({ waitUntil: 'commit' })
    await expect.poll(() => client.read('body').catch(() => ''), { timeout: 10_000 }).toBe('Weather')
  }
})

test('S3 leaving ends the session on the server, not only in the browser', async () => {
  const manager = await as('manager')
  const cookies = await manager.context.cookies()
  const header = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const look = (): Promise<Response> =>
    fetch(`${clinic.address}/staff`, { headers: { cookie: header }, redirect: 'manual' })
  expect((await look()).status).toBe(200)
  await manager.open('/')
  await manager.page.getByRole('button', { name: /Exit this page/ }).click()
  await manager.page.waitForURL(/bbc\.co\.uk/)
  expect((await look()).headers.get('location')).toContain('/sign-in')
})

test('S2 no title, icon or address of a public page names what the clinic is for', async () => {
  const telling = /stalk|abuse|polic|clinic|unwatched|victim|violen|helpline|kent|safe|advoca/i
  const client = await visitor()
  for (const path of publicPages) {
    await client.open(path)
    expect(await client.page.title(), path).not.toMatch(telling)
    expect(client.page.url().replace(clinic.address, ''), path).not.toMatch(telling)
    const icon = (await client.page.locator('link[rel=icon]').getAttribute('href')) ?? ''
    expect(icon).not.toMatch(telling)
    expect(await (await fetch(`${clinic.address}${icon}`)).text()).not.toMatch(telling)
  }
})

test('S6 a sealed detail is shown to somebody who uncovers it, and the trail says so', async () => {
  const coordinator = await as('coordinator')
  await coordinator.open(`${casePath}/contact/said`)
  await coordinator.look('contact')
  await coordinator.page.getByRole('button', { name: 'Show Phone number' }).click()
  await coordinator.look('contact-uncovered')
  expect(await coordinator.read()).toContain('07700 900123')
  expect(coordinator.page.url()).not.toContain('900123')
  await coordinator.open(`${casePath}/trail`)
  await coordinator.look('trail')
  expect(await coordinator.read()).toContain('Uncovered a contact detail')
  expect(await coordinator.page.content()).not.toContain('900123')
})

test('S10 hostile text typed into every form never runs and never breaks a page', async () => {
  const [stranger, handler, coordinator, adviser, advocate, administrator] = [
    await visitor(),
    await as('call-handler'),
    await as('coordinator'),
    await as('cyber-adviser'),
    await as('stalking-advocate'),
    await as('administrator'),
  ]
  const forms: readonly (readonly [JourneyPerson, string, string | RegExp])[] = [
    [stranger, '/refer/form', 'Send'],
    [stranger, '/sign-in', 'Sign in'],
    [handler, '/calls/new', 'Save the call'],
    [administrator, '/admin/people', 'Invite them'],
    [adviser, `${casePath}/evidence`, 'Keep these files'],
    [adviser, `${casePath}/chronology`, 'Apply'],
    [adviser, `${casePath}/map/leaks`, 'Enter this day'],
    [advocate, `${casePath}/incidents/new`, 'Save the incident'],
    [advocate, `${casePath}/bundles`, 'Ask for this bundle'],
    [coordinator, `${casePath}/consents`, 'Continue'],
    [coordinator, `${casePath}/appointments/new?abuse=no`, 'Continue'],
    [adviser, '/my-calendar', 'Add these hours'],
    [adviser, '/my-calendar', 'Add this time away'],
  ]
  for (const text of [hostileText, endlessText])
    for (const [person, path, button] of forms) {
      await person.open(path)
      if (button === 'Apply') await person.page.getByText('Search and narrow down').click()
      await sendHostile(person, button, text)
    }
  for (const [person, path] of [
    [coordinator, '/triage'],
    [coordinator, '/cases'],
    [advocate, `${casePath}/incidents`],
    [advocate, `${casePath}/chronology`],
    [administrator, '/admin/people'],
  ] as const) {
    await person.open(path)
    await person.glance()
    expect(await person.page.locator('[data-hostile]').count()).toBe(0)
  }
  // What is short enough is taken in, and shown again on other pages.
  const { page } = stranger
  await stranger.open('/refer/form')
  for (const label of ['What is happening?', 'Their name, if you know it', 'What may we call you?'])
    await page.getByLabel(label).fill(hostileText)
  await page.getByRole('button', { name: 'Send' }).click()
  await stranger.glance()
  expect(await stranger.read('h1')).toContain('We have it')
  await advocate.open(`${casePath}/incidents/new`)
  for (const label of [
    'What happened',
    'Platform or device (optional)',
    'What else about who was told (optional)',
  ])
    await advocate.page
      .getByLabel(label, { exact: true })
      .fill(label.startsWith('Platform') ? hostileText.slice(0, 100) : hostileText)
  await advocate.page.getByRole('radio', { name: 'The time is not known' }).check()
  await advocate.page.getByRole('button', { name: 'Save the incident' }).click()
  await advocate.look()
  expect(await advocate.read('h1')).toMatch(/^Incident \d+$/)
  await coordinator.open('/triage')
  const hostile = coordinator.page.getByRole('row').filter({ hasText: 'HYPERLINK' }).first()
  await hostile.getByRole('link').click()
  await coordinator.look('triage-hostile')
  for (const text of [hostileText, endlessText]) {
    const at = coordinator.page.url()
    await sendHostile(coordinator, 'Save and choose agencies', text)
    await coordinator.open(at)
  }
})

test('S11 nothing that was logged and no address that was asked for names anybody', () => {
  const logged = clinic.logged.join('\n')
  const asked = everybody.flatMap(person => person.asked).map(url => decodeURIComponent(url))
  expect(clinic.logged.length).toBeGreaterThan(100)
  for (const word of [...jewels, ...namesOfTheCase, 'HYPERLINK', 'Nobody at all', 'xxxxxxxx']) {
    expect(logged.includes(word), `“${word}” is in the log`).toBe(false)
    expect(
      asked.filter(url => url.includes(word)),
      `“${word}” is in an address`,
    ).toEqual([])
  }
})

test('on a phone every page of a case has its heading in the first half of the screen, and the other parts behind one line', async () => {
  for (const role of ['coordinator', 'cyber-adviser', 'police-liaison'] as const) {
    const { page } = await as(role)
    const parts = page.getByRole('navigation', { name: 'Parts of this case' })
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.goto(casePath)
    const places = await parts
      .getByRole('link')
      .evaluateAll(links => links.map(link => link.getAttribute('href') ?? ''))
    // a wide screen shows every part without asking, each in the list of what people do there
    expect(places.length, role).toBeGreaterThan(4)
    const group = parts.getByRole('listitem').filter({ hasText: /^What happened/ })
    await group.getByRole('link', { name: 'Chronology' }).waitFor()
    await page.emulateMedia({ media: 'print' })
    expect(await parts.isVisible(), 'it stands on paper').toBe(false)
    await page.emulateMedia({ media: null })
    await page.setViewportSize({ width: 320, height: 640 })
    for (const place of places) {
      await page.goto(place)
      const box = await page.locator('h1').boundingBox()
      expect(box?.y, `${role} at ${place}`).toBeLessThan(320)
      expect(await parts.getByRole('link').count(), place).toBe(0)
      await parts.locator('summary').press('Enter')
      expect(await parts.getByRole('link').count(), place).toBe(places.length)
      const here = await parts.locator('[aria-current=page]').getAttribute('href')
      expect(new URL(page.url()).pathname, 'it says where the reader is').toBe(here)
    }
    await page.setViewportSize({ width: 1280, height: 900 })
  }
})

test('the case of the demo and its chronology are open to everybody', async () => {
  const advocate = await as('stalking-advocate')
  await advocate.open(`${casePath}/chronology`)
  await advocate.look('demo-chronology')
  expect(await advocate.page.locator('main svg').count()).toBeGreaterThanOrEqual(3)
  await advocate.open(casePath)
  await advocate.look('demo-case')
})
