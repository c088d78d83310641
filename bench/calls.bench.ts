import { randomBytes } from 'node:crypto'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { quantile } from '../attack/support/figures.ts'
import { type BenchProgram, openBenchProgram } from './support/bench-program.ts'
import { type Load, type LoadPlan, startLoad } from './support/load.ts'
import { sendFile } from './support/measure.ts'
import { figuresOf } from './support/pairs.ts'

const people = 20
/** Saves of each measurement. */
const saves = 40
const mebibyte = 1024 * 1024
const fileSize = 1024 * mebibyte
/** For how long somebody reads a page before they open the next, in milliseconds. */
const reading = 2_000
/** Between one saved call and the next, in milliseconds. */
const breath = 100

/**
 * How long a call handler waits until a call is saved: alone; while twenty people read cases; while a file of 1 GiB is brought in
 * besides; and while the twenty look without a pause. With one process for the pages and with two, in turns.
 */
export default async function run(): Promise<{ name: string; rows: string[] }[]> {
  const load = await startLoad()
  const folder = await mkdtemp(join(tmpdir(), 'unwatched-calls-'))
  const opened: BenchProgram[] = []
  try {
    const path = join(folder, 'original.bin')
    await writeRandom(path)
    const served: Served[] = []
    for (const processes of [1, 2]) {
      const bench = await openBenchProgram({ UNWATCHED_PROCESSES: String(processes) })
      opened.push(bench)
      served.push(await prepare(bench, load, path))
    }
    const rows: string[] = []
    for (const beside of stages) {
      const said: string[] = []
      for (const one of served) said.push(await measureSaves(one, load, beside))
      rows.push(`${beside.name.padEnd(44)} ${said.join(' | ')}`)
    }
    const name = `A call is saved, ${saves} times, with one process | with two: p50, p95, longest; processor time of the program + PostgreSQL for a save and all beside it`
    return [{ name, rows }]
  } finally {
    for (const bench of opened) await bench.close()
    await load.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** What goes on beside the saves. `rest` is for how long people read before they look again; null is that nobody reads. */
const stages = [
  { name: 'alone', rest: null, brings: false },
  { name: `${people} people read`, rest: reading, brings: false },
  { name: `${people} people read, 1 GiB is brought`, rest: reading, brings: true },
  { name: `${people} look without a pause, 1 GiB is brought`, rest: 0, brings: true },
] as const

type Served = {
  readonly bench: BenchProgram
  readonly saving: LoadPlan & { readonly looksEach: number }
  readonly looking: Omit<LoadPlan, 'looksEach'>
  readonly bring: () => Promise<void>
}

async function prepare(bench: BenchProgram, load: Load, path: string): Promise<Served> {
  const { address } = bench
  const caseId = await bench.findCase()
  const saving = {
    address,
    path: '/calls/new',
    fields: callOf,
    visitors: await bench.staff('call-handler', 1),
    looksEach: saves,
    rest: breath,
    status: 303,
  }
  const visitors = await bench.staff('stalking-advocate', people)
  const [adviser] = await bench.staff('cyber-adviser', 1)
  if (!adviser) throw new Error('the demo has no adviser')
  const form = { 'brought-by': 'ABC', 'how-obtained': 'bench' }
  await load.run({ ...saving, looksEach: 5 })
  return {
    bench,
    saving,
    looking: { address, path: `/cases/${caseId}`, visitors },
    bring: () => sendFile(`${address}/cases/${caseId}/evidence`, adviser, form, path),
  }
}

async function measureSaves(
  { bench, saving, looking, bring }: Served,
  load: Load,
  { rest, brings }: (typeof stages)[number],
): Promise<string> {
  const readers = rest === null ? null : load.begin({ ...looking, rest })
  let isOver = false
  const bringing = (async () => {
    while (brings && !isOver) await bring()
  })()
  bringing.catch(() => {}) // told below
  const times: number[] = []
  const { p50, p95, processor } = await figuresOf(async () => {
    times.push(...(await load.run(saving)))
    return times
  }, bench.processorTime)
  isOver = true
  await bringing
  await readers?.end()
  const { node, postgres } = processor
  return `${[p50, p95, quantile(times, 1)].map(time => time.toFixed(0)).join(', ')} ms; ${node.toFixed(0)} + ${postgres.toFixed(0)} ms`
}

const callOf = {
  words: 'Call number {n}: somebody knows where I park.',
  dangerNow: 'no',
  filledBy: 'client',
  adult: 'yes',
  postcode: 'TN9 1AA',
  cyberstalked: 'maybe',
  suspectName: 'Quentin Made-Up {n}',
  relation: 'former-partner',
  clientName: 'Opal Made-Up {n}',
  phone: '07700 900321',
  phoneSafe: 'yes',
  codeWords: 'blue kettle',
}

async function writeRandom(path: string): Promise<void> {
  const file = await open(path, 'w')
  const chunk = randomBytes(16 * mebibyte)
  for (let written = 0; written < fileSize; written += chunk.length) {
    chunk.writeUInt32LE(written / chunk.length, 0) // no two parts alike, so no file system can share them
    await file.writeFile(chunk)
  }
  await file.sync()
  await file.close()
}
