import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makePlainProgram } from '../../scripts/plain-program.mjs'
import { startServing } from '../../src/app/server.ts'
import { type Apart, startApart } from '../../src/platform/apart.ts'
import { addJob } from '../../src/platform/ask-for-job.ts'
import { CalculationEnded } from '../../src/platform/calculation.ts'
import {
  cancelParkedJob,
  type Job,
  loadParkedJobs,
  retryParkedJob,
  startJobs,
} from '../../src/platform/jobs.ts'
import { packClinicKey } from '../../src/platform/keys.ts'
import { silentLog } from '../../src/platform/log.ts'
import { newOnce } from '../../src/web/form.ts'
import { ordersFor } from '../support/ordered-clinic.ts'
import { isAlive } from '../support/running-program.ts'
import { openTestCase } from '../support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../support/test-clinic.ts'
import { openTestSite } from '../support/test-site.ts'
import type { WorkOrders } from './works-until-killed.ts'

let world: TestClinic
let folder: string
const children: ChildProcess[] = []
let entry: string
let worker: string

beforeAll(async () => {
  world = await openTestClinic()
  folder = await mkdtemp(join(tmpdir(), 'unwatched-apart-'))
  entry = await makePlainProgram(join(import.meta.dirname, 'bad-work.ts'))
  worker = await makePlainProgram(join(import.meta.dirname, 'works-until-killed.ts'))
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await world.close()
  await rm(folder, { recursive: true, force: true })
})

function openApart(memory = 192): Apart {
  const { clinicId, key, blobFolder, spoolFolder, isDemo, site, database } = world.clinic
  const programUrl = database.pool.options.connectionString ?? ''
  return startApart({
    entry: pathToFileURL(entry),
    context: { clinicId, programUrl, key: packClinicKey(key), blobFolder, spoolFolder, isDemo, site },
    memory,
    jobProcesses: 1,
    calculationProcesses: 1,
    log: silentLog,
  })
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 1600; attempt += 1) {
    if (await isSo()) return
    await new Promise(done => setTimeout(done, 50))
  }
  throw new Error(`it never came to be: ${what}`)
}

/** What was begun, each with the process it was begun in. */
const begun = async (file: string): Promise<readonly { readonly what: string; readonly pid: number }[]> =>
  (await readFile(file, 'utf8').catch(() => ''))
    .split('\n')
    .filter(line => line !== '')
    .map(line => ({ what: line.split(' ')[0] ?? '', pid: Number(line.split(' ')[1]) }))

const ask = (name: string, file = ''): Promise<void> =>
  world.clinic.database.transaction(world.as('coordinator'), transaction =>
    addJob(transaction, name, { file }),
  )

/** The pauses between attempts pass at once. */
const hurry = (): Promise<unknown> =>
  asOwner(world.ownerUrl, client =>
    client.query('update graphile_worker._private_jobs set run_at = now() where locked_at is null'),
  )

const queue = async () =>
  (
    await asOwner(world.ownerUrl, client =>
      client.query<{ job: string; attempts: number; locked: boolean; deaths: number | null }>(
        `select split_part(t.identifier, '/', 1) as job, j.attempts, j.locked_at is not null as locked, r.deaths
         from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
         left join unwatched.job_run r on r.job_id = j.id order by j.id`,
      ),
    )
  ).rows

const clear = (): Promise<unknown> =>
  asOwner(world.ownerUrl, client =>
    client.query('delete from graphile_worker._private_jobs; delete from unwatched.job_run'),
  )

const heavy = (name: string, setAside: Job['setAside'] = async () => 'done'): Job => ({
  name,
  isHeavy: true,
  work: async () => {
    throw new Error('heavy work was done in the process that answers people')
  },
  setAside,
})

