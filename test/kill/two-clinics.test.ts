import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { jobs } from '../../src/app/jobs.ts'
import { type CaseId, makeId } from '../../src/foundation/ids.ts'
import { addJob } from '../../src/platform/ask-for-job.ts'
import { loadParkedJobs, loadQueueFigures, retryParkedJob } from '../../src/platform/jobs.ts'
import { type ClinicKey, writeNewClinicKey } from '../../src/platform/keys.ts'
import { everyJob } from '../support/every-job.ts'
import { giveToOrdinaryOwner } from '../support/ordinary-owner.ts'
import { type RunningProgram, startProgram } from '../support/running-program.ts'
import { asOwner, openTestClinic, type TestClinic } from '../support/test-clinic.ts'

let folder: string
const keys: ClinicKey[] = []
let one: TestClinic
let other: TestClinic
const programs: RunningProgram[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unwatched-two-'))
  await chmod(folder, 0o755)
  await mkdir(join(folder, 'keys'), { mode: 0o700 })
  for (const name of ['one', 'other']) keys.push(await writeNewClinicKey(keyFile(name)))
  const [first, second] = keys
  if (!first || !second) throw new Error('no keys were written')
  one = await openTestClinic('2026-03-02T10:00:00Z', { slug: 'one', key: first })
  other = await openTestClinic('2026-03-02T10:00:00Z', { slug: 'other', key: second, beside: one })
  operatorUrl = await giveToOrdinaryOwner(one.ownerUrl)
})
afterAll(async () => {
  for (const program of programs) program.process.kill('SIGKILL')
  for (const program of programs) await program.ended
  await other.close()
  await one.close()
  await rm(folder, { recursive: true, force: true })
})

let operatorUrl: string
const keyFile = (name: string): string => join(folder, 'keys', `${name}.key`)

/** The program itself, as an operator starts it for one of the clinics. */
async function serve(world: TestClinic, slug: string): Promise<RunningProgram> {
  const program = startProgram(['serve'], {
    DATABASE_URL: operatorUrl,
    UNWATCHED_CLINIC: slug,
    UNWATCHED_KEY: keyFile(slug),
    UNWATCHED_DATA: join(world.clinic.blobFolder, '..'),
    UNWATCHED_PORT: '0',
  })
  programs.push(program)
  await program.says(/To stop: press Ctrl-C here/)
  return program
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 1200; attempt += 1) {
    if (await isSo()) return
    await new Promise(done => setTimeout(done, 50))
  }
  const said = programs.map(program => program.said()).join('\n')
  throw new Error(`it never came to be: ${what}\n${said.slice(-4000)}`)
}

const queueOf = async (world: TestClinic) =>
  (
    await asOwner(world.ownerUrl, client =>
      client.query<{ attempts: number; locked: boolean }>(
        `select attempts, locked_at is not null as locked from graphile_worker._private_jobs
         where payload ->> 'clinicId' = $1`,
        [world.clinic.clinicId],
      ),
    )
  ).rows

/** Every kind of job there is, asked for in a clinic. */
async function askForEverything(world: TestClinic) {
  const asked: { readonly name: string; readonly isDone: () => Promise<boolean> }[] = []
  for (const { name } of jobs) {
    asked.push({ name, ...(await everyJob[name](world)) })
  }
  return asked
}

test('of two clinics in one database, each program does the work of its own alone, whatever kind it is', async () => {
  const ofOne = await askForEverything(one)
  const ofOther = await askForEverything(other)
  const before = await queueOf(one)
  expect(before.length).toBeGreaterThanOrEqual(jobs.length)

  await serve(other, 'other')
  for (const { name, isDone } of ofOther) await until(`${name} of the other clinic`, isDone)
  await until('the other clinic has nothing left', async () => (await queueOf(other)).length === 0)
  expect(await queueOf(one), 'nobody touched the work of a clinic whose program was not there').toEqual(
    before.map(() => ({ attempts: 0, locked: false })),
  )
  for (const { name, isDone } of ofOne) expect(await isDone(), name).toBe(false)

  await serve(one, 'one')
  for (const { name, isDone } of ofOne) await until(`${name} of the first clinic`, isDone)
  await until('the first clinic has nothing left', async () => (await queueOf(one)).length === 0)
  for (const world of [one, other]) expect((await loadParkedJobs(world.clinic)).lines).toEqual([])
}, 120_000)

/** The names of a clinic are always there: that work is about nothing that could be missing. */
const aboutSomething = jobs.filter(({ name }) => name !== 'keep-names')

test('work that finds nothing is never taken for done, whatever kind it is, and is shown in its own clinic alone', async () => {
  const ids = Object.fromEntries(
    ['caseId', 'itemId', 'bundleId', 'messageId', 'useId'].map(name => [name, makeId<CaseId>(new Date())]),
  )
  await one.clinic.database.transaction(one.as('coordinator'), async transaction => {
    for (const { name } of aboutSomething) await addJob(transaction, name, ids)
  })
  await until(
    'all of it is parked',
    async () => (await loadParkedJobs(one.clinic)).lines.length === aboutSomething.length,
  )
  const parked = (await loadParkedJobs(one.clinic)).lines
  expect(parked.map(job => [job.name, job.lastFault]).toSorted()).toEqual(
    aboutSomething.map(job => [job.name, 'job-found-nothing']).toSorted(),
  )
  expect((await loadParkedJobs(other.clinic)).lines).toEqual([])
  expect((await loadQueueFigures(one.clinic)).parked).toBe(aboutSomething.length)
  expect((await loadQueueFigures(other.clinic)).parked).toBe(0)
  const again = await other.clinic.database.transaction(other.as('administrator'), transaction =>
    retryParkedJob(transaction, parked[0]?.jobId ?? ''),
  )
  expect(again, 'an administrator starts no work of another clinic').toBe(false)
}, 60_000)
