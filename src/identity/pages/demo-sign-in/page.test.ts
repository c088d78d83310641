import { afterAll, beforeAll, expect, test } from 'vitest'
import { type IdentitySite, openIdentitySite } from '../../../../test/support/identity-site.ts'
import { openDoorSite } from '../../../../test/support/sign-in-site.ts'
import { makeDemoLinks } from '../../operations/make-demo-links.ts'

let site: IdentitySite
beforeAll(async () => {
  site = await openIdentitySite()
})
afterAll(() => site.close())

test('a demo link asks first, signs in once, and is nothing outside a demo', async () => {
  const link = (await makeDemoLinks(site.clinic)).find(one => one.name === 'Test call-handler')
  const path = `/demo-sign-in/${link?.token}`
  const browser = site.browser()
  expect((await browser.get(path)).status).toBe(200)
  const asked = await browser.get(path)
  expect(asked.text).toContain('Sign in as Test call-handler')
  expect((await browser.submit(asked, path)).location).toBe('/staff')
  expect((await browser.get('/staff')).text).toContain('Hello, Test call-handler')
  expect((await site.browser().get(path)).text).toContain('This link has been used')

  const real = await openDoorSite(site.world.clinic)
  const [another] = await makeDemoLinks(site.clinic)
  expect((await real.browser().get(`/demo-sign-in/${another?.token}`)).text).toContain('Page not found')
  await real.close()
})

test('over TLS the session cookie is Secure and belongs to this host alone', async () => {
  const secure = { ...site.clinic, site: { ...site.clinic.site, behindTls: true } }
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

test('S11 a demo link is not in the log', () => {
  const log = site.logged.join('\n')
  expect(log).toContain('/demo-sign-in/')
  expect(log).not.toMatch(/[\w-]{43}/)
})