test('work that never lets go of its process stops neither /health nor a save nor other work, and a stop gives it back', async () => {
  const file = join(folder, 'blocks')
  const site = await openTestSite(world)
  const apart = openApart()
  let noted = false
  const note: Job = {
    name: 'note',
    work: async () => {
      noted = true
      return 'done'
    },
    setAside: async () => 'done',
  }
  const jobs = await startJobs(world.clinic, [heavy('blocks'), note], { apart })
  try {
    await ask('blocks', file)
    await until('the work has begun', async () => (await begun(file)).length > 0)
    const [{ pid } = { pid: 0 }] = await begun(file)
    expect((await site.get('/health')).status).toBe(200)
    const told = { words: 'Followed', adult: 'yes', postcode: 'TN9 1AA', cyberstalked: 'yes' }
    const saved = await site.post('/calls/new', { ...told, _once: newOnce() }, { as: 'call-handler' })
    expect(saved.status).toBe(303)
    await ask('note')
    await until('light work is done beside it', async () => noted)
    expect(await isAlive(pid)).toBe(true)
    // Somebody who reads /proc as another user, or a list of processes, finds nothing to sign in or to open with.
    const { wrapping } = world.clinic.key
    const password = new URL(world.clinic.database.pool.options.connectionString ?? '').password
    const shown = `${await readFile(`/proc/${pid}/environ`, 'latin1')}${await readFile(`/proc/${pid}/cmdline`, 'latin1')}`
    expect(shown).toContain('max-old-space-size')
    for (const secret of [
      wrapping.toString('base64'),
      wrapping.toString('hex'),
      `:${password}@`,
      'postgres:',
    ])
      expect(shown).not.toContain(secret)
    await jobs.stop()
    await until('it ended with the stop', async () => !(await isAlive(pid)))
    expect(await queue()).toEqual([{ job: 'blocks', attempts: 0, locked: false, deaths: 0 }])
  } finally {
    await jobs.stop()
    await site.close()
    await clear()
  }
}, 120_000)

test.each(['fills', 'fills-beside', 'dies'])(
  'work that %s ends alone: begun twice, then before a person, with the rest of the queue done',
  async how => {
    const file = join(folder, `alone-${how}`)
    const told: string[] = []
    const bad = heavy(how, async (_clinic, payload, why) => {
      told.push(`${why} ${payload['file'] === file}`)
      return 'done'
    })
    const code = how === 'dies' ? 'job-died-ended' : 'job-died-memory'
    let jobs = await startJobs(world.clinic, [bad, heavy('works')], { apart: openApart() })
    try {
      await ask(how, file)
      await ask('works', file)
      await until('it is parked', async () => {
        await hurry()
        return (await loadParkedJobs(world.clinic)).lines.length > 0 && told.length > 0
      })
      const [parked] = (await loadParkedJobs(world.clinic)).lines
      expect(parked).toMatchObject({ name: how, lastFault: code, attempts: 2 })
      expect(told).toEqual(['stopped true'])
      await until('the rest is done', async () => (await queue()).length === 1)
      expect((await begun(file)).map(each => each.what).toSorted()).toEqual([how, how, 'works'].toSorted())

      // Three kinds of death are one rule; what a person decides is played with the quickest.
      if (how !== 'dies') return
      await jobs.stop()
      jobs = await startJobs(world.clinic, [bad, heavy('works')], { apart: openApart() })
      await ask('works', file)
      await until('other work is done after a restart', async () => (await queue()).length === 1)
      expect((await begun(file)).filter(each => each.what === how)).toHaveLength(2)

      const as = world.as('administrator')
      const decide = (what: typeof retryParkedJob) =>
        world.clinic.database.transaction(as, transaction => what(transaction, parked?.jobId ?? ''))
      expect(await decide(retryParkedJob)).toBe(true)
      await until('it is parked again', async () => {
        await hurry()
        return (await loadParkedJobs(world.clinic)).lines.length > 0 && told.length > 1
      })
      expect((await begun(file)).filter(each => each.what === how)).toHaveLength(4)
      if (!parked) throw new Error('nothing was parked')
      await world.clinic.database.transaction(as, transaction => cancelParkedJob(transaction, parked))
      await until('it is cancelled', async () => told.length > 2)
      expect(told[2]).toBe('cancelled true')
      await until('nothing is left', async () => (await queue()).length === 0)
    } finally {
      await jobs.stop()
      await clear()
    }
  },
  120_000,
)

