import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../../test/support/test-site.ts'
import { roles } from '../../role.ts'

let world: TestClinic
let site: TestSite
beforeAll(async () => {
  world = await openTestClinic()
  site = await openTestSite(world)
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const as = { as: 'administrator' } as const
const pathOf = (personId: string, act: 'suspend' | 'let-in') => `/admin/people/${personId}/${act}`

test('only an administrator stops somebody signing in or asks to let them in, and never themselves', async () => {
  const { idva, administrator } = world.people
  for (const act of ['suspend', 'let-in'] as const) {
    expect((await site.post(pathOf(idva, act), {})).status).toBe(403)
    for (const role of roles.filter(each => each !== 'administrator'))
      expect((await site.post(pathOf(idva, act), {}, { as: role })).status, `${role} ${act}`).toBe(403)
    expect((await site.post(pathOf(administrator, act), {}, as)).status, act).toBe(404)
    expect((await site.post(pathOf('nobody', act), {}, as)).status, act).toBe(404)
  }
})

test('S12 somebody who is stopped is out at once, and comes back by two people with a reason', async () => {
  const { idva } = world.people
  const theirs = await site.visitor('idva')
  const suspend = pathOf(idva, 'suspend')
  const check = await site.post(suspend, {}, as)
  expect(check.text).toContain('Stop Test idva signing in?')
  expect(check.text).toContain('What follows')
  expect((await theirs.get('/staff')).status, 'nothing happens before it was read').toBe(200)
  // Nobody else of that role is at work: the administrator who stops them is told.
  expect(check.text).toContain('They are booked in no coming appointment.')
  const mute = await site.confirm(suspend, {}, as)
  expect(mute.status).toBe(422)
  expect(mute.text).toContain('<a href="#because">Select why they must not sign in any more</a>')
  expect(mute.text).toContain('id="because"')
  expect((await theirs.get('/staff')).status).toBe(200)
  expect((await site.confirm(suspend, { because: 'lost-phone-or-password' }, as)).location).toBe(
    '/admin/people',
  )
  expect((await theirs.get('/staff')).location).toContain('/sign-in')
  // A second press finds them stopped already.
  expect((await site.post(suspend, {}, as)).location).toBe('/admin/people')

  const back = pathOf(idva, 'let-in')
  const unsaid = await site.confirm(back, { why: '' }, as)
  expect(unsaid.text).toContain('<a href="#why">Enter why they may sign in again</a>')
  expect((await site.confirm(back, { why: 'Found the phone' }, as)).location).toBe('/admin/people')
  // Asked for is not let in: a coordinator decides.
  const waiting = await site.get('/admin/links', { as: 'coordinator' })
  expect(waiting.text).toContain('Test idva')
  expect((await theirs.get('/staff')).location).toContain('/sign-in')
})
