import { readFileSync } from 'node:fs'
import pg from 'pg'
import { makeNameSieve } from '../src/cases/conflict.ts'
import { loadNamesToCompare } from '../src/cases/name-store.ts'
import { findNameCandidates } from '../src/cases/operations/find-name-candidates.ts'
import { keepNames } from '../src/cases/operations/keep-names.ts'
import { type CaseId, makeId } from '../src/foundation/ids.ts'
import { phraseWords } from '../src/identity/phrase-words.ts'
import type { Transaction } from '../src/platform/database.ts'
import { sealEvenNothing } from '../src/platform/seal-name.ts'
import { type BenchClinic, openBenchClinic } from './support/bench-clinic.ts'
import { median } from './support/measure.ts'

/** Of how many files the names are compared. */
const sizes = (process.env['BENCH_FILES'] ?? '100,50000').split(',').map(Number)
const rounds = 5
const repeats = 20

type Pair = readonly [client: string, suspect: string]

/**
 * The check for conflicts by itself: the names of one referral against those of every other file of the clinic, as the blocks of
 * names answer it and as a comparison with each name does. CPU of this process and of the database's, in milliseconds.
 */
export default async function run(): Promise<{ name: string; rows: string[] }[]> {
  const bench = await openBenchClinic()
  try {
    const tables: { name: string; rows: string[] }[] = []
    let there = 0
    for (const size of sizes) {
      tables.push(await fill(bench, size - there, size))
      there = size
      tables.push(await measureChecks(bench, size))
    }
    return tables
  } finally {
    await bench.close()
  }
}

let state = 1
function random(): number {
  state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff
  return state / 0x7fff_ffff
}

/** Of so many, the first about once in forty times where there are 400 of them, the others rarer and rarer. */
// Mandelbrot's form of Zipf's law
const pickOf = (many: number): number => Math.floor(10 * ((many + 10) / 10) ** random() - 10)

/** A few hundred first names, and surnames that become rarer and rarer. */
const firstName = (): string => phraseWords[pickOf(400)] ?? 'mary'
function surname(): string {
  const number = pickOf(40_000)
  return `${phraseWords[1000 + (number % 200)]}${number < 200 ? '' : phraseWords[2000 + Math.floor(number / 200)]}`
}
const fullName = (): string => `${firstName()} ${surname()}`

const asked: Readonly<Record<string, Pair>> = {
  'rare names': ['Zebulonia Quillfeather', 'Xanthos Vandermeersch'],
  'names as they come': [
    `${phraseWords[40]} ${phraseWords[1050]}`,
    `${phraseWords[90]} ${phraseWords[1090]}`,
  ],
  'the commonest names': [`${phraseWords[0]} ${phraseWords[1000]}`, `${phraseWords[1]} ${phraseWords[1001]}`],
}

async function cpuNow({ clinic }: BenchClinic): Promise<readonly [node: number, postgres: number]> {
  const found = await clinic.database.pool.query<{ pid: number }>(
    'select pid from pg_stat_activity where usename = current_user',
  )
  const ticks = found.rows.map(({ pid }) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return Number(fields[11]) + Number(fields[12])
  })
  const { user, system } = process.cpuUsage()
  // Linux counts in hundredths of a second.
  return [(user + system) / 1000, ticks.reduce((sum, each) => sum + each, 0) * 10]
}

