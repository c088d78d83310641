import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPortalSite, type PortalSite } from '../../../../test/support/portal-site.ts'

let site: PortalSite

beforeAll(async () => {
  site = await openPortalSite()
})
afterAll(() => site.close())

test('signing out ends the session, and ten minutes without use do too', async () => {
  const visitor = await site.signIn(site.words.open)
  expect((await visitor.post('/my/out')).location).toBe('/my/start?out=yes')
  expect((await visitor.get('/my')).location).toBe('/my/start')
  const idle = await site.signIn(site.words.open)
  site.pass(10)
  expect((await idle.get('/my')).location).toBe('/my/start')
})

test('signing out asks the browser to forget, and ends the session for anyone who kept its cookie, with either phrase', async () => {
  for (const phrase of [site.words.open, site.words.duress]) {
    const visitor = await site.signIn(phrase)
    const token = visitor.cookies.get('page') ?? ''
    const { headers } = await visitor.post('/my/out')
    expect(headers.get('clear-site-data')).toBe('"cache", "storage"')
    expect(visitor.cookies.has('page')).toBe(false)
    visitor.cookies.set('page', token)
    expect((await visitor.get('/my')).location).toBe('/my/start')
  }
})
