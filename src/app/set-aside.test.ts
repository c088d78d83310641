import { afterAll, beforeAll, expect, test } from 'vitest'
import { everyJob } from '../../test/support/every-job.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../test/support/test-site.ts'
import { type CaseId, makeId } from '../foundation/ids.ts'
import type { JobName } from '../foundation/job-name.ts'
import { type JobPayload, startJobs } from '../platform/jobs.ts'
import { jobs } from './jobs.ts'

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

const sql = async <Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> =>
  asOwner(world.ownerUrl, async client => (await client.query<Row>(text, [...values])).rows)

/** Asks for a job of a kind, and has it stop before a person with a fault. */
async function stopped(name: JobName, fault: string): Promise<{ id: string; payload: JobPayload }> {
  await everyJob[name](world)
  const [job] = await sql<{ id: string; payload: JobPayload }>(
    `update graphile_worker._private_jobs j set attempts = max_attempts, last_error = $2, run_at = now()
     from graphile_worker._private_tasks t where t.id = j.task_id and t.identifier like $1 || '/%'
     returning j.id::text, j.payload`,
    [name, fault],
  )
  if (!job) throw new Error(`no job ${name} was asked for`)
  return job
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 800; attempt += 1) {
    if (await isSo()) return
    await new Promise(done => setTimeout(done, 25))
  }
  throw new Error('it never came to be')
}

/** What a person reads of what a job was about, once it was set aside; by the kind of the job. */
const seen: Readonly<Record<JobName, (payload: JobPayload, why: 'stopped' | 'cancelled') => Promise<void>>> =
  {
    'read-item': async ({ caseId, itemId }, why) => {
      const { text } = await site.get(`/cases/${caseId}/evidence/${itemId}`, { as: 'cyber-adviser' })
      expect(text).toContain(why === 'cancelled' ? 'Not read: reading this file was cancelled' : 'work twice')
      expect(text).not.toContain('Being read')
      expect(text).not.toContain('will try again')
    },
    'build-bundle': async ({ caseId }, why) => {
      const { text } = await site.get(`/cases/${caseId}/bundles`, { as: 'stalking-advocate' })
      expect(text).toContain('could not be built')
      expect(text).toContain(why === 'cancelled' ? 'cancelled it' : 'twice')
      expect(text).not.toContain('tried again.')
    },
    'send-message': async ({ messageId }) => {
      const [message] = await sql<{ state: string }>(
        'select state from unwatched.message where message_id = $1',
        [messageId],
      )
      expect(message?.state).toBe('failed')
      expect((await site.get('/tasks', { as: 'coordinator' })).text).toContain('A reminder was not sent')
    },
    'carry-over-contact': async () => {
      const { text } = await site.get('/tasks', { as: 'coordinator' })
      expect(text).toContain('was not carried over')
    },
    'make-safe-copy': async ({ caseId, itemId }, why) => {
      const where = `/cases/${caseId}/evidence/${itemId}/picture`
      const { text } = await site.get(where, { as: 'cyber-adviser' })
      expect(text).toContain(why === 'cancelled' ? 'of it was cancelled' : 'stopped twice')
      expect(text).not.toContain('is being made')
    },
    // Everything is found without it.
    'merge-records': async () => {},
    // The day stands on its own list, whatever became of the task.
    'review-due': async () => {},
    // What is not taken in is compared one by one.
    'keep-names': async () => {},
    'tell-on-call': async ({ useId }) => {
      const [use] = await sql<{ told: string; looked: boolean }>(
        'select told, access_id is not null as looked from unwatched.phrase_use where use_id = $1',
        [useId],
      )
      expect(use).toEqual({ told: 'given-up', looked: false })
    },
  }

/** Whether nothing has to say that such work was not done. */
const dependsOnNothing = (name: string): boolean =>
  ['review-due', 'keep-names', 'merge-records'].includes(name)

test('whatever work is set aside, what it was about says so, and the same of what is not there is not found', async () => {
  for (const job of jobs)
    for (const why of ['stopped', 'cancelled'] as const) {
      const { id, payload } = await stopped(job.name, 'job-died-memory')
      const end = await job.setAside(world.clinic, payload, why)
      expect([job.name, end]).toEqual([job.name, dependsOnNothing(job.name) ? 'rightly-nothing' : 'done'])
      await seen[job.name](payload, why)
      const nowhere = Object.fromEntries(
        Object.entries(payload).map(([name, value]) => [
          name,
          name === 'clinicId' ? value : makeId<CaseId>(new Date()),
        ]),
      )
      if (!dependsOnNothing(job.name))
        expect([job.name, await job.setAside(world.clinic, nowhere, why)]).toEqual([job.name, 'not-found'])
      await sql('delete from graphile_worker._private_jobs where id = $1', [id])
    }
  expect(Object.keys(seen).toSorted()).toEqual(jobs.map(job => job.name).toSorted())
})

test('an administrator reads why a reading stopped, cancels it once they read what follows, and it is recorded', async () => {
  const { id, payload } = await stopped('read-item', 'job-died-memory')
  const administrator = await site.visitor('administrator')
  const page = await administrator.get('/admin/queue')
  expect(page.text).toContain('Reading a file of evidence')
  expect(page.text).toContain('It needed more memory than it may have, twice (job-died-memory)')
  expect((await site.get('/admin/queue', { as: 'coordinator' })).status).toBe(403)
  const check = await administrator.post(`/admin/queue/${id}/cancel`)
  expect(check.text).toContain('says that it was not read because reading was cancelled')
  expect((await administrator.get('/admin/queue')).text, 'nothing is done yet').toContain('Reading a file')
  expect((await administrator.confirm(`/admin/queue/${id}/cancel`)).location).toBe('/admin/queue')
  expect((await administrator.get('/admin/queue')).text).toContain('Nothing waits')
  expect((await administrator.post(`/admin/queue/${id}/cancel`)).status).toBe(404)
  expect((await administrator.get('/admin/acts')).text).toContain('Cancelled work that had stopped')

  const queue = await startJobs(world.clinic, jobs)
  await until(async () => (await sql('select from graphile_worker._private_jobs')).length === 0)
  await queue.stop()
  await seen['read-item'](payload, 'cancelled')
  const trail = await sql("select from unwatched.act where verb = 'evidence-not-read' and subject = $1", [
    payload['itemId'],
  ])
  expect(trail).toHaveLength(1)
}, 60_000)