/** A program that works through the queue of the test's clinic, as a process of its own. */
async function startProgram(): Promise<{ readonly child: ChildProcess; readonly ended: Promise<unknown> }> {
  const orders: WorkOrders = { ...(await ordersFor(world, await openTestCase(world))), entry }
  const child = spawn(process.execPath, [worker], {
    env: { PATH: process.env['PATH'], ORDERS: JSON.stringify(orders) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  return { child, ended: once(child, 'exit') }
}

test('kill -9 of the program takes its processes with it, and what died with it twice is not begun a third time', async () => {
  const file = join(folder, 'killed')
  await ask('blocks', file)
  for (const time of [1, 2]) {
    const { child, ended } = await startProgram()
    await until(`begun the ${time}. time`, async () => (await begun(file)).length === time)
    child.kill('SIGKILL')
    await ended
    const pid = (await begun(file)).at(-1)?.pid ?? 0
    await until('no process outlives the program', async () => !(await isAlive(pid)))
  }
  const third = await startProgram()
  await ask('note')
  await until('the rest is done', async () => (await queue()).every(each => each.job !== 'note'))
  await until('it is parked', async () => (await loadParkedJobs(world.clinic)).lines.length === 1)
  expect((await loadParkedJobs(world.clinic)).lines[0]).toMatchObject({
    name: 'blocks',
    lastFault: 'job-died',
  })
  expect(await begun(file)).toHaveLength(2)
  third.child.kill('SIGKILL')
  await third.ended
  await clear()
}, 120_000)

test('light work that ends the whole program is begun twice, across restarts, and the rest of the queue is done', async () => {
  await ask('ends-all', 'x')
  let begins = 0
  for (let start = 0; start < 3; start += 1) {
    const { child, ended } = await startProgram()
    child.stdout?.on('data', (part: Buffer) => {
      begins += part.toString().split('began').length - 1
    })
    await ask('note')
    if (start < 2) await ended
    else {
      await until('it is parked', async () => (await loadParkedJobs(world.clinic)).lines.length === 1)
      await until('the rest is done', async () => (await queue()).length === 1)
      child.kill('SIGKILL')
      await ended
    }
  }
  expect(begins).toBe(2)
  await clear()
}, 120_000)

test('a calculation without end is ended by its limit and when the person who asked goes away, and the page says so', async () => {
  const apart = openApart()
  const file = join(folder, 'calculation')
  const caseId = await openTestCase(world)
  const serving = await startServing(
    world.clinic,
    { host: '127.0.0.1', port: 0, behindTls: false, trustProxy: false },
    {
      withJobs: false,
      apart: {
        ...apart,
        calculate: (name, input, _limit, signal) =>
          apart.calculate(name, { ...(input as object), file }, 3000, signal),
      },
    },
  )
  const site = await openTestSite(world)
  try {
    expect(await apart.calculate('any', { how: 'ends well' }, 60_000)).toBe('done')
    const adviser = await site.visitor('cyber-adviser')
    const cookie = [...adviser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const page = `${serving.address}cases/${caseId}/map/lock-out/compare`
    const answer = await fetch(page, { headers: { cookie } })
    expect(answer.status).toBe(503)
    const text = await answer.text()
    expect(text).toContain('This could not be worked out')
    expect(text).toContain('Nothing was changed')
    const first = (await begun(file)).at(-1)?.pid ?? 0
    await until('its process was ended', async () => !(await isAlive(first)))

    await expect(apart.calculate('any', { how: 'fills' }, 60_000)).rejects.toMatchObject({ why: 'memory' })
    expect(await apart.calculate('any', { how: 'ends well' }, 60_000)).toBe('done')
    const before = (await begun(file)).length
    const going = new AbortController()
    const asked = apart.calculate('any', { file }, 60_000, going.signal)
    const gone = expect(asked).rejects.toBeInstanceOf(CalculationEnded)
    await until('it began', async () => (await begun(file)).length > before)
    going.abort()
    await gone
    const second = (await begun(file)).at(-1)?.pid ?? 0
    await until('nobody works for a person who has gone', async () => !(await isAlive(second)))
  } finally {
    await serving.stop()
    await apart.stop()
    await site.close()
  }
}, 120_000)
