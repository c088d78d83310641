import { randomBytes, randomUUID } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mostInTriage } from '../../src/cases/flood.ts'
import { findSignInSubjects } from '../../src/identity/guess-subject.ts'
import { deriveSecret } from '../../src/platform/keys.ts'
import { countHeld } from '../support/count-held.ts'
import { joinPassword } from '../support/joining.ts'
import { isAlive, type RunningProgram, startProgram } from '../support/running-program.ts'
import {
  askAnew,
  listPageProcesses,
  makeProcessGround,
  type ProcessGround,
} from '../support/served-processes.ts'
import { asOwner } from '../support/test-clinic.ts'

let folder: string
let ground: ProcessGround
let program: RunningProgram
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unwatched-processes-'))
  await chmod(folder, 0o755)
  ground = await makeProcessGround(folder)
  program = await start()
})
afterAll(async () => {
  program.process.kill('SIGKILL')
  await ground.close()
  await rm(folder, { recursive: true, force: true })
})

async function start(): Promise<RunningProgram> {
  const started = startProgram(['serve'], ground.settings)
  await started.says(/To stop: press Ctrl-C here/)
  return started
}

const pidOf = (running: RunningProgram): number => running.process.pid ?? 0

type Line = {
  readonly event?: string
  readonly process?: number
  readonly route?: string
  readonly method?: string
}
/** What the log says since `from`, a length of all that was said. */
const logged = (from = 0): readonly Line[] =>
  program
    .said()
    .slice(from)
    .split('\n')
    .flatMap(line => (line.startsWith('{') && line.endsWith('}') ? [JSON.parse(line) as Line] : []))
const answering = (route: string, method: string, from = 0): readonly number[] =>
  [
    ...new Set(
      logged(from)
        .filter(line => line.event === 'request' && line.route === route && line.method === method)
        .map(line => line.process ?? 0),
    ),
  ].toSorted()

/** A form as a browser has it: the cookie of the visit and the token in it. */
async function openForm(
  path: string,
  cookie = '',
): Promise<{ readonly cookie: string; readonly _csrf: string }> {
  const page = await askAnew(`${ground.address}${path}`, { cookie })
  const _csrf = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1]
  if (_csrf === undefined) throw new Error(`${path} answered ${page.status}`)
  return { cookie: [cookie, page.cookie].filter(Boolean).join('; '), _csrf }
}

/** Saves a call as a call handler does, on a connection of its own; the reference that was acknowledged, or null. */
async function saveCall(form: Awaited<ReturnType<typeof openForm>>, number: number): Promise<string | null> {
  const fields = {
    _csrf: form._csrf,
    _once: randomBytes(16).toString('base64url'),
    words: `Call number ${number}: somebody knows where I park.`,
    dangerNow: 'no',
    filledBy: 'client',
    adult: 'yes',
    postcode: 'TN9 1AA',
    cyberstalked: 'maybe',
    suspectName: `Quentin Made-Up ${number}`,
    relation: 'former-partner',
    clientName: `Opal Made-Up ${number}`,
    phone: '07700 900321',
    phoneSafe: 'yes',
    codeWords: 'blue kettle',
  }
  const saved = await askAnew(`${ground.address}/calls/new`, { cookie: form.cookie, fields }).catch(
    () => null,
  )
  return /\/calls\/saved\/([^?]+)/.exec(saved?.location ?? '')?.[1] ?? null
}

const listKept = (): Promise<readonly string[]> =>
  asOwner(ground.ownerUrl, async client => {
    const found = await client.query<{ reference: string }>('select reference from unwatched.referral')
    return found.rows.map(row => row.reference)
  })

test('pages are answered by two processes on one port, and the figures are those of both', async () => {
  expect(await listPageProcesses(pidOf(program))).toHaveLength(2)
  for (let each = 0; each < 10; each += 1)
    expect((await askAnew(`${ground.address}/sign-in`)).status).toBe(200)
  await expect.poll(() => answering('/sign-in', 'GET')).toEqual([1, 2])
  const figures = await (await fetch(ground.metrics)).text()
  expect(figures).toContain('unwatched_requests_total{method="GET",route="/sign-in",status="200"} 10')
  const memory = Number(/^unwatched_memory_bytes (\d+)$/m.exec(figures)?.[1])
  // three processes of Node: one holds no less than 40 MiB
  expect(memory).toBeGreaterThan(3 * 40 * 1024 * 1024)
  expect((await askAnew(`${ground.address}/ready`)).status).toBe(200)

  const beside = startProgram(['serve'], { ...ground.settings, UNWATCHED_METRICS_PORT: '' })
  expect(await beside.ended).toBe(78)
  expect(beside.said()).toContain(`Port ${new URL(ground.address).port} is taken by another program`)
}, 60_000)

