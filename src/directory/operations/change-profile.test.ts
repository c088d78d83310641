import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../test/support/test-site.ts'
import { type Profile, parseProfile } from '../profile.ts'
import { changeProfile } from './change-profile.ts'
import { loadProfile } from './load-profile.ts'

let world: TestClinic
let site: TestSite
let before: Profile
beforeAll(async () => {
  world = await openTestClinic()
  site = await openTestSite(world)
  before = await world.clinic.database.transaction(world.as('coordinator'), loadProfile)
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const give = (profile: Profile, actor = world.task('setup')) =>
  world.clinic.database.transaction(actor, transaction => changeProfile(transaction, profile))

test('a changed number is on the public page at once, and which parts changed is there for every coordinator', async () => {
  const [first, ...rest] = before.services
  if (!first) throw new Error('the profile names no service')
  const changed = { ...before, services: [{ ...first, number: '01632 960777' }, ...rest] }
  expect(await give(changed)).toEqual({ allowed: true, changed: ['services'] })
  expect((await site.get('/refer/other-help')).text).toContain('01632 960777')
  const acts = await site.get('/admin/acts', { as: 'coordinator' })
  expect(acts.text).toContain('Changed the clinic’s profile')
  expect(await give(changed)).toEqual({ allowed: false, because: 'nothing-changed' })
})

test('the agencies and the short name of a clinic stay, whatever the file says', async () => {
  const [lead, ...others] = before.agencies
  if (!lead) throw new Error('the profile names no agency')
  expect(await give({ ...before, agencies: [lead] })).toEqual({ allowed: false, because: 'agencies' })
  expect(await give({ ...before, agencies: [{ ...lead, name: 'Another' }, ...others] })).toEqual({
    allowed: false,
    because: 'agencies',
  })
  expect(await give({ ...before, slug: 'elsewhere' })).toEqual({ allowed: false, because: 'slug' })
})

test('nobody who is signed in changes the profile: only the machine it was set up on', async () => {
  const other = { ...before, name: 'Taken over' }
  for (const actor of [world.as('coordinator'), world.as('administrator'), world.task('public-form')]) {
    await give(other, actor).catch(() => undefined)
    const kept = await world.clinic.database.transaction(world.as('coordinator'), loadProfile)
    expect(kept.name).toBe(before.name)
  }
})

test('a clinic that was set up with a profile of an earlier version gets the one that ships now', () => {
  const shipped = JSON.parse(readFileSync('profiles/west-kent.json', 'utf8'))
  const parsed = parseProfile(shipped)
  expect(parsed.ok).toBe(true)
  // Hours in words alone, and neither who checks an entry nor how often somebody is tried.
  for (const service of shipped.services) {
    delete service.open
    delete service.checker
    service.hours = 'weekdays'
  }
  delete shipped.appointments.tries
  expect(parseProfile(shipped).ok).toBe(true)
})
