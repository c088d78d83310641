import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import pg from 'pg'
import { withCase } from '../src/audit/operations/access-case.ts'
import { everyRecord, timesOfDays } from '../src/chronology/record-query.ts'
import { readEvidence } from '../src/evidence/importers/read-evidence.ts'
import { mergeRecords } from '../src/evidence/operations/merge-records.ts'
import { type StoredRecords, withRecords } from '../src/evidence/operations/open-records.ts'
import { readItem } from '../src/evidence/operations/read-item.ts'
import { takeInEvidence } from '../src/evidence/operations/take-in-evidence.ts'
import { readSearch } from '../src/evidence/records/record-terms.ts'
import type { StoredQuery } from '../src/evidence/records/stored-query.ts'
import { readClock } from '../src/evidence/records/stored-record.ts'
import { phraseWords } from '../src/identity/phrase-words.ts'
import type { Actor } from '../src/platform/database.ts'
import { type BenchClinic, openBenchClinic } from './support/bench-clinic.ts'
import { median } from './support/measure.ts'

/** How many messages are brought in, one chat after the other, into one case. */
const sizes = (process.env['BENCH_RECORDS'] ?? '10000,100000').split(',').map(Number)
const rounds = 5
const repeats = 20

/**
 * The record store by itself: what reading a chat takes for each message beside parsing it alone, what it takes on the
 * disk, and what each kind of question takes, everything cold but the key of the case. CPU of this process and of the
 * database's, in milliseconds.
 */