const guessKey = (): Buffer => deriveSecret(ground.clinic.key, 'wrong-guesses')
const signInTry = (form: Awaited<ReturnType<typeof openForm>>, name: string) => () =>
  askAnew(`${ground.address}/sign-in`, {
    cookie: form.cookie,
    fields: { _csrf: form._csrf, name, password: joinPassword, code: '000000' },
  })

test('somebody who has a password and many wrong codes gets one more at both processes together, then waits five minutes', async () => {
  const form = await openForm('/sign-in')
  const from = program.said().length
  const { codes, pair } = findSignInSubjects(guessKey(), 'hal.test', { address: '127.0.0.1', device: null })
  // Thirteen codes, of which the wait of four minutes is over: the next wait is longer than this test may take. And a wait
  // at this address, in which tries are judged and nothing else is counted.
  const before = 13
  const plant = (subject: string | undefined, many: number, at: string): Promise<unknown> =>
    asOwner(ground.ownerUrl, client =>
      client.query(
        `insert into unwatched.wrong_guess (clinic_id, subject, at)
         select $1, $2, now() - $4::interval from generate_series(1, $3)`,
        [ground.clinic.clinicId, subject, many, at],
      ),
    )
  await plant(codes, before, '1 hour')
  await plant(pair, 12, '0')
  const many = 10
  const answers = await asOwner(ground.ownerUrl, async client => {
    await client.query('begin')
    // All of them come to where a wrong code is counted before the first of them is.
    await client.query('lock table unwatched.wrong_guess in share mode')
    const guesses = Promise.all(Array.from({ length: many }, signInTry(form, 'hal.test')))
    await expect.poll(() => countHeld(client), { timeout: 20_000 }).toBe(many)
    await client.query('rollback')
    return guesses
  })
  expect(new Set(answers.map(answer => answer.status))).toEqual(new Set([429]))
  await expect.poll(() => answering('/sign-in', 'POST', from)).toEqual([1, 2])
  const counted = await asOwner(ground.ownerUrl, client =>
    client.query('select 1 from unwatched.wrong_guess where subject = $1', [codes]),
  )
  expect(counted.rowCount).toBe(before + 1)
}, 60_000)

test('S13 tries at one name that go from process to process have the turns of one program, and the rest are told at once', async () => {
  const form = await openForm('/sign-in')
  const from = program.said().length
  const name = 'nobody.here'
  const { name: subject } = findSignInSubjects(guessKey(), name, { address: '127.0.0.1', device: null })
  const statuses: number[] = []
  const many = 100
  await asOwner(ground.ownerUrl, async client => {
    await client.query('begin')
    // Whoever counts a try at this name waits for us from here on, so nothing depends on how quick anybody is.
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `${ground.clinic.clinicId}${subject}`,
    ])
    const guess = signInTry(form, name)
    const tries = Array.from({ length: many }, () => guess().then(({ status }) => statuses.push(status)))
    // Of one address four are counted and forty wait, in however many processes.
    await expect.poll(() => statuses.length, { timeout: 20_000 }).toBe(many - 44)
    expect(await countHeld(client)).toBe(4)
    expect(new Set(statuses)).toEqual(new Set([429]))
    await client.query('rollback')
    await Promise.all(tries)
  })
  await expect.poll(() => answering('/sign-in', 'POST', from)).toEqual([1, 2])
  expect(statuses).toHaveLength(many)
}, 60_000)

