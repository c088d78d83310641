import { afterAll, beforeAll, expect, test } from 'vitest'
import { type IdentitySite, openIdentitySite } from '../../../../test/support/identity-site.ts'

let site: IdentitySite
beforeAll(async () => {
  site = await openIdentitySite()
})
afterAll(() => site.close())

test('S3 what a client typed into a stale page is kept nowhere', async () => {
  const browser = site.browser()
  const answer = await browser.post('/leave', new URLSearchParams({ _csrf: 'stale', words: 'he is here' }))
  expect(answer.status).toBe(403)
  expect(answer.text).not.toContain('he is here')
  expect(answer.text).not.toContain('carried')
  expect(site.logged.join()).toContain('/leave')
  expect(site.logged.join()).not.toContain('he is here')
})

test('S3 leaving ends the session, clears the browser and goes to a neutral page', async () => {
  const browser = await site.signedIn('idva')
  const token = browser.cookies.get('session') ?? ''
  const answer = await browser.get('/leave')
  expect([answer.status, answer.location]).toEqual([303, 'https://www.bbc.co.uk/weather'])
  expect(answer.headers.get('clear-site-data')).toBe('"cache", "storage"')
  expect(browser.cookies.has('session')).toBe(false)
  const back = site.browser()
  back.cookies.set('session', token)
  expect((await back.get('/staff')).status).toBe(303)
})

test('S3 somebody who was never signed in, or leaves twice, comes to the same neutral page', async () => {
  const browser = await site.signedIn('idva')
  for (const who of [site.browser(), browser, browser]) {
    const answer = await who.get('/leave')
    expect([answer.status, answer.location]).toEqual([303, 'https://www.bbc.co.uk/weather'])
  }
})