export default async function run(): Promise<{ name: string; rows: string[] }[]> {
  const bench = await openBenchClinic()
  try {
    const tables: { name: string; rows: string[] }[] = []
    for (const size of sizes) {
      tables.push(await measureImport(bench, size))
      tables.push(await measureMerging(bench, size))
      tables.push(await measureSmallItems(bench, size))
      tables.push(await measureQuestions(bench, size))
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
/** Words as often as words of a language are: the second half as often as the first, the third a third as often. */
const pickWord = (): string => phraseWords[Math.floor(phraseWords.length ** random()) - 1] ?? 'you'

/** A chat with a message every few minutes from a Monday on, two people, words as varied as those of a real one. */
function makeChat(messages: number): string {
  const lines: string[] = []
  let time = Date.UTC(2016, 0, 4)
  for (let number = 0; number < messages; number += 1) {
    time += Math.floor(random() * 600) * 1000
    const [day = '', clock = ''] = new Date(time).toISOString().split('T')
    const words = Array.from({ length: 1 + Math.floor(random() * 16) }, pickWord)
    if (number % Math.ceil(messages / 50) === 7) words.push('zebrafish')
    if (number === 4321) words.push('quokka')
    const name = random() < 0.6 ? 'Alex Made-up' : 'Sam'
    lines.push(`${day.split('-').reverse().join('/')}, ${clock.slice(0, 5)} - ${name}: ${words.join(' ')}\n`)
  }
  return lines.join('')
}

/** CPU of this process and of every process of the program's connections to the database, in milliseconds. */
async function cpuNow(clinic: BenchClinic['clinic']): Promise<number> {
  const found = await clinic.database.pool.query<{ pid: number }>(
    'select pid from pg_stat_activity where usename = current_user',
  )
  const ticks = found.rows.map(({ pid }) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return Number(fields[11]) + Number(fields[12])
  })
  const { user, system } = process.cpuUsage()
  // Linux counts in hundredths of a second.
  return (user + system) / 1000 + ticks.reduce((sum, each) => sum + each, 0) * 10
}

/** A file may not have more than twice as many records: a larger case has several. */
const longestChat = 250_000

/** What reading chats of so many messages in all takes. Each is of the same years, so each is compared with those before it. */
async function measureImport(bench: BenchClinic, messages: number) {
  const parts = Math.ceil(messages / longestChat)
  const used = { parsing: 0, cpu: 0, seconds: 0 }
  for (let part = 0; part < parts; part += 1) {
    const one = await readChat(bench, Buffer.from(makeChat(messages / parts)))
    used.parsing += one.parsing
    used.cpu += one.cpu
    used.seconds += one.seconds
  }
  const root = await onRecords(bench, async records => records.root)
  const held = root.generations.reduce((sum, each) => sum + each.records, 0)
  const blocks = await bench.clinic.database.pool.query<{ n: string }>(
    "select pg_total_relation_size('unwatched.record_block') as n",
  )
  const each = (microseconds: number): string => (microseconds / messages).toFixed(1)
  return {
    name: `${messages.toLocaleString('en-GB')} messages, read into a case as ${parts === 1 ? 'one chat' : `${parts} chats`}`,
    rows: [
      `parsed alone            ${each(used.parsing)} µs of CPU a message`,
      `parsed to searchable    ${each(used.cpu)} µs of CPU, ${(used.cpu / used.parsing).toFixed(1)} × parsing, ${Math.round(messages / used.seconds).toLocaleString('en-GB')} a second`,
      `generations             ${root.generations.length}, with ${held.toLocaleString('en-GB')} records, and ${root.overviews.length} of counts; ${(Number(blocks.rows[0]?.n) / held).toFixed(0)} bytes a record in the table, rounded, with what is not vacuumed yet`,
    ],
  }
}

/** What it takes to write the generations of a case together, as is done a minute after the last reading. */
async function measureMerging(bench: BenchClinic, messages: number) {
  const before = await onRecords(bench, async records => records.root.generations)
  const cpu = await cpuNow(bench.clinic)
  const start = performance.now()
  const end = await mergeRecords(bench.clinic, bench.caseId)
  const used = (await cpuNow(bench.clinic)) - cpu
  const seconds = (performance.now() - start) / 1000
  const after = await onRecords(bench, async records => records.root.generations)
  const merged = before.filter(({ id }) => !after.some(each => each.id === id))
  const records = merged.reduce((sum, each) => sum + each.records, 0)
  return {
    name: `Merging, at ${messages.toLocaleString('en-GB')} messages: ${end}`,
    rows: [
      `generations             ${before.length} before, ${after.length} after`,
      `written again           ${records.toLocaleString('en-GB')} records in ${seconds.toFixed(1)} s, ${((used * 1000) / Math.max(1, records)).toFixed(1)} µs of CPU each`,
    ],
  }
}

/** CPU in microseconds of parsing a chat alone, and of reading it into the case, with the seconds that took. */
async function readChat({ clinic, caseId, personOf }: BenchClinic, chat: Buffer) {
  const source = {
    name: 'WhatsApp Chat with Sam.txt',
    size: chat.length,
    async *open() {
      yield chat
    },
  }
  const answers = { zone: 'Europe/London', dateOrder: 'day-first' } as const
  const alone = process.cpuUsage()
  for await (const _step of readEvidence(source, answers)) {
    // parsed, and given to nobody
  }
  const { user, system } = process.cpuUsage(alone)
  const parsing = user + system
  const actor = {
    kind: 'person',
    clinicId: clinic.clinicId,
    personId: personOf('cyber-adviser'),
  } as const
  const taken = await takeInEvidence(clinic, actor, caseId, {
    name: source.name,
    broughtBy: 'ABC',
    howObtained: 'bench',
    body: Readable.from([chat]),
    answers,
  })
  if (taken.kind === 'refused') throw new Error(taken.because)
  const before = await cpuNow(clinic)
  const begun = performance.now()
  await readItem(clinic, caseId, taken.itemId)
  const seconds = (performance.now() - begun) / 1000
  return { parsing, cpu: ((await cpuNow(clinic)) - before) * 1000, seconds }
}

/** Small files that are brought to a large case: each is compared with what the case holds. */
async function measureSmallItems(bench: BenchClinic, size: number) {
  const { clinic, caseId } = bench
  const actor = {
    kind: 'person',
    clinicId: clinic.clinicId,
    personId: bench.personOf('cyber-adviser'),
  } as const
  const rows: string[] = []
  for (const [name, messages] of [
    ['one message', 1],
    ['twenty messages', 20],
  ] as const) {
    const used: number[] = []
    let statements = 0
    for (let round = 0; round < rounds; round += 1) {
      const taken = await takeInEvidence(clinic, actor, caseId, {
        name: `WhatsApp Chat ${round}.txt`,
        broughtBy: 'ABC',
        howObtained: 'bench',
        body: Readable.from([Buffer.from(makeChat(messages))]),
        answers: { zone: 'Europe/London', dateOrder: 'day-first' },
      })
      if (taken.kind === 'refused') throw new Error(taken.because)
      const before = await cpuNow(bench.clinic)
      statements = await countStatements(async () => {
        await readItem(clinic, caseId, taken.itemId)
      })
      used.push((await cpuNow(bench.clinic)) - before)
    }
    rows.push(`${name.padEnd(24)}${median(used).toFixed(0).padStart(5)} ms of CPU, ${statements} statements`)
  }
  return { name: `A small file read into the case, at ${size.toLocaleString('en-GB')} messages`, rows }
}

const reader = (bench: BenchClinic): Actor => ({
  kind: 'person',
  clinicId: bench.clinic.clinicId,
  personId: bench.personOf('stalking-advocate'),
})

async function onRecords<Answer>(
  bench: BenchClinic,
  work: (records: StoredRecords) => Promise<Answer>,
): Promise<Answer> {
  const access = { caseId: bench.caseId, part: 'chronology', mode: 'read' } as const
  const answer = await withCase(bench.clinic.database, reader(bench), access, async transaction => ({
    value: await withRecords(transaction, bench.caseId, work),
  }))
  if (!answer) throw new Error('the case is not open')
  return answer.value
}

const page = { order: 'oldest', after: null, atMost: 51, mostText: 4_194_304, mostBlocks: 1000 } as const
const common = [0, 1, 2].map(index => phraseWords[index] ?? '')
const sought = (typed: string): StoredQuery => ({ ...everyRecord, search: readSearch(typed) })
const find =
  (query: StoredQuery, stretch: object = {}) =>
  async (records: StoredRecords) =>
    (await records.find(query, { ...page, ...stretch })).records.length
const count = (query: StoredQuery) => async (records: StoredRecords) =>
  (await records.count(query, 1000)).count

const questions: readonly (readonly [string, (records: StoredRecords) => Promise<number>])[] = [
  ['first page', find(everyRecord)],
  [
    'later page',
    find(everyRecord, { after: { local: readClock('2016-01-20T10:00:00'), itemId: '', ordinal: -1 } }),
  ],
  ['newest first', find(everyRecord, { order: 'newest' })],
  ['jump to a date', find({ ...everyRecord, times: timesOfDays('2016-01-25', null) })],
  ['rare word', find(sought('quokka'))],
  ['common word', find(sought(common[0] ?? ''))],
  ['two common words', find(sought(`${common[1]} ${common[2]}`))],
  ['absent word', find(sought('xylograph'))],
  ['half word', find(sought(`${phraseWords[3]?.slice(0, 3)}*`))],
  ['fifty scattered hits', find(sought('zebrafish'))],
  ['sender and kind', find({ ...everyRecord, senders: ['Sam'], kinds: ['message'] })],
  ['count of a common word', count(sought(common[0] ?? ''))],
  ['count of two common words', count(sought(`${common[1]} ${common[2]}`))],
  ['phrase of common words', find(sought(`"${common[1]} ${common[2]}"`))],
  ['phrase that is nowhere', find(sought(`"${common[0]} ${common[1]} ${common[2]} ${common[0]}"`))],
]

async function measureQuestions(bench: BenchClinic, size: number) {
  const access = { caseId: bench.caseId, part: 'chronology', mode: 'read' } as const
  const rows: string[] = []
  for (const [name, ask] of questions) {
    const used: number[] = []
    const waited: number[] = []
    let hits = 0
    let statements = 0
    for (let round = 0; round < rounds; round += 1)
      await withCase(bench.clinic.database, reader(bench), access, async transaction => {
        const once = async () => {
          hits = await withRecords(transaction, bench.caseId, ask)
        }
        await once()
        const before = await cpuNow(bench.clinic)
        for (let repeat = 0; repeat < repeats; repeat += 1) {
          const began = performance.now()
          await once()
          waited.push(performance.now() - began)
        }
        used.push(((await cpuNow(bench.clinic)) - before) / repeats)
        statements = await countStatements(once)
      })
    rows.push(
      `${name.padEnd(28)}${median(used).toFixed(1).padStart(7)} ms of CPU, p95 ${sayP95(waited)} ms, ${statements} statements, ${hits.toLocaleString('en-GB')} found`,
    )
  }
  return { name: `Questions to the store, at ${size.toLocaleString('en-GB')} messages`, rows }
}

const sayP95 = (times: readonly number[]): string =>
  (times.toSorted((one, other) => one - other)[Math.floor(times.length * 0.95)] ?? 0).toFixed(0)

async function countStatements(work: () => Promise<void>): Promise<number> {
  const { prototype } = pg.Client
  const original = prototype.query
  let asked = 0
  prototype.query = function (this: pg.Client, ...args: unknown[]) {
    asked += 1
    return (original as (...all: unknown[]) => unknown).apply(this, args)
  } as typeof original
  try {
    await work()
  } finally {
    prototype.query = original
  }
  return asked
}
