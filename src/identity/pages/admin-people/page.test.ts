import { afterAll, beforeAll, expect, test } from 'vitest'
import { type IdentitySite, openIdentitySite } from '../../../../test/support/identity-site.ts'
import { asOwner } from '../../../../test/support/test-clinic.ts'
import { roles } from '../../role.ts'

let site: IdentitySite
beforeAll(async () => {
  site = await openIdentitySite()
})
afterAll(() => site.close())

test('only the administrator sees everybody at the clinic', async () => {
  for (const role of roles) {
    const browser = await site.signedIn(role)
    const isTheirs = role === 'administrator'
    expect((await browser.get('/admin/people')).status, role).toBe(isTheirs ? 200 : 403)
  }
})

test('an invitation says what is missing and keeps what was typed, and its joining code is shown once', async () => {
  const administrator = await site.signedIn('administrator')
  const page = await administrator.get('/admin/people')
  const empty = await administrator.submit(page, '/admin/people', { name: 'Bo <b>' })
  expect(empty.status).toBe(422)
  expect(empty.text).toContain('<a href="#role">Select what they do</a>')
  expect(empty.text).toContain('value="Bo &lt;b&gt;"')
  const fields = {
    name: 'Bo',
    'sign-in-name': 'bo.manager',
    role: 'manager',
    agency: site.world.agencies.lead,
  }
  const elsewhere = await administrator.submit(page, '/admin/people', {
    ...fields,
    agency: site.world.people.idva,
  })
  expect(elsewhere.text).toContain('<a href="#agency">Select their agency</a>')
  const asked = await administrator.submit(page, '/admin/people', fields)
  const [, code = ''] = /id="joining-code">([a-z ]+)</.exec(asked.text) ?? []
  expect(code.split(' ')).toHaveLength(4)
  const askedAgain = await administrator.submit(page, '/admin/people', fields)
  expect(askedAgain.text, 'the same form sent twice shows the same code').toContain(code)
  const next = await administrator.get('/admin/people')
  expect(next.text).not.toContain(code)
  const taken = await administrator.submit(next, '/admin/people', fields)
  expect(taken.text).toContain('<a href="#sign-in-name">Somebody has this sign-in name already')
  const [, withdraw = ''] = /action="(\/admin\/people\/requests\/[\w-]+\/withdraw)"/.exec(next.text) ?? []
  expect((await administrator.submit(next, withdraw)).location).toBe('/admin/people')
})

test('S12 nobody asks for a new link for themselves, or for somebody who is not there', async () => {
  const administrator = await site.signedIn('administrator')
  const page = await administrator.get('/admin/people')
  const csrf = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
  for (const person of [site.world.people.administrator, site.world.agencies.lead, 'nobody'])
    expect(
      (await administrator.post(`/admin/people/${person}/link`, new URLSearchParams({ _csrf: csrf }))).status,
      person,
    ).toBe(404)
  const unasked = `/admin/people/requests/${site.world.agencies.lead}/withdraw`
  expect((await administrator.post(unasked, new URLSearchParams({ _csrf: csrf }))).status).toBe(404)
})

test('S12 a new link for somebody at work is asked for, can be taken back, and signs nobody out before it is approved', async () => {
  const idva = await site.signedIn('idva')
  const administrator = await site.signedIn('administrator')
  const action = `/admin/people/${site.world.people.idva}/link`
  const people = await administrator.get('/admin/people')
  const check = await administrator.submit(people, action)
  expect(check.text).toContain('Ask for a new link for Test idva?')
  expect((await administrator.submit(check, action)).text).toContain('The joining code for Test idva')
  const asked = await administrator.get('/admin/people')
  const [, withdraw = ''] = /action="(\/admin\/people\/requests\/[\w-]+\/withdraw)"/.exec(asked.text) ?? []
  expect((await administrator.submit(asked, withdraw)).location).toBe('/admin/people')
  const coordinator = await site.signedIn('coordinator')
  expect((await coordinator.get('/admin/links')).text).toContain('Nobody waits')
  await administrator.submit(
    await administrator.submit(await administrator.get('/admin/people'), action),
    action,
  )
  expect((await idva.get('/staff')).status).toBe(200)
  const path = await site.findWaiting(coordinator)
  const shown = await coordinator.submit(await coordinator.get(path), path, { decision: 'approve' })
  expect(shown.text).toMatch(/\/join\/[\w-]{43}/)
  expect((await idva.get('/staff')).status).toBe(303)
  await asOwner(site.world.ownerUrl, client =>
    client.query("update unwatched.person set state = 'active' where person_id = $1", [
      site.world.people.idva,
    ]),
  )
})
