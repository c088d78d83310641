import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { asOwner, openTestClinic, type TestClinic } from '../../test/support/test-clinic.ts'
import { addJob } from './ask-for-job.ts'
import { giveBack } from './give-back.ts'
import { asQueue } from './job-runs.ts'

let world: TestClinic
beforeAll(async () => {
  world = await openTestClinic()
})
afterAll(() => world.close())

const owner = <Row extends object>(sql: string): Promise<readonly Row[]> =>
  asOwner(world.ownerUrl, async client => (await client.query<Row>(sql)).rows)

/** A piece of work that was taken up so long ago, of which no start is recorded. */
async function takeUp(ago: string): Promise<void> {
  await owner('delete from graphile_worker._private_jobs')
  await world.clinic.database.transaction(world.as('coordinator'), transaction =>
    addJob(transaction, 'note', {}),
  )
  await owner(
    `update graphile_worker._private_jobs set locked_at = now() - interval '${ago}', locked_by = 'somebody'`,
  )
}
const look = (isFirstLook: boolean, living: readonly number[] = [1]) =>
  asQueue(world.clinic.database, world.clinic.clinicId, transaction =>
    giveBack(transaction, living, isFirstLook),
  )
const isTaken = async (): Promise<boolean | undefined> =>
  (
    await owner<{ taken: boolean }>(
      'select locked_at is not null as taken from graphile_worker._private_jobs',
    )
  )[0]?.taken

beforeEach(() => takeUp('0 seconds'))

test('work that is just being taken up or put down is not freed by a look in between, so it is not begun twice', async () => {
  await look(false)
  expect(await isTaken()).toBe(true)
})

test('the only program, before it begins anything, frees at once what one that died had in hand', async () => {
  await look(true)
  expect(await isTaken()).toBe(false)
})

test('beside another program, nobody frees what was just taken up', async () => {
  await look(true, [1, 2])
  expect(await isTaken()).toBe(true)
})

test('what was taken up long ago, and never begun, is freed by a later look too', async () => {
  await takeUp('2 minutes')
  await look(false)
  expect(await isTaken()).toBe(false)
})