test('S13 public forms that go from process to process are one flood: ten go to triage in an hour, the rest to the pile', async () => {
  const form = await openForm('/refer/form')
  const from = program.said().length
  const fields = { _csrf: form._csrf, words: 'He reads my messages.', adult: 'yes', postcode: 'TN9 1AA' }
  const send = (): Promise<{ readonly status: number }> =>
    askAnew(`${ground.address}/refer/form`, {
      cookie: form.cookie,
      fields: { ...fields, cyberstalked: 'yes', _once: randomUUID() },
    })
  const answers = await Promise.all(Array.from({ length: 24 }, send))
  expect(new Set(answers.map(answer => answer.status))).toEqual(new Set([303]))
  await expect.poll(() => answering('/refer/form', 'POST', from)).toEqual([1, 2])
  // By the clock's hours: a run that goes over the end of one has two of them.
  const kept = await asOwner(ground.ownerUrl, client =>
    client.query<{ sent: number; looked_at: number }>(
      `select count(*)::int as sent, (count(*) filter (where p.case_id is null))::int as looked_at
       from unwatched.referral r left join unwatched.public_form p on p.case_id = r.case_id and p.set_aside
       where r.received_by = 'public-form' group by date_trunc('hour', r.received_at)`,
    ),
  )
  expect(kept.rows.reduce((sum, hour) => sum + hour.sent, 0)).toBe(24)
  for (const hour of kept.rows) expect(hour.looked_at).toBe(Math.min(mostInTriage.source, hour.sent))
}, 60_000)

test('S13 one address holds at both processes together what it might hold at one, and everybody else is served by both', async () => {
  const port = Number(new URL(ground.address).port)
  const sockets: Socket[] = []
  const open = new Set<Socket>()
  const dial = (): void => {
    const socket = connect({ host: '127.0.0.1', port })
    sockets.push(socket)
    open.add(socket)
    socket.on('error', () => {})
    socket.once('close', () => open.delete(socket))
    socket.on('data', () => {})
    socket.write('GET /sign-in HTTP/1.1\r\nHost: a\r\nX-Slow: ')
  }
  // The processes take connections in turn: looks that come one after the other reach both.
  const look = async (localAddress: string): Promise<readonly number[]> => {
    const statuses: number[] = []
    for (let each = 0; each < 6; each += 1)
      statuses.push((await askAnew(`${ground.address}/sign-in`, { localAddress })).status)
    return [...new Set(statuses)]
  }
  try {
    for (let each = 0; each < 240; each += 1) dial()
    const full = async (): Promise<readonly number[]> => {
      for (let each = 0; each < 20; each += 1) dial()
      return look('127.0.0.1')
    }
    await expect.poll(full, { timeout: 20_000 }).toEqual([503])
    await expect.poll(() => open.size, { timeout: 8_000 }).toBeLessThanOrEqual(200)
    const from = program.said().length
    expect(await look('127.0.0.2')).toEqual([200])
    await expect.poll(() => answering('/sign-in', 'GET', from)).toEqual([1, 2])
  } finally {
    for (const socket of sockets) socket.destroy()
  }
  // What it let go of is free again, once both have heard of it.
  await expect.poll(() => look('127.0.0.1'), { timeout: 20_000 }).toEqual([200])
}, 60_000)

test('S13 any process may be killed: what was acknowledged is kept, the rest goes on, and the program’s own end ends all', async () => {
  const form = await openForm('/calls/new', ground.session)
  const acknowledged: string[] = []
  let isOver = false
  const saving = Array.from({ length: 4 }, async (_, hand) => {
    for (let each = 0; !isOver; each += 1) {
      const reference = await saveCall(form, hand * 1000 + each)
      if (reference === null) await new Promise(done => setTimeout(done, 20))
      else acknowledged.push(reference)
    }
  })
  const until = (many: number) =>
    expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(many)
  await until(10)
  for (const victim of await listPageProcesses(pidOf(program))) {
    const before = acknowledged.length
    process.kill(victim, 'SIGKILL')
    await until(before + 10)
    await expect
      .poll(async () => (await listPageProcesses(pidOf(program))).filter(pid => pid !== victim).length, {
        timeout: 20_000,
      })
      .toBe(2)
  }
  const ends = logged().filter(line => line.event === 'page-process-ended')
  expect(ends.map(line => line.process).toSorted()).toEqual([1, 2])
  await expect.poll(() => answering('/calls/new', 'POST'), { timeout: 20_000 }).toEqual([1, 2])

  const left = await listPageProcesses(pidOf(program))
  program.process.kill('SIGKILL')
  await program.ended
  isOver = true
  await Promise.all(saving)
  for (const pid of left) await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false)
  const kept = await listKept()
  expect(acknowledged.filter(reference => !kept.includes(reference))).toEqual([])
  expect(new Set(kept).size).toBe(kept.length)

  program = await start()
  expect((await askAnew(`${ground.address}/calls/new`, { cookie: ground.session })).status).toBe(200)
  const working = await listPageProcesses(pidOf(program))
  program.process.kill('SIGTERM')
  expect(await program.ended).toBe(0)
  expect(await Promise.all(working.map(isAlive))).toEqual([false, false])
}, 120_000)
