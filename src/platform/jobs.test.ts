import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestClinic, type TestClinic } from '../../test/support/test-clinic.ts'
import { addJob } from './ask-for-job.ts'
import { loadParkedJobs, retryParkedJob, startJobs } from './jobs.ts'

let world: TestClinic
beforeAll(async () => {
  world = await openTestClinic()
})
afterAll(() => world.close())

const setAside = async () => 'done' as const

/** Waits until something is so; a job runs when it runs. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 2000; attempt += 1) {
    if (await isSo()) return
    await new Promise(done => setTimeout(done, 25))
  }
  throw new Error('it never came to be')
}

test('a job asked for in an act that fails is never run, and one in an act that is kept is', async () => {
  const ran: string[] = []
  const { database } = world.clinic
  await expect(
    database.transaction(world.as('coordinator'), async transaction => {
      await addJob(transaction, 'note', { which: 'failed act' })
      throw new Error('the act failed')
    }),
  ).rejects.toThrow('the act failed')
  await database.transaction(world.as('coordinator'), transaction =>
    addJob(transaction, 'note', { which: 'kept act' }),
  )
  const jobs = await startJobs(world.clinic, [
    {
      name: 'note',
      setAside,
      work: async (_clinic, payload) => {
        ran.push(payload['which'] ?? '')
        return 'done'
      },
    },
  ])
  await until(() => ran.length > 0)
  await jobs.stop()
  expect(ran).toEqual(['kept act'])
})

test('a job that keeps failing is parked with the code of its fault and none of its words, and can be sent again', async () => {
  const { database } = world.clinic
  await database.transaction(world.as('coordinator'), transaction => addJob(transaction, 'fails', {}))
  let attempts = 0
  const failing = await startJobs(world.clinic, [
    {
      name: 'fails',
      setAside,
      work: async () => {
        attempts += 1
        throw Object.assign(new Error('her name is in this message'), { code: 'disk-full' })
      },
    },
  ])
  await until(() => attempts > 0)
  // The pauses between attempts grow to hours: the job is put before its last attempt by hand.
  await until(async () => {
    await database.pool.query(
      `update graphile_worker._private_jobs set run_at = now(), attempts = greatest(attempts, max_attempts - 1)
       where locked_at is null and attempts < max_attempts`,
    )
    return (await loadParkedJobs(world.clinic)).lines.length > 0
  })
  await failing.stop()
  const [parked] = (await loadParkedJobs(world.clinic)).lines
  expect(parked).toMatchObject({ name: 'fails', lastFault: 'disk-full' })
  expect(JSON.stringify(parked)).not.toContain('her name')

  let mended = false
  await database.transaction(world.as('administrator'), transaction =>
    retryParkedJob(transaction, parked?.jobId ?? ''),
  )
  const working = await startJobs(world.clinic, [
    {
      name: 'fails',
      setAside,
      work: async () => {
        mended = true
        return 'done'
      },
    },
  ])
  await until(() => mended)
  await working.stop()
  expect((await loadParkedJobs(world.clinic)).lines).toEqual([])
}, 60_000)

test('a job that a killed program left half done is taken up again at the next start', async () => {
  const { database } = world.clinic
  await database.transaction(world.as('coordinator'), transaction =>
    addJob(transaction, 'left-half-done', {}),
  )
  // What a program that is killed leaves behind: the job is marked as being worked on by a worker that is no more.
  await database.pool.query(
    `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'worker-that-was-killed'`,
  )
  let done = false
  const jobs = await startJobs(world.clinic, [
    {
      name: 'left-half-done',
      setAside,
      work: async () => {
        done = true
        return 'done'
      },
    },
  ])
  await until(() => done)
  await jobs.stop()
})
