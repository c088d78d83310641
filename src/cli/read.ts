import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type {
  Account,
  Answers,
  ChatProgram,
  EvidenceRecord,
  EvidenceSource,
  ReadStep,
} from '../evidence/importers/importer.ts'
import { chatPrograms } from '../evidence/importers/importer.ts'
import { readEvidence } from '../evidence/importers/read-evidence.ts'
import { findAccountStatus, isOnlySearched, sayReadingStatus } from '../evidence/reading-status.ts'
import { sayAccountPlace } from '../evidence/say-account.ts'
import { isKnownZone, parseWallClock } from '../foundation/local-date.ts'
import { sayWallClock } from '../foundation/say-date.ts'
import { writeRecord } from './read-record.ts'

export type ReadIo = { readonly out: NodeJS.WritableStream; readonly err: NodeJS.WritableStream }

const help = `Usage: unwatched read FILE… [--json] [--zone ZONE] [--date-order day-first|month-first]
                           [--program whatsapp|signal|another]

Says what each file is, the records in it, and what became of every byte. Needs no database.

  --json              one JSON object for each file, one on a line
  --zone ZONE         the zone of the phone that made the export, for example Europe/London
  --date-order ORDER  day-first or month-first, used only where the file leaves it open
  --program PROGRAM   which program a chat is from, where the file does not say
  --help              this text

Ends with 0 when everything was read, 1 when anything was not, or is in doubt, or needs an answer,
2 when a file cannot be read, 64 when the command was not understood.
`

type Asked = { readonly files: readonly string[]; readonly json: boolean; readonly answers: Answers }
type Opening = Extract<ReadStep, { step: 'identified' }>

/** `unwatched read`: what each file is, its records and its closing account. Returns the exit code. */
export async function read(args: readonly string[], io: ReadIo): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    io.out.write(help)
    return 0
  }
  const asked = parseArguments(args)
  if (typeof asked === 'string') {
    io.err.write(`unwatched read: ${safeOnTerminal(asked)}\n`)
    return 64
  }
  let worst = 0
  for (const file of asked.files) worst = Math.max(worst, await readOne(file, asked, io))
  return worst
}

function parseArguments(args: readonly string[]): Asked | string {
  const files: string[] = []
  const answers: { zone?: string; dateOrder?: 'day-first' | 'month-first'; program?: ChatProgram } = {}
  let json = false
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? ''
    const [flag, joined] = arg.startsWith('--') && arg.includes('=') ? splitOnce(arg) : [arg, undefined]
    if (flag === '--json') json = true
    else if (flag === '--zone' || flag === '--date-order' || flag === '--program') {
      if (joined === undefined) index += 1
      const value = joined ?? args[index]
      if (value === undefined) return `${flag} needs a value. See unwatched read --help.`
      if (flag === '--zone') {
        if (!isKnownZone(value)) return `${value} is not a zone we know. Give one like Europe/London.`
        answers.zone = value
      } else if (flag === '--program') {
        const program = chatPrograms.find(each => each === value)
        if (!program) return `--program is ${chatPrograms.join(', ')}, not ${value}.`
        answers.program = program
      } else if (value === 'day-first' || value === 'month-first') answers.dateOrder = value
      else return `--date-order is day-first or month-first, not ${value}.`
    } else if (flag === '--') {
      files.push(...args.slice(index + 1))
      break
    } else if (flag.startsWith('-') && flag !== '-')
      return `There is no option ${flag}. See unwatched read --help.`
    else files.push(arg)
  }
  if (files.length === 0) return 'Name at least one file. See unwatched read --help.'
  return { files, json, answers }
}

function splitOnce(arg: string): [string, string] {
  const at = arg.indexOf('=')
  return [arg.slice(0, at), arg.slice(at + 1)]
}

