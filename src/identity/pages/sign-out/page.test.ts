import { afterAll, beforeAll, expect, test } from 'vitest'
import { type IdentitySite, openIdentitySite } from '../../../../test/support/identity-site.ts'

let site: IdentitySite
beforeAll(async () => {
  site = await openIdentitySite()
})
afterAll(() => site.close())

test('somebody who signs out is out on the server, and their browser forgets what it kept', async () => {
  const browser = await site.signedIn('idva')
  const token = browser.cookies.get('session') ?? ''
  const home = await browser.get('/staff')
  const answer = await browser.submit(home, '/sign-out')
  expect(answer.location).toBe('/sign-in?signed-out=yes')
  expect(answer.headers.get('clear-site-data')).toBe('"cache", "storage"')
  expect(browser.cookies.has('session')).toBe(false)
  expect((await browser.get('/staff')).status).toBe(303)
  expect((await site.holding(token).get('/staff')).status, 'nor with the cookie that was kept').toBe(303)
})

test('signing out here leaves somebody signed in at their other desk', async () => {
  const [here, there] = [await site.signedIn('idva'), await site.signedIn('idva')]
  await here.submit(await here.get('/staff'), '/sign-out')
  expect((await there.get('/staff')).status).toBe(200)
})

test('nobody is signed out by a form of another site', async () => {
  const browser = await site.signedIn('idva')
  const answer = await browser.post('/sign-out', new URLSearchParams({ _csrf: 'of another site' }))
  expect(answer.status).toBe(403)
  expect((await browser.get('/staff')).status).toBe(200)
})
