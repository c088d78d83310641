import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import { caseParts } from '../src/foundation/case-part.ts'
import { type CaseId, makeId } from '../src/foundation/ids.ts'
import { sealName } from '../src/platform/seal-name.ts'
import { type BenchClinic, openBenchClinic } from './support/bench-clinic.ts'
import { median, sayTime } from './support/measure.ts'

const few = 100
const many = 50_000
const people = 20
const looksEach = 10
const rounds = 7
const pages = [
  ['caseload', '/cases'],
  ['triage', '/triage'],
  ['reviews', '/reviews'],
] as const

type Round = { readonly p95: number; readonly node: number; readonly postgres: number }
type Figure = {
  readonly ratio: number
  readonly p95: number
  readonly node: number
  readonly postgres: number
}

/**
 * Caseload, triage and reviews with 100 cases, waiting referrals and reviews due, and with 50 000 of each, against the bare
 * page of the same server: twenty coordinators ask at once, from a process of their own, in pairs.
 */
export default async function run(): Promise<{ name: string; rows: string[] }[]> {
  const bench = await openBenchClinic()
  try {
    const visitors = await Promise.all(Array.from({ length: people }, () => bench.signIn('coordinator')))
    const cookies = visitors.map(visitor => visitor.cookie)
    await fill(bench, few)
    const small = await measurePages(bench, cookies)
    await fill(bench, many - few)
    const large = await measurePages(bench, cookies)
    const rows = pages.map(([name], index) => {
      const [one, other] = [small[index], large[index]]
      if (!one || !other) return name
      return `${name.padEnd(10)} ${sayFigure(one)} | ${sayFigure(other)} | growth ${(other.ratio / one.ratio).toFixed(2)}`
    })
    return [
      {
        name: `Lists of ${few} | of ${many}: p95 in bare pages, its time, processor time of node + PostgreSQL a page`,
        rows,
      },
    ]
  } finally {
    await bench.close()
  }
}

const sayFigure = ({ ratio, p95, node, postgres }: Figure): string =>
  `${ratio.toFixed(1)} × bare, ${sayTime(p95)}, ${node.toFixed(1)} + ${postgres.toFixed(1)} ms`

async function measurePages(bench: BenchClinic, cookies: readonly string[]): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const [, path] of pages) {
    // What a page keeps for the next is there, and plans are made.
    await ask(bench, path, cookies)
    const pairs: { readonly bare: Round; readonly page: Round }[] = []
    for (let round = 0; round < rounds; round += 1) {
      const bare = await ask(
        bench,
        '/sign-in',
        cookies.map(() => ''),
      )
      pairs.push({ bare, page: await ask(bench, path, cookies) })
    }
    figures.push({
      ratio: median(pairs.map(({ bare, page }) => page.p95 / bare.p95)),
      p95: median(pairs.map(({ page }) => page.p95)),
      node: median(pairs.map(({ page }) => page.node)),
      postgres: median(pairs.map(({ page }) => page.postgres)),
    })
  }
  return figures
}

async function ask(bench: BenchClinic, path: string, cookies: readonly string[]): Promise<Round> {
  const program = fileURLToPath(new URL('./support/ask-pages.mjs', import.meta.url))
  const order = { url: `${bench.address}${path}`, cookies, looksEach }
  const before = { node: process.cpuUsage(), postgres: postgresTime(bench.folder) }
  const { stdout } = await promisify(execFile)(process.execPath, [program], {
    env: { ...process.env, ORDER: JSON.stringify(order) },
  })
  const used = process.cpuUsage(before.node)
  const times: number[] = JSON.parse(stdout)
  times.sort((one, other) => one - other)
  return {
    p95: times[Math.floor(times.length * 0.95)] ?? 0,
    node: (used.user + used.system) / 1000 / times.length,
    postgres: (postgresTime(bench.folder) - before.postgres) / times.length,
  }
}

/** Processor time of the clinic's database with all its processes, in milliseconds; 0 where the system does not say. */
// proc(5): fields 14 to 17 of stat, in hundredths of a second; those after the name in brackets are counted here
function postgresTime(folder: string): number {
  const postmaster = readdirSync(`${folder}/data`, { recursive: true, encoding: 'utf8' }).find(path =>
    path.endsWith('postmaster.pid'),
  )
  if (!postmaster) return 0
  const pid = readFileSync(`${folder}/data/${postmaster}`, 'utf8').split('\n')[0]
  const stats = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => {
      try {
        const fields = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
        return name === pid || fields[1] === pid ? [fields] : []
      } catch {
        return []
      }
    })
  return stats.reduce((sum, fields) => sum + (Number(fields[11]) + Number(fields[12])) * 10, 0)
}

/** Adds so many cases that two agencies share, with a review that is due, and as many referrals that wait. */
async function fill({ clinic, ownerUrl, personOf }: BenchClinic, more: number): Promise<void> {
  const { clinicId, key } = clinic
  const now = clinic.clock.now()
  const by = personOf('coordinator')
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    for (let done = 0; done < 2 * more; done += 5000) {
      const ids = Array.from({ length: Math.min(5000, 2 * more - done) }, () => makeId<CaseId>(now))
      const names = ids.map((caseId, index) =>
        sealName(key, { clinicId, caseId, field: 'client-name' }, `Client ${done + index}`),
      )
      await owner.query(
        `insert into unwatched.referral (clinic_id, case_id, reference, form_token, received_by, received_at, referred_by, state,
           client_name, answers, decision, urgency)
         select $1, id, id::text, gen_random_uuid(), 'phone', $4::timestamptz - n * interval '1 minute', 'client',
           case when n % 2 = 0 then 'opened' else 'waiting' end, name, '{"dangerNow":"no"}', '{"outcome":"ours"}',
           (array['today', 'two-days', 'seven-days', 'routine'])[1 + n % 4]
         from unnest($2::uuid[], $3::text[]) with ordinality u (id, name, n)`,
        [clinicId, ids, names, now],
      )
      const opened = ids.filter((_, index) => index % 2 === 1)
      await owner.query(
        `insert into unwatched.case_file (clinic_id, case_id, reference, client_name, stalker_type, urgency, opened_at, opened_by)
         select clinic_id, case_id, reference, client_name, 'both', urgency, received_at, $2 from unwatched.referral
         where case_id = any ($1)`,
        [opened, by],
      )
      await owner.query(
        `insert into unwatched.plan_revision (clinic_id, case_id, revision, at, by_person, change, state, next_review_on, sealed)
         select $2, id, 1, $3::timestamptz, $4, 'plan-made', 'open', $3::timestamptz::date - (random() * 30)::int, '' from unnest($1::uuid[]) id`,
        [opened, clinicId, now, by],
      )
      await owner.query(
        `insert into unwatched.consent (clinic_id, case_id, consent_id, agency_id, parts, basis, how, recorded_at, recorded_by,
           in_force_from)
         select a.clinic_id, id, gen_random_uuid(), a.agency_id, $2, 'consent', 'said', $3, $4, $3
         from unnest($1::uuid[]) id, unwatched.agency a
         where a.clinic_id = $5 and (a.is_lead or a.kind = 'stalking-charity')`,
        [opened, [...caseParts], now, by, clinicId],
      )
    }
    await owner.query('vacuum analyze')
  } finally {
    await owner.end()
  }
}
