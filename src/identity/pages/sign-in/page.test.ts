import { afterAll, beforeAll, expect, test } from 'vitest'
import { type IdentitySite, openIdentitySite } from '../../../../test/support/identity-site.ts'
import { joinPassword } from '../../../../test/support/joining.ts'
import type { Browser, DoorAnswer } from '../../../../test/support/sign-in-site.ts'
import { showPage } from '../../../web/answer.ts'
import { html } from '../../../web/html.ts'
import { fieldText } from '../../../web/request.ts'
import type { AnyRoute } from '../../route.ts'
import { staffPage } from '../../staff-page.ts'

const password = joinPassword
const taken: string[] = []
let site: IdentitySite

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
  site = await openIdentitySite(callSheet)
})
afterAll(() => site.close())

test('nobody gets past the sign-in: every page of staff sends a stranger to sign in, and back afterwards', async () => {
  for (const path of ['/staff', '/admin/people', '/admin/queue', '/admin/links']) {
    const answer = await site.browser().get(path)
    expect([answer.status, answer.location]).toEqual([303, `/sign-in?to=${encodeURIComponent(path)}`])
  }
  const forged = site.browser()
  forged.cookies.set('session', 'A'.repeat(43))
  expect((await forged.get('/staff')).status).toBe(303)
})

test('somebody who signed out signs in again, and comes to the page they asked for', async () => {
  const { browser, secret } = await site.enrolled('amara')
  const home = await browser.get('/staff')
  await browser.submit(home, '/sign-out')

  const page = await browser.get('/sign-in?to=/calls/new')
  const wrong = await browser.submit(page, '/sign-in', {
    name: 'amara',
    password: 'wrong wrong wrong',
    code: site.codeOf(secret),
  })
  expect(wrong.status).toBe(422)
  expect(wrong.text).toContain('The sign-in name, password or code is not right')
  expect(wrong.text).not.toContain('wrong wrong wrong')
  const right = await browser.submit(wrong, '/sign-in', {
    name: 'amara',
    password,
    code: site.codeOf(secret),
  })
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

test('a session that ended in the middle of a form loses nothing, and the form is taken once', async () => {
  const { browser, secret } = await site.enrolled('half-way')
  const home = await browser.get('/staff')
  site.pass(31)
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
    code: site.codeOf(secret),
  })
  const back = await browser.submit(mistyped, '/sign-in', {
    name: 'half-way',
    password,
    code: site.codeOf(secret),
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
  const { secret } = await site.enrolled('next-at-desk')
  const browser = await site.signedIn('call-handler')
  const home = await browser.get('/staff')
  site.pass(31)
  const csrf = /name="_csrf" value="([^"]+)"/.exec(home.text)?.[1] ?? ''
  const cut = await browser.post('/calls/new', new URLSearchParams({ _csrf: csrf, words: 'He <rang>' }))
  const next = await browser.submit(cut, '/sign-in', {
    name: 'next-at-desk',
    password,
    code: site.codeOf(secret),
  })
  expect(next.text).toContain('Somebody else typed what was kept here')
  expect(next.text).not.toContain('rang')
  expect(next.text).not.toContain('Send it now')
})

test('S12 anyone who would send what nobody knows the writer of is told what it is before', async () => {
  const { secret } = await site.enrolled('told-what')
  const browser = site.browser()
  const cut = await cutOff(browser)
  expect(cut.text).not.toContain('rang')
  const shown = await browser.submit(cut, '/sign-in', {
    name: 'told-what',
    password,
    code: site.codeOf(secret),
  })
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
  const browser = await site.signedIn('call-handler')
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

test('S11 nothing that was typed here is in the log, nor any token', () => {
  const log = site.logged.join('\n')
  expect(log).toContain('/sign-in')
  for (const word of [
    'amara',
    'Okafor',
    password,
    'wrong',
    'outside',
    'typed long ago',
    'half-way',
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
