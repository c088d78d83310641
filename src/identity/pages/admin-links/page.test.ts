import { afterAll, beforeAll, expect, test } from 'vitest'
import { type IdentitySite, openIdentitySite } from '../../../../test/support/identity-site.ts'
import { roles } from '../../role.ts'

let site: IdentitySite
beforeAll(async () => {
  site = await openIdentitySite()
})
afterAll(() => site.close())

test('S12 only a coordinator sees which links wait to be approved', async () => {
  for (const role of roles) {
    const browser = await site.signedIn(role)
    const isTheirs = role === 'coordinator'
    expect((await browser.get('/admin/links')).status, role).toBe(isTheirs ? 200 : 403)
  }
})

test('S12 an administrator sees no link; a refusal comes back with its reason', async () => {
  const administrator = await site.signedIn('administrator')
  const fields = {
    name: 'Cleo',
    'sign-in-name': 'cleo',
    role: 'coordinator',
    agency: site.world.agencies.lead,
  }
  const page = await administrator.get('/admin/people')
  await administrator.submit(page, '/admin/people', fields)
  const people = await administrator.get('/admin/people')
  expect(people.text).toContain('Waiting')
  const twice = await administrator.submit(people, '/admin/people', fields)
  expect(twice.text).toContain('<a href="#sign-in-name">Somebody has this sign-in name already')
  const coordinator = await site.signedIn('coordinator')
  const path = await site.findWaiting(coordinator)
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

test('S12 an approved link is shown once to the coordinator who approved it, and the joining code never to them', async () => {
  const invited = { name: 'Dara', 'sign-in-name': 'dara', role: 'manager', agency: site.world.agencies.lead }
  const { asked, code } = await site.askForLink(invited)
  const coordinator = await site.signedIn('coordinator')
  const waiting = (await coordinator.get('/admin/links')).text
  const path = await site.findWaiting(coordinator)
  const decide = await coordinator.get(path)
  expect(decide.text).toContain('dara')
  const shown = await coordinator.submit(decide, path, { decision: 'approve' })
  const again = await coordinator.submit(decide, path, { decision: 'approve' })
  const [, link = 'no link'] = /(\/join\/[\w-]{43})/.exec(shown.text) ?? []
  expect(again.text, 'the same form sent twice shows the same link').toContain(link)
  const later = await coordinator.submit(await coordinator.get(path), path, { decision: 'approve' })
  expect(later.text).not.toContain('/join/')
  const people = (await (await site.signedIn('administrator')).get('/admin/people')).text
  expect(code).toMatch(/^([a-z]+ ){3}[a-z]+$/)
  for (const text of [waiting, decide.text, shown.text]) expect(text).not.toContain(code)
  for (const text of [asked.text, people]) expect(text).not.toMatch(/\/join\//)
})
