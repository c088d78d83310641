import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { demoPeople } from '../../src/app/demo/demo-people.ts'
import { knownPersonStory } from '../../src/app/demo/known-person-story.ts'
import { strangerStory } from '../../src/app/demo/stranger-story.ts'
import { findRunningPostgres } from '../../src/platform/embedded-postgres.ts'
import { writeNewClinicKey } from '../../src/platform/keys.ts'
import { countRecords } from '../support/count-records.ts'
import { makeOrdinaryRole } from '../support/ordinary-owner.ts'
import { findPostmaster, isAlive, type RunningProgram, startProgram } from '../support/running-program.ts'
import { asOwner } from '../support/test-clinic.ts'

let folder: string
const homes = new Set<string>()
const started: RunningProgram[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unwatched-serve-'))
  await chmod(folder, 0o755)
})
afterAll(async () => {
  for (const program of started) program.process.kill('SIGKILL')
  for (const home of homes) {
    const pid = await readFile(join(home, 'cluster', 'postmaster.pid'), 'utf8').catch(() => '')
    const postmaster = Number(pid.split('\n')[0])
    if (postmaster > 1 && (await isAlive(postmaster))) process.kill(postmaster, 'SIGQUIT')
    await rm(home, { recursive: true, force: true })
  }
  await rm(folder, { recursive: true, force: true })
})

type Ground = { readonly data: string; readonly settings: Readonly<Record<string, string>> }

async function makeGround(name: string, more: Readonly<Record<string, string>> = {}): Promise<Ground> {
  const data = join(folder, name, 'data')
  await mkdir(data, { recursive: true })
  const settings = {
    UNWATCHED_DATA: data,
    UNWATCHED_KEY: join(folder, name, 'keys', 'clinic.key'),
    UNWATCHED_PORT: '0',
    ...more,
  }
  return { data, settings }
}

function start(...args: Parameters<typeof startProgram>): RunningProgram {
  const program = startProgram(...args)
  started.push(program)
  return program
}

async function run(...args: Parameters<typeof startProgram>): Promise<{ code: unknown; said: string }> {
  const program = start(...args)
  return { code: await program.ended, said: program.said() }
}

