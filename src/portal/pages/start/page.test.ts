import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPortalSite, type PortalSite } from '../../../../test/support/portal-site.ts'

let site: PortalSite

beforeAll(async () => {
  site = await openPortalSite()
})
afterAll(() => site.close())

test('nobody who is not signed in gets past the first page, whatever they ask for', async () => {
  for (const asked of ['/my', '/my/notes', '/my/notes/new', '/my/looks']) {
    const { status, location, text } = await site.get(asked)
    expect([status, location]).toEqual([303, '/my/start'])
    expect(text).not.toContain('Fairweather')
  }
  const { location } = await site.post('/my/notes/new', { what: 'Typed by nobody' })
  expect(location).toBe('/my/start?ended=yes')
})

test('S3 the first page says how to leave, and what leaving does not erase, and nothing of what these pages are', async () => {
  const { status, text, headers } = await site.get('/my/start')
  expect(status).toBe(200)
  expect(text).toContain('press the Shift key 3 times')
  expect(text).toContain('an empty history can be noticed too')
  expect(text).not.toMatch(/stalk|abus|police|clinic|unwatched|client|safety/i)
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(text).not.toContain('You were signed out')
  expect((await site.get('/my/start?ended=yes')).text).toContain('You were signed out before that was sent')
  expect((await site.get('/my/start?out=yes')).text).toContain('You have signed out.')
})

test('S3 leaving ends the client’s session on the server, asks the browser to forget, and a form sent after it keeps nothing', async () => {
  const visitor = await site.signIn(site.words.open)
  const token = visitor.cookies.get('page') ?? ''
  const { headers, location } = await visitor.get('/leave')
  expect(location).toMatch(/^https:/)
  expect(headers.get('clear-site-data')).toBe('"cache", "storage"')
  expect(visitor.cookies.has('page')).toBe(false)
  visitor.cookies.set('page', token)
  expect((await visitor.get('/my')).location).toBe('/my/start')
  const late = await visitor.post('/my/notes/new', { what: 'Typed too late', precision: 'unknown' })
  expect(late.status === 303 || late.status === 403).toBe(true)
  expect(late.text).not.toContain('Typed too late')
  const visitorAgain = await site.signIn(site.words.open)
  expect((await visitorAgain.get('/my/notes')).text).not.toContain('Typed too late')
})