async function readOne(file: string, asked: Asked, io: ReadIo): Promise<number> {
  const fail = (why: string) => {
    if (asked.json) io.out.write(`${JSON.stringify({ file, error: why })}\n`)
    io.err.write(`${safeOnTerminal(`unwatched read: ${file}: ${why}`)}\n`)
    return 2
  }
  const found = await stat(file).catch((fault: NodeJS.ErrnoException) => fault.code ?? 'unknown fault')
  if (typeof found === 'string')
    return fail(found === 'ENOENT' ? 'There is no such file.' : `It cannot be opened (${found}).`)
  if (found.isDirectory()) return fail('This is a folder. Name the files in it.')
  if (!found.isFile()) return fail('This is not a file.')
  const source: EvidenceSource = {
    name: basename(file),
    size: found.size,
    open: () => createReadStream(file, { highWaterMark: 262_144 }),
    openRange: (from, to) => createReadStream(file, { start: from, end: to - 1 }),
  }
  try {
    return asked.json
      ? await printJson(file, source, asked.answers, io)
      : await printPlain(file, source, asked.answers, io)
  } catch (fault) {
    return fail(`It cannot be read to its end (${fault instanceof Error ? fault.message : String(fault)}).`)
  }
}

async function printJson(
  file: string,
  source: EvidenceSource,
  answers: Answers,
  io: ReadIo,
): Promise<number> {
  const sha256 = await hash(source)
  const shown = progress(source, io)
  let opened = false
  let first = true
  let account: Account | null = null
  const open = async (step: Omit<Opening, 'step'>) => {
    const head = { file, format: step.format, dialect: step.dialect, confidence: step.confidence, sha256 }
    await write(io.out, `${JSON.stringify(head).slice(0, -1)},"records":[`)
    opened = true
  }
  for await (const step of readEvidence(source, answers)) {
    if (step.step === 'identified') await open(step)
    else if (step.step === 'records') {
      const texts = step.records.map(record => JSON.stringify(writeRecord(record)))
      await write(io.out, `${first ? '' : ','}${texts.join(',')}`)
      first = false
      shown.see(step.records.length)
    } else account = step.account
  }
  shown.end()
  if (!account) throw new Error('no closing account')
  if (!opened) await open({ format: 'unreadable', dialect: '', confidence: 0 })
  const { questions, ...rest } = account
  await write(io.out, `],"account":${JSON.stringify(rest)},"questions":${JSON.stringify(questions)}}\n`)
  return exitCode(account)
}

async function printPlain(
  file: string,
  source: EvidenceSource,
  answers: Answers,
  io: ReadIo,
): Promise<number> {
  const sha256 = await hash(source)
  const shown = progress(source, io)
  const entries = countEntries()
  let opening: Opening | null = null
  let account: Account | null = null
  for await (const step of readEvidence(source, answers)) {
    if (step.step === 'identified') opening = step
    else if (step.step === 'records') {
      shown.see(step.records.length)
      entries.see(step.records)
    } else account = step.account
  }
  shown.end()
  if (!account) throw new Error('no closing account')
  const lines = [file]
  if (!account.readable) lines.push('  Cannot be read.')
  else if (opening)
    lines.push(
      `  ${opening.format}: ${opening.dialect}${opening.confidence > 0 ? ` (confidence ${opening.confidence})` : ''}`,
    )
  lines.push(`  ${account.bytes} bytes, SHA-256 ${sha256}`)
  lines.push(`  ${sayHow(account)}`)
  const kinds = Object.entries(account.byKind).filter(([, count]) => count > 0)
  if (kinds.length > 0) lines.push(`  ${kinds.map(([kind, count]) => `${count} ${kind}`).join(', ')}`)
  const earliest = account.earliest ? parseWallClock(account.earliest) : null
  const latest = account.latest ? parseWallClock(account.latest) : null
  if (earliest && latest) lines.push(`  From ${sayWallClock(earliest)} to ${sayWallClock(latest)}`)
  lines.push(
    `  Account: ${account.records} records, ${account.unknown} unknown, ${account.quarantined} quarantined`,
  )
  lines.push(...entries.lines(), ...sayNotRead(account))
  for (const note of account.notes) lines.push(`  ${note}`)
  for (const problem of account.problems) {
    const where = problem.place ? ` (${sayAccountPlace(problem.place)})` : ''
    lines.push(`  Problem: ${problem.message}${where}`)
  }
  const unlisted = account.problemCount - account.problems.length
  if (unlisted > 0) lines.push(`  ${unlisted} more problems are not listed.`)
  for (const question of account.questions)
    lines.push(
      `  Question (${question.id}): ${question.text} ${question.choices.map(choice => choice.value).join(' or ')}`,
    )
  await write(io.out, `${lines.map(safeOnTerminal).join('\n')}\n`)
  return exitCode(account)
}

