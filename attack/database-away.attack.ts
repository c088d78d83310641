import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { makeClinic, readProfile } from '../src/app/make-clinic.ts'
import { startServing } from '../src/app/server.ts'
import type { Clinic } from '../src/platform/clinic.ts'
import { realClock } from '../src/platform/clock.ts'
import { openDatabase } from '../src/platform/database.ts'
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts'
import { makeClinicKey } from '../src/platform/keys.ts'
import { silentLog } from '../src/platform/log.ts'
import { migrate } from '../src/platform/migrate.ts'
import { prepareProgramRole } from '../src/platform/program-role.ts'

const people = 8
const seconds = 30
const outages = 4
/** Nobody waits longer than this for an answer, in milliseconds. */
const longestWait = 30_000

export const name = 'database-away'

/**
 * Eight people send forms for half a minute while PostgreSQL is killed, stopped and held still under them. Each form
 * carries a word of its own. What was acknowledged must be there once; what was not must have been given back, and is
 * sent again from the page that came, with the same once value, until it is taken.
 */
export async function run(): Promise<{ readonly measured: string; readonly holds: boolean }> {
  const folder = await mkdtemp(join(tmpdir(), 'unwatched-attack-'))
  const server = await startEmbeddedPostgres(join(folder, 'postgres'))
  try {
    await migrate(server.ownerUrl)
    const programUrl = await prepareProgramRole(server.ownerUrl, randomBytes(16).toString('hex'))
    const key = makeClinicKey()
    const ground = {
      ownerUrl: server.ownerUrl,
      programUrl,
      recovered: false,
      announce: async () => {},
      stop: async () => {},
    }
    const file = new URL('../profiles/west-kent.json', import.meta.url)
    const profile = readProfile(await readFile(file, 'utf8'), 'profiles/west-kent.json')
    const { clinicId } = await makeClinic(ground, key, profile, false)
    const database = openDatabase(programUrl, { now: realClock.now, key, connections: 20 })
    const clinic: Clinic = {
      clinicId,
      database,
      key,
      clock: realClock,
      log: silentLog,
      blobFolder: join(folder, 'blobs'),
      spoolFolder: folder,
      indicatorFolder: null,
      isDemo: false,
      mail: null,
      site: { behindTls: false, onLoopback: true, leaveTo: profile.neutralExit },
    }
    // Every person stands behind an address of their own, as behind a proxy.
    const serving = await startServing(
      clinic,
      { host: '127.0.0.1', port: 0, behindTls: false, trustProxy: true },
      { withJobs: false },
    )
    try {
      return await attack(serving.address, server, clinicId)
    } finally {
      await serving.stop()
      await database.close()
    }
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function attack(
  address: string,
  server: { readonly ownerUrl: string; readonly processId: () => number | undefined },
  clinicId: string,
): Promise<{ readonly measured: string; readonly holds: boolean }> {
  const end = Date.now() + seconds * 1000
  const acknowledged: string[] = []
  let sendings = 0
  let givenBack = 0
  let lost = 0
  let longest = 0
  const onePerson = async (person: number): Promise<void> => {
    for (let form = 0; Date.now() < end; form += 1) {
      const from = `10.${person}.${Math.floor(form / 200)}.${form % 200}`
      const visitor = await openForm(address, from)
      if (!visitor) continue
      const once = randomBytes(16).toString('base64url')
      const word = `q${randomBytes(8).toString('hex')}`
      for (let tries = 0; tries < 120; tries += 1) {
        const began = Date.now()
        const answer = await send(address, from, visitor, { once, word }).catch(() => null)
        longest = Math.max(longest, Date.now() - began)
        sendings += 1
        if (answer?.status === 303) {
          acknowledged.push(once)
          break
        }
        if (answer?.status === 503 && answer.text.includes(word) && answer.text.includes(once)) givenBack += 1
        else lost += 1
        await pause(500)
      }
    }
  }
  const disturb = async (): Promise<void> => {
    for (let outage = 0; outage < outages; outage += 1) {
      await pause((seconds * 1000) / (outages + 1))
      const pid = server.processId()
      if (pid === undefined) continue
      const signal = (['SIGKILL', 'SIGINT', 'SIGSTOP', 'SIGKILL'] as const)[outage % 4] ?? 'SIGKILL'
      process.kill(pid, signal)
      if (signal === 'SIGSTOP') {
        await pause(2000)
        process.kill(pid, 'SIGCONT')
      }
    }
  }
  await Promise.all([disturb(), ...Array.from({ length: people }, (_, person) => onePerson(person))])
  const kept = await countKept(server.ownerUrl, clinicId)
  const missing = acknowledged.filter(once => kept.tokens.get(once) !== 1).length
  return {
    measured: `${sendings} sendings through ${outages} outages: ${acknowledged.length} acknowledged, ${missing} of them missing or doubled (${kept.referrals} records); ${givenBack} given back filled in, ${lost} not; longest wait ${(longest / 1000).toFixed(1)} s`,
    holds:
      acknowledged.length > 0 &&
      givenBack > 0 &&
      missing === 0 &&
      lost === 0 &&
      kept.referrals === acknowledged.length &&
      longest < longestWait,
  }
}

type Visitor = { readonly cookie: string; readonly csrf: string }

async function openForm(address: string, from: string): Promise<Visitor | null> {
  const answer = await fetch(`${address}sign-in`, { headers: { 'x-forwarded-for': from } }).catch(() => null)
  const csrf = /name="_csrf" value="([^"]+)"/.exec((await answer?.text()) ?? '')?.[1]
  const cookie = answer?.headers.getSetCookie()[0]?.split(';')[0]
  return csrf && cookie ? { cookie, csrf } : null
}

async function send(
  address: string,
  from: string,
  { cookie, csrf }: Visitor,
  { once, word }: { readonly once: string; readonly word: string },
): Promise<{ readonly status: number; readonly text: string }> {
  const answer = await fetch(`${address}refer/form`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, 'x-forwarded-for': from },
    body: new URLSearchParams({
      _csrf: csrf,
      _once: once,
      words: `Somebody writes ${word}`,
      adult: 'yes',
      postcode: 'TN9 1AA',
      cyberstalked: 'yes',
    }),
    signal: AbortSignal.timeout(longestWait),
  })
  return { status: answer.status, text: await answer.text() }
}

async function countKept(
  ownerUrl: string,
  clinicId: string,
): Promise<{ readonly referrals: number; readonly tokens: ReadonlyMap<string, number> }> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const referrals = await client.query<{ n: number }>(
      'select count(*)::int as n from unwatched.referral where clinic_id = $1',
      [clinicId],
    )
    const tokens = await client.query<{ token: string }>('select token from unwatched.form_once')
    const counts = new Map<string, number>()
    for (const { token } of tokens.rows) {
      const once = token.slice(token.indexOf(':') + 1)
      counts.set(once, (counts.get(once) ?? 0) + 1)
    }
    return { referrals: referrals.rows[0]?.n ?? 0, tokens: counts }
  } finally {
    await client.end()
  }
}

const pause = (milliseconds: number): Promise<void> => new Promise(done => setTimeout(done, milliseconds))
