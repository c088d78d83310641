import { spawnSync } from 'node:child_process'
import { chownSync, statSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSession } from '../../src/identity/operations/start-session.ts'
import { addJob } from '../../src/platform/ask-for-job.ts'
import { type Database, openDatabase } from '../../src/platform/database.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts'
import { type Job, startJobs } from '../../src/platform/jobs.ts'
import { writeNewClinicKey } from '../../src/platform/keys.ts'
import { migrate } from '../../src/platform/migrate.ts'
import { prepareProgramRole } from '../../src/platform/program-role.ts'
import { newOnce } from '../../src/web/form.ts'
import { type LineToDatabase, openLine } from '../support/line-to-database.ts'
import { freePort, startProgram } from '../support/running-program.ts'
import { asOwner, openTestClinic, type TestClinic } from '../support/test-clinic.ts'
import { openTestSite, type TestSite, type Visitor } from '../support/test-site.ts'

// A PostgreSQL of its own, which is stopped, held, killed, closed for writing and filled up, with the clinic open.
let folder: string
let server: EmbeddedPostgres
let world: TestClinic
let database: Database
let line: LineToDatabase
let site: TestSite
let staff: Visitor
let queue: { readonly stop: () => Promise<void> }
const done: string[] = []
const settings = { fsync: 'off', full_page_writes: 'off' }

const note: Job = {
  name: 'note-it',
  work: async (_clinic, payload) => {
    done.push(payload['what'] ?? '')
    return 'done'
  },
  setAside: async () => 'done',
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unwatched-bad-day-'))
  server = await startEmbeddedPostgres(join(folder, 'postgres'), { settings })
  await migrate(server.ownerUrl)
  world = await openTestClinic(undefined, { server: server.ownerUrl })
  // Started again it comes up at another port: the line leads there.
  line = await openLine(world.ownerUrl)
  database = openDatabase(line.through(await prepareProgramRole(world.ownerUrl, 'test')), {
    now: world.clock.now,
    key: world.clinic.key,
    connections: 6,
    watch: { after: 300, patience: 600, every: 100 },
  })
  const clinic = { ...world.clinic, database }
  site = await openTestSite(world, { clinic })
  queue = await startJobs(clinic, [note])
  const session = await database.transaction(world.task('sign-in'), transaction =>
    startSession(transaction, world.people['call-handler']),
  )
  staff = await site.withSession(session)
  expect((await save()).status).toBe(303)
}, 60_000)
afterAll(async () => {
  await queue.stop()
  await site.close()
  await database.close()
  await line.close()
  await world.close()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

const told = { words: 'He stood there', adult: 'yes', postcode: 'TN9 1AA', cyberstalked: 'yes' }
const save = (once = newOnce()) => staff.post('/calls/new', { ...told, _once: once })
const ready = async (): Promise<number> => (await fetch(`${site.address}/ready`)).status

/** Asks again, as a person would, for up to twenty seconds. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await holds()) return
    await new Promise(later => setTimeout(later, 100))
  }
  throw new Error(`it did not come about: ${holds.toString()}`)
}

/** Nothing is saved, and what was typed comes back; then it is mended, sent again, kept once, and the queue works. */
async function verifyBadDay(name: string, mend: () => Promise<void>): Promise<void> {
  const once = newOnce()
  const began = performance.now()
  const refused = await save(once)
  expect(refused.status, name).toBe(503)
  expect(refused.text, name).toContain('He stood there')
  expect(performance.now() - began, name).toBeLessThan(15_000)
  await until(async () => (await ready()) === 503)
  expect((await fetch(`${site.address}/health`)).status, name).toBe(200)
  await mend()
  await until(async () => (await save(once)).status === 303)
  const kept = await asOwner(world.ownerUrl, owner =>
    owner.query('select count(*)::int as n from unwatched.form_once where token like $1', [`%${once}`]),
  )
  expect(kept.rows[0].n, name).toBe(1)
  await until(async () => (await ready()) === 200)
  const what = `after ${name}`
  await database.transaction(world.task('job-queue'), transaction => addJob(transaction, 'note-it', { what }))
  await until(async () => done.includes(what))
}

const postmaster = (): number => server.processId() ?? 0

/** Every process of the server. */
async function family(): Promise<readonly number[]> {
  const parent = postmaster()
  const all = (await readdir('/proc')).filter(name => /^\d+$/.test(name)).map(Number)
  const children: number[] = []
  for (const pid of all) {
    const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    // proc(5): the second field after the name in brackets is the parent
    if (Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1]) === parent) children.push(pid)
  }
  return [parent, ...children]
}

const home = async (): Promise<string> =>
  readFile(join(folder, 'postgres', 'WHERE-THE-DATABASE-IS.txt'), 'utf8').then(
    text => text.trim(),
    () => join(folder, 'postgres'),
  )

/** While this stands the server does not come up again, however often it is started. */
async function keepDown(): Promise<() => Promise<void>> {
  const path = join(await home(), 'cluster', 'postgresql.auto.conf')
  const before = await readFile(path, 'utf8')
  await writeFile(path, `${before}\nno_such_setting = on\n`)
  return () => writeFile(path, before)
}