/** Everything that is kept and was not read, by name, with the reason. */
function sayNotRead(account: Account): readonly string[] {
  const listed = account.notRead.map(({ place, reason }) => {
    const isWhole = place.firstLine === null && place.from === 0
    return `  Not read: ${isWhole && place.entry !== null ? `${place.entry}: ` : isWhole && place.to === account.bytes ? '' : `${sayAccountPlace(place)}: `}${reason}`
  })
  const more = account.unknown + account.quarantined - account.notRead.length
  return more > 0 ? [...listed, `  ${more} more that were not read are not listed.`] : listed
}

/** What an archive holds, entry by entry, in the order it was read. */
function countEntries(): { see(records: readonly EvidenceRecord[]): void; lines(): readonly string[] } {
  const entries = new Map<string, Map<string, number>>()
  return {
    see(records) {
      for (const { place, kind } of records) {
        if (place.entry === null || kind === 'unknown' || kind === 'quarantined') continue
        const kinds = entries.get(place.entry) ?? new Map<string, number>()
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
        entries.set(place.entry, kinds)
      }
    },
    lines: () =>
      [...entries].map(
        ([name, kinds]) =>
          `  Read: ${name}: ${[...kinds].map(([kind, count]) => `${count} ${kind}`).join(', ')}`,
      ),
  }
}

/** The same word that the pages of the clinic use. */
function sayHow(account: Account): string {
  const status = findAccountStatus(account)
  if (status !== 'read') return sayReadingStatus(status)
  return isOnlySearched(account) ? 'Looked through' : 'Read'
}

function exitCode(account: Account): number {
  if (!account.readable) return 2
  return findAccountStatus(account) === 'read' ? 0 : 1
}

async function hash(source: EvidenceSource): Promise<string> {
  const digest = createHash('sha256')
  for await (const chunk of source.open()) digest.update(chunk)
  return digest.digest('hex')
}

/** Names in a file may carry commands for the terminal that shows them. */
function safeOnTerminal(line: string): string {
  return line.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\uFFFD')
}

/** Waits while the reader is behind; when the reader has gone, nothing is written and nothing waited for. */
async function write(out: NodeJS.WritableStream, text: string): Promise<void> {
  if (!out.writable || out.write(text)) return
  await new Promise<void>(resolve => {
    const go = () => {
      out.off('drain', go)
      out.off('close', go)
      resolve()
    }
    out.on('drain', go)
    out.on('close', go)
    if (!out.writable) go()
  })
}

const largeFile = 67_108_864

function progress(source: EvidenceSource, io: ReadIo): { see(records: number): void; end(): void } {
  const shown = source.size > largeFile && 'isTTY' in io.err && io.err.isTTY === true
  let count = 0
  let said = 0
  return {
    see(records) {
      count += records
      if (!shown || count - said < 20_000) return
      said = count
      io.err.write(`\r${safeOnTerminal(source.name)}: ${count} records`)
    },
    end() {
      if (said > 0) io.err.write('\n')
    },
  }
}