/** Adds files past the program, and has their names kept. */
async function fill(
  bench: BenchClinic,
  more: number,
  size: number,
): Promise<{ name: string; rows: string[] }> {
  const { clinicId, key, clock } = bench.clinic
  const owner = new pg.Client({ connectionString: bench.ownerUrl })
  await owner.connect()
  try {
    for (let done = 0; done < more; done += 5000) {
      const ids = Array.from({ length: Math.min(5000, more - done) }, () => makeId<CaseId>(clock.now()))
      const sealed = (field: string) =>
        ids.map(caseId => sealEvenNothing(key, { clinicId, caseId, field }, fullName()))
      await owner.query(
        `insert into unwatched.referral (clinic_id, case_id, reference, form_token, received_by, received_at, referred_by, state,
           client_name, suspect_name, answers, decision)
         select $1, id, id::text, id::text, 'phone', now(), 'client', 'waiting', c, s, '{}', '{}'
         from unnest($2::uuid[], $3::text[], $4::text[]) u (id, c, s)`,
        [clinicId, ids, sealed('client-name'), sealed('suspect-name')],
      )
    }
    await owner.query('vacuum analyze')
    const begun = performance.now()
    const [node, postgres] = await cpuNow(bench)
    await keepNames(bench.clinic, true)
    const after = await cpuNow(bench)
    const { rows } = await owner.query<{ generations: number; blocks: number }>(
      'select count(distinct generation)::integer as generations, count(*)::integer as blocks from unwatched.name_block',
    )
    const [{ generations, blocks } = { generations: 0, blocks: 0 }] = rows
    return {
      name: `The names of ${size} files, written again`,
      rows: [
        `${(after[0] - node).toFixed(0)} + ${(after[1] - postgres).toFixed(0)} ms of processor time, ${(performance.now() - begun).toFixed(0)} ms; ` +
          `${generations} generations, ${blocks} blocks, ${((blocks * 4000) / (2 * size)).toFixed(0)} bytes a name`,
      ],
    }
  } finally {
    await owner.end()
  }
}

async function measureChecks(bench: BenchClinic, size: number): Promise<{ name: string; rows: string[] }> {
  const { clinic } = bench
  const actor = {
    kind: 'person',
    clinicId: clinic.clinicId,
    personId: bench.personOf('coordinator'),
  } as const
  const { rows: found } = await bench.clinic.database.transaction(actor, transaction =>
    transaction
      .tables<{ referral: { case_id: CaseId; state: string } }>()
      .selectFrom('referral')
      .select('case_id')
      .where('state', '=', 'waiting')
      .limit(1)
      .execute()
      .then(rows => ({ rows })),
  )
  const caseId = found[0]?.case_id
  if (!caseId) throw new Error('no referral waits')
  const times = async (
    count: number,
    work: (transaction: Transaction) => Promise<{ readonly length: number }>,
  ): Promise<readonly [node: number, postgres: number, found: number]> => {
    const before = await cpuNow(bench)
    let length = 0
    for (let turn = 0; turn < count; turn += 1)
      length = (await clinic.database.transaction(actor, work)).length
    const after = await cpuNow(bench)
    return [(after[0] - before[0]) / count, (after[1] - before[1]) / count, length]
  }
  const rows: string[] = []
  for (const [name, names] of Object.entries(asked)) {
    const kept: (readonly [number, number, number])[] = []
    const every: (readonly [number, number, number])[] = []
    for (let round = 0; round < rounds; round += 1) {
      kept.push(await times(repeats, transaction => findNameCandidates(transaction, caseId, names)))
      every.push(
        await times(size > 1000 ? 1 : repeats, transaction => compareEvery(transaction, caseId, names)),
      )
    }
    const say = (all: readonly (readonly [number, number, number])[]): string =>
      `${median(all.map(each => each[0])).toFixed(1)} + ${median(all.map(each => each[1])).toFixed(1)}`
    rows.push(
      `${name.padEnd(22)} ${say(kept)} ms, ${kept[0]?.[2]} found with staff; compared with every name ${say(every)} ms`,
    )
  }
  return { name: `One check against ${size} files: processor time of node + PostgreSQL`, rows }
}

/** The same by opening every name. */
async function compareEvery(
  transaction: Transaction,
  caseId: CaseId,
  names: readonly string[],
): Promise<readonly string[]> {
  const isNear = makeNameSieve(names)
  const near: string[] = []
  let after: CaseId | null = null
  for (;;) {
    const files: Awaited<ReturnType<typeof loadNamesToCompare>> = await loadNamesToCompare(
      transaction,
      caseId,
      after,
      1000,
    )
    near.push(...files.flatMap(({ client, suspect }) => [client, suspect]).filter(isNear))
    const last = files.at(-1)
    if (!last) return near
    after = last.caseId
  }
}