test.each(['SIGINT', 'SIGKILL'] as const)(
  'ended by %s, and started again',
  async signal => {
    const letUp = await keepDown()
    const pid = postmaster()
    process.kill(pid, signal)
    await until(
      async () =>
        postmaster() !== pid ||
        (await database.ping().then(
          () => false,
          () => true,
        )),
    )
    await verifyBadDay(signal, letUp)
  },
  60_000,
)

test('held still: it takes questions and answers none', async () => {
  const held = await family()
  expect(held.length).toBeGreaterThan(3)
  for (const pid of held) process.kill(pid, 'SIGSTOP')
  await verifyBadDay('a silence', async () => {
    for (const pid of held) process.kill(pid, 'SIGCONT')
  })
}, 60_000)

test('read from only, while it answers every question', async () => {
  const set = (value: string): Promise<unknown> =>
    asOwner(world.ownerUrl, async owner => {
      await owner.query('set default_transaction_read_only = off')
      await owner.query(`alter system set default_transaction_read_only = ${value}`)
      await owner.query('select pg_reload_conf()')
    })
  await set('on')
  await until(async () => (await save()).status === 503)
  await database.ping()
  await verifyBadDay('reading only', async () => void (await set('off')))
}, 60_000)

/** A disk of eight megabytes for what a save writes; null where this machine lets nobody mount one. */
async function mountSmallDisk(): Promise<string | null> {
  const disk = join(await home(), 'small-disk')
  await mkdir(disk, { recursive: true })
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk]).status !== 0) return null
  const { uid, gid } = statSync(await home())
  await mkdir(join(disk, 'space'))
  chownSync(join(disk, 'space'), uid, gid)
  return disk
}

test('full: a real disk where one can be mounted, else the fault that PostgreSQL raises then', async () => {
  const disk = await mountSmallDisk()
  const filler = join(disk ?? folder, 'filler')
  try {
    await asOwner(world.ownerUrl, async owner => {
      if (disk) {
        await owner.query(`create tablespace small location '${join(disk, 'space')}'`)
        await owner.query('alter table unwatched.act set tablespace small')
        return
      }
      await owner.query(`create function unwatched.no_room() returns trigger language plpgsql as
        $$ begin raise exception 'no room' using errcode = 'disk_full'; end $$`)
      await owner.query(
        'create trigger no_room before insert on unwatched.act for each row execute function unwatched.no_room()',
      )
    })
    if (disk) spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=4096'])
    // the pages that are there already still take a few
    await until(async () => (await save()).status === 503)
    await database.ping()
    await verifyBadDay('no room', async () => {
      await rm(filler, { force: true })
      if (!disk) await asOwner(world.ownerUrl, owner => owner.query('drop trigger no_room on unwatched.act'))
    })
  } finally {
    await rm(filler, { force: true })
    if (disk) {
      await asOwner(world.ownerUrl, owner =>
        owner.query('alter table unwatched.act set tablespace pg_default'),
      )
      await asOwner(server.ownerUrl, owner => owner.query('drop tablespace small'))
      spawnSync('umount', ['-l', disk])
    }
  }
}, 90_000)

test('a start waits for its database and goes on by itself; a wrong password ends it for good', async () => {
  const name = 'operator_of_the_day'
  await asOwner(server.ownerUrl.replace(/unwatched$/, 'postgres'), async owner => {
    await owner.query(`create role ${name} login createrole password 'test'`)
    await owner.query(`grant unwatched_program to ${name} with admin option`)
    await owner.query(`create database ${name} owner ${name}`)
  })
  const url = new URL(line.through(server.ownerUrl))
  url.username = name
  url.password = 'test'
  url.pathname = name
  const port = await freePort()
  const home = join(folder, 'operator')
  await mkdir(home)
  const settings = {
    DATABASE_URL: url.toString(),
    UNWATCHED_DATA: join(home, 'data'),
    UNWATCHED_KEY: join(home, 'keys', 'clinic.key'),
    UNWATCHED_PORT: String(port),
  }
  await writeNewClinicKey(settings.UNWATCHED_KEY)
  await line.cut()
  const program = startProgram(['serve'], settings)
  await program.says(/"event":"waiting-for-database","trouble":"away","code":"ECONNREFUSED"/)
  const ask = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${port}${path}`)
  await until(async () => (await ask('/health').catch(() => null))?.status === 200)
  expect(await (await ask('/health')).text()).toBe('starting')
  expect((await ask('/ready')).status).toBe(503)
  const page = await ask('/refer/form')
  expect(page.status).toBe(503)
  expect(await page.text()).toContain('Not available at the moment')
  await line.pass()
  await program.says(/There is no clinic here yet/) // it got to its database
  expect(await program.ended).toBe(78)

  url.password = 'wrong'
  const refused = startProgram(['serve'], { ...settings, DATABASE_URL: url.toString() })
  expect(await refused.ended).toBe(78)
  expect(refused.said()).toMatch(/"at":"\d{4}-[^"]+","event":"start-failed"/)
  expect(refused.said()).toContain('refused the sign-in (28P01). Put the right user and password there.')
}, 90_000)