async function addressOf(program: RunningProgram): Promise<string> {
  const [, address = ''] = await program.says(/ is open at (http:\/\/\S+)\//)
  await program.says(/To stop: press Ctrl-C here/)
  return address
}

async function stopInOrder(program: RunningProgram): Promise<void> {
  program.process.kill('SIGTERM')
  expect(await program.ended).toBe(0)
}

/** What must not be lost: how many of each there are, seen past the program. */
async function countKept({ data, settings }: Ground): Promise<Readonly<Record<string, number>>> {
  const ownerUrl = (await findRunningPostgres(join(data, 'postgres'))) ?? ''
  const records = await countRecords(ownerUrl, settings['UNWATCHED_KEY'] ?? '', data)
  return asOwner(ownerUrl, async client => {
    const counts: Record<string, number> = { records }
    for (const table of ['case_file', 'item', 'incident', 'act', 'custody_line']) {
      const found = await client.query(`select count(*)::int as n from unwatched.${table}`)
      counts[table] = found.rows[0].n
    }
    return counts
  })
}

const setupArgs = [
  'setup',
  '--profile',
  join(import.meta.dirname, '../../profiles/west-kent.json'),
  '--name',
  'Ada Test',
  '--sign-in',
  'ada.test',
  '--coordinator',
  'Bea Test',
  '--coordinator-sign-in',
  'bea.test',
]

test.concurrent('S11: the demo is served, killed, recovered, restarted and stopped; nothing is lost and no word of a person is in its logs', async () => {
  const ground = await makeGround('demo')
  const { data, settings } = ground
  await chmod(data, 0o755)
  const first = start(['serve', '--demo'], settings)
  const address = await addressOf(first)
  expect((await fetch(`${address}/`)).status).toBe(200)
  expect((await fetch(`${address}/cases`, { redirect: 'manual' })).status).not.toBe(200)
  const { home, pid } = await findPostmaster(data)
  homes.add(home)
  const kept = await countKept(ground)
  // the two cases of the stories, and those of the two years before them
  expect(kept['case_file']).toBeGreaterThan(100)
  expect(kept['records']).toBeGreaterThan(100)

  const beside = await run(['serve', '--demo'], settings)
  expect(beside.code).toBe(78)
  expect(beside.said).toContain(
    `already running with this data directory (process ${first.process.pid}, ${address}/)`,
  )

  first.process.kill('SIGKILL')
  expect(await first.ended).toBe('SIGKILL')
  expect(await isAlive(pid)).toBe(true) // its database has outlived it

  const blocker = createServer().listen(0, '127.0.0.1')
  await new Promise(done => blocker.once('listening', done))
  const taken = (blocker.address() as { port: number }).port
  const refused = await run(['serve', '--demo'], { ...settings, UNWATCHED_PORT: String(taken) })
  blocker.close()
  expect(refused.code).toBe(78)
  expect(refused.said).toContain('The last run did not stop cleanly. The database has recovered')
  expect(refused.said).toContain(`Port ${taken} is taken by another program`)
  expect(await isAlive(pid)).toBe(false)
  expect(await readdir(join(home, 'cluster'))).not.toContain('postmaster.pid')

  const second = start(['serve', '--demo'], settings)
  const secondAddress = await addressOf(second)
  expect(second.said()).not.toContain('did not stop cleanly')
  expect(second.said()).not.toContain('Loading the demo')
  const postmaster = (await findPostmaster(data)).pid
  process.kill(postmaster, 'SIGKILL')
  await second.says(/database-restarted/)
  const [, link = ''] = /(\/demo-sign-in\/\S+)/.exec(second.said()) ?? []
  let status = 0
  for (let attempt = 0; attempt < 200 && status !== 200; attempt += 1) {
    // A request that met the database as it went may be answered late: it is asked again, as a person would.
    const signal = AbortSignal.timeout(3000)
    status = await fetch(`${secondAddress}${link}`, { signal }).then(
      answer => answer.status,
      () => 0,
    )
    if (status !== 200) await new Promise(done => setTimeout(done, 100))
  }
  expect(status).toBe(200)
  const restarted = await findPostmaster(data)
  expect(restarted.pid).not.toBe(postmaster)
  const now = await countKept(ground)
  for (const [table, count] of Object.entries(kept)) expect(now[table], table).toBeGreaterThanOrEqual(count)

  await stopInOrder(second)
  expect(await isAlive(restarted.pid)).toBe(false)
  expect((await readdir(data)).filter(name => name.startsWith('running'))).toEqual([])

  const logs = await readdir(join(home, 'log'))
  const written = await Promise.all(logs.map(name => readFile(join(home, 'log', name), 'utf8')))
  const all = [first.said(), beside.said, refused.said, second.said(), ...written].join('\n').toLowerCase()
  expect(first.said()).toContain('"event":"request"') // there is a log to look in
  for (const story of [knownPersonStory, strangerStory]) {
    for (const secret of [
      story.client,
      story.suspect,
      story.phone,
      story.postcode,
      story.words.slice(0, 20),
    ]) {
      expect(all).not.toContain(secret.toLowerCase())
    }
  }
  for (const person of demoPeople) expect(all).not.toContain(person.name.toLowerCase())
  for (const words of ['we will see about that', 'meow', 'dentist', 'shed']) expect(all).not.toContain(words)
}, 240_000)

test.concurrent('a clinic is set up and served in a folder that nobody else may enter', async () => {
  const { data, settings } = await makeGround('private')
  const home = join(data, '..')
  await chmod(home, 0o700)
  // As root, an ordinary user is tried wherever one can reach the program itself.
  const user =
    process.getuid?.() === 0 && (await isOpenToAll(join(import.meta.dirname, '../..')))
      ? { uid: 65_534, gid: 65_534 }
      : {}
  if (user.uid) for (const path of [home, data]) await chown(path, user.uid, user.gid)
  homes.add(join(data, 'postgres'))

  const made = await run(setupArgs, settings, user)
  expect(made.said).toContain('is ready')
  expect(made.code).toBe(0)
  expect((await stat(settings['UNWATCHED_KEY'] ?? '')).mode & 0o777).toBe(0o600)
  const serving = start(['serve'], settings, user)
  const address = await addressOf(serving)
  expect(serving.said()).not.toContain('demo')
  const joinPath = /\/join\/\S+/.exec(made.said)?.[0] ?? ''
  expect((await fetch(`${address}${joinPath}`)).status).toBe(200)
  const postmaster = await findPostmaster(data)
  homes.add(postmaster.home)
  await stopInOrder(serving)
  expect(await isAlive(postmaster.pid)).toBe(false)

  await rm(settings['UNWATCHED_KEY'] ?? '')
  const keyless = await run(['serve'], settings, user)
  expect(keyless.code).toBe(78)
  expect(keyless.said).toContain("Put the clinic's key back")
}, 240_000)

test.concurrent('on a server of the operator nothing embedded starts, no demo loads unasked, and a clinic is set up once', async () => {
  const mark = randomBytes(6).toString('hex')
  const server = inject('ownerUrl').replace(/unwatched$/, 'postgres')
  const name = `operator_${mark}`
  await makeOrdinaryRole(server, name)
  await asOwner(server, client => client.query(`create database ${name} owner ${name}`))
  const url = new URL(server)
  url.username = name
  url.password = 'test'
  url.pathname = name
  const { data, settings } = await makeGround('operator', { DATABASE_URL: url.toString() })
  await writeNewClinicKey(settings['UNWATCHED_KEY'] ?? '')

  const empty = await run(['serve'], settings)
  expect(empty.said).toContain('There is no clinic here yet')
  expect(empty.code).toBe(78)
  const clinics = await asOwner(url.toString(), client => client.query('select 1 from unwatched.clinic'))
  expect(clinics.rowCount).toBe(0)

  const made = await run(setupArgs, settings)
  expect(new Set(made.said.match(/\/join\/\S+/g)).size).toBe(2)
  expect(made.code).toBe(0)
  const again = await run(setupArgs, settings)
  expect(again.code).not.toBe(0)
  expect(again.said).toContain('There is a clinic “west-kent” here already. Nothing was changed.')
  expect(again.said).not.toContain('/join/')

  const serving = start(['serve'], settings)
  await addressOf(serving)
  const otherKey = { ...settings, UNWATCHED_KEY: join(folder, 'operator', 'other', 'clinic.key') }
  await writeNewClinicKey(otherKey.UNWATCHED_KEY)
  const wrong = await run(['serve'], otherKey)
  expect(wrong.code).toBe(78)
  expect(wrong.said).toContain('is not the one this clinic was made with')
  await stopInOrder(serving)
  expect(await readdir(data)).not.toContain('postgres')
}, 240_000)

async function isOpenToAll(path: string): Promise<boolean> {
  for (let at = path; ; at = join(at, '..')) {
    if (((await stat(at)).mode & 0o001) === 0) return false
    if (at === '/' || at === join(at, '..')) return true
  }
}
