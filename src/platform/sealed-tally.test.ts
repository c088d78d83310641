import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, openTestClinic, type TestClinic } from '../../test/support/test-clinic.ts'
import { nameTally, SealedTallies, type TallyPlace } from './sealed-tally.ts'

let world: TestClinic
beforeAll(async () => {
  world = await openTestClinic()
})
afterAll(() => world.close())

const hourly: TallyPlace = { words: ['place', '198.51.100.7'], per: 'hour' }
const count = (place: TallyPlace) =>
  world.clinic.database.transaction(world.task('public-form'), async transaction => {
    const tallies = new SealedTallies(world.clinic, transaction)
    await tallies.lock(place)
    await tallies.forgetEnded()
    const { count } = await tallies.load(place)
    await tallies.keep(place, { count: count + 1, lastAt: transaction.now, group: null })
    return count
  })
const rows = () =>
  asOwner(world.ownerUrl, async client => (await client.query('select * from unwatched.origin_tally')).rows)

test('S8 a place is counted, two at once as well, and no two hours and no two clinics are alike', async () => {
  world.clock.moveTo('2026-03-02T10:00:00Z')
  expect((await Promise.all([1, 2, 3].map(() => count(hourly)))).sort()).toEqual([0, 1, 2])
  const [before, ...others] = await rows()
  expect(others).toEqual([])
  expect(Object.keys(before).sort()).toEqual(['clinic_id', 'digest', 'ends_at', 'sealed'])
  world.clock.moveTo('2026-03-02T10:59:59Z')
  expect(await count(hourly)).toBe(3)
  const [same] = await rows()
  expect(same.digest).toBe(before.digest)
  expect(same.sealed.length).toBe(before.sealed.length)
  expect(same.sealed.equals(before.sealed)).toBe(false)
  world.clock.moveTo('2026-03-02T11:00:00Z')
  expect(await count(hourly)).toBe(0)
  const left = await rows()
  expect(left, 'that of the hour before is gone').toHaveLength(1)
  expect(left[0].digest).not.toBe(before.digest)
  const key = Buffer.alloc(32, 3)
  const now = new Date('2026-03-02T10:00:00Z')
  expect(nameTally(Buffer.alloc(32, 4), hourly, now).digest).not.toBe(nameTally(key, hourly, now).digest)
})

test('S8 a number that stands for a place is kept, and nobody but the sign-in and the public form reads a tally', async () => {
  const daily: TallyPlace = { words: ['place', '198.51.100.8'], per: 'day' }
  const group = 'ab'.repeat(32) as never
  await world.clinic.database.transaction(world.task('sign-in'), async transaction => {
    const tallies = new SealedTallies(world.clinic, transaction)
    await tallies.keep(daily, { count: 2, lastAt: null, group })
    expect(await tallies.load(daily)).toEqual({ count: 2, lastAt: null, group })
    await tallies.forget(daily)
    expect(await tallies.load(daily)).toEqual({ count: 0, lastAt: null, group: null })
    await tallies.keep(daily, { count: 1, lastAt: transaction.now, group: null })
  })
  for (const role of ['coordinator', 'administrator', 'manager'] as const) {
    const seen = await world.clinic.database.transaction(world.as(role), transaction =>
      new SealedTallies(world.clinic, transaction).load(daily),
    )
    expect(seen.count, role).toBe(0)
  }
})
