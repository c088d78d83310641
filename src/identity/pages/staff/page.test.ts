import { afterAll, beforeAll, expect, test } from 'vitest'
import { type IdentitySite, openIdentitySite } from '../../../../test/support/identity-site.ts'
import { findNavigation } from '../../navigation.ts'
import { roles } from '../../role.ts'

let site: IdentitySite
beforeAll(async () => {
  site = await openIdentitySite()
})
afterAll(() => site.close())

test('everybody’s first page greets them, and offers what their role opens and nothing else', async () => {
  const everything = new Set(roles.flatMap(role => findNavigation(role).map(({ href }) => href)))
  for (const role of roles) {
    const answer = await (await site.signedIn(role)).get('/staff')
    expect(answer.status).toBe(200)
    expect(answer.text).toContain(`Hello, Test ${role}`)
    const offered = new Set(findNavigation(role).map(({ href }) => href))
    for (const href of everything)
      expect(answer.text.includes(`href="${href}"`), `${role} ${href}`).toBe(offered.has(href))
  }
})

test('nobody comes to a first page without a session, or with one that is made up', async () => {
  for (const browser of [site.browser(), site.holding('A'.repeat(43))])
    expect((await browser.get('/staff')).location).toBe('/sign-in?to=%2Fstaff')
})
