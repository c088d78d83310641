import { afterAll, beforeAll, expect, test } from 'vitest'
import { type IdentitySite, openIdentitySite } from '../../../../test/support/identity-site.ts'
import { asOwner } from '../../../../test/support/test-clinic.ts'
import { roles } from '../../role.ts'

let site: IdentitySite
beforeAll(async () => {
  site = await openIdentitySite()
})
afterAll(() => site.close())

test('only the administrator sees the work that stopped', async () => {
  for (const role of roles) {
    const browser = await site.signedIn(role)
    const isTheirs = role === 'administrator'
    expect((await browser.get('/admin/queue')).status, role).toBe(isTheirs ? 200 : 403)
  }
})

test('work that stopped is shown to the administrator of its own clinic, who starts it again', async () => {
  await asOwner(site.world.ownerUrl, async client => {
    const add = 'select graphile_worker.add_job($1, $2::json, max_attempts => 1)'
    await client.query(add, ['read-arrival', JSON.stringify({ clinicId: site.clinic.clinicId })])
    await client.query(add, ['other-clinic', JSON.stringify({ clinicId: site.world.agencies.lead })])
    await client.query("update graphile_worker._private_jobs set attempts = 1, last_error = 'disk-full'")
  })
  const administrator = await site.signedIn('administrator')
  const page = await administrator.get('/admin/queue')
  expect(page.text).toContain('read-arrival')
  expect(page.text).toContain('disk-full')
  expect(page.text).not.toContain('other-clinic')
  const [, action = ''] = /action="([^"]+\/retry)"/.exec(page.text) ?? []
  expect((await administrator.submit(page, action)).location).toBe('/admin/queue')
  expect((await administrator.get('/admin/queue')).text).toContain('Nothing waits')
  expect((await administrator.submit(page, action)).status).toBe(404)
})

test('S12 work is cancelled after a page that says what follows, and the acts say who did it', async () => {
  await asOwner(site.world.ownerUrl, client =>
    client.query(
      "select graphile_worker.add_job('read-arrival', json_build_object('clinicId', $1::text), max_attempts => 1)",
      [site.clinic.clinicId],
    ),
  )
  await asOwner(site.world.ownerUrl, client =>
    client.query("update graphile_worker._private_jobs set attempts = 1, last_error = 'disk-full'"),
  )
  const administrator = await site.signedIn('administrator')
  const page = await administrator.get('/admin/queue')
  const [, action = ''] = /action="([^"]+\/cancel)"/.exec(page.text) ?? []
  const check = await administrator.submit(page, action)
  expect(check.text).toContain('Cancel this work?')
  expect(check.text).toContain('It cannot be undone')
  expect((await administrator.get('/admin/queue')).text, 'nothing happens before it was read').toContain(
    'read-arrival',
  )
  expect((await administrator.submit(check, action)).location).toBe('/admin/queue')
  expect((await administrator.get('/admin/queue')).text).toContain('Nothing waits')
  expect((await administrator.submit(check, action)).status).toBe(404)
  expect((await administrator.get('/admin/acts')).text).toContain('Test administrator')
})
