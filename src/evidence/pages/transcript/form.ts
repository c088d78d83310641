import type { FormProblem } from '../../../foundation/decision.ts'
import { readTimeOfDay } from '../../../foundation/read-time-of-day.ts'
import { cleanText } from '../../../web/read-form.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'
import type { TypedTranscript } from '../../operations/transcribe-picture.ts'
import {
  lineAuthors,
  longestTranscriptText,
  mostTranscriptLines,
  type Region,
  type Transcript,
  type TranscriptLine,
} from '../../transcript.ts'

/** Thirds of a picture by their names, for anyone who measures nothing. */
export const namedRegions: Readonly<Record<string, Region>> = {
  top: { top: 0, bottom: 33 },
  middle: { top: 33, bottom: 67 },
  bottom: { top: 67, bottom: 100 },
}

/** Empty lines at the end of the form, and how many more each time somebody asks. */
export const blankLines = 3

const longestShort = 200
const shortFields = ['device', 'app', 'thread', 'takenBy', 'shownClock', 'saidWhen'] as const

export type ReadTranscriptForm =
  | { readonly ok: true; readonly typed: TypedTranscript }
  | { readonly ok: false; readonly problems: readonly FormProblem[] }

/** How many lines a form has, whatever it says. */
export function readLineCount(form: FormFields): number {
  const text = fieldText(form, 'lines')
  return /^\d{1,3}$/.test(text) ? Math.min(Number(text), mostTranscriptLines) : 0
}

/** Reads what was typed off a picture. A line without words is none. */
export function readTranscriptForm(form: FormFields, isFirst: boolean): ReadTranscriptForm {
  const problems: FormProblem[] = []
  const text = (name: string): string => cleanText(fieldText(form, name)).trim()
  const short = (name: string, what: string): string => {
    const value = text(name)
    if (value.length > longestShort)
      problems.push({ field: name, message: `${what} must be ${longestShort} characters or less` })
    return value
  }
  const fields = Object.fromEntries(shortFields.map(name => [name, short(name, shortNames[name])])) as Record<
    (typeof shortFields)[number],
    string
  >
  const reason = short('reason', 'Why it is corrected')
  if (!isFirst && reason === '') problems.push({ field: 'reason', message: 'Enter why it is corrected' })
  const lines: TypedTranscript['lines'][number][] = []
  for (let index = 1; index <= readLineCount(form); index += 1) {
    const line = readLine(form, index, problems)
    if (line) lines.push(line)
  }
  if (lines.length === 0 && problems.length === 0 && Object.values(fields).every(value => value === ''))
    problems.push({ field: 'line-1-text', message: 'Enter something that the picture shows' })
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, typed: { ...fields, reason, lines } }
}

export const shortNames: Readonly<Record<(typeof shortFields)[number], string>> = {
  device: 'Whose device it was taken on',
  app: 'The app',
  thread: 'The thread or page',
  takenBy: 'Who took it',
  shownClock: 'The clock that the picture shows',
  saidWhen: 'When it was taken, as the client says',
}

function readLine(
  form: FormFields,
  index: number,
  problems: FormProblem[],
): TypedTranscript['lines'][number] | null {
  const name = (part: string): string => `line-${index}-${part}`
  const typed = (part: string): string => cleanText(fieldText(form, name(part))).trim()
  const text = typed('text')
  if (text === '') {
    if (['speaker', 'shown', 'day', 'time'].some(part => typed(part) !== ''))
      problems.push({ field: name('text'), message: `Enter what line ${index} says, or empty the line` })
    return null
  }
  const before = problems.length
  const fail = (part: string, message: string): void => {
    problems.push({ field: name(part), message })
  }
  if (text.length > longestTranscriptText)
    fail('text', `Line ${index} must be ${longestTranscriptText.toLocaleString('en-GB')} characters or less`)
  for (const part of ['speaker', 'shown'])
    if (typed(part).length > longestShort)
      fail(part, `This part of line ${index} must be ${longestShort} characters or less`)
  const author = lineAuthors.find(each => each === typed('author'))
  if (!author) fail('author', `Select whose words line ${index} is`)
  const day = typed('day') === '' ? null : readDay(typed('day'))
  if (day === undefined) fail('day', `The day of line ${index} must be a real date, like 27 3 2026`)
  const at = typed('time') === '' ? null : readTimeOfDay(typed('time'))
  if (typed('time') !== '' && !at) fail('time', `The time of line ${index} must be a time, like 22:14`)
  if (at && !day) fail('day', `Enter the day of line ${index} as well, or leave its time empty`)
  const region = readRegion(typed('place'), typed('from'), typed('to'))
  if (region === undefined)
    fail('from', `Where line ${index} is must be two numbers from 0 to 100, the smaller first`)
  if (problems.length > before || !author) return null
  const number = /^\d{1,7}$/.test(typed('number')) ? Number(typed('number')) : null
  const two = (value: number): string => String(value).padStart(2, '0')
  return {
    number,
    region: region ?? null,
    speaker: typed('speaker'),
    author,
    shownTime: typed('shown'),
    day: day ?? null,
    time: at ? `${two(at.hour)}:${two(at.minute)}` : null,
    text,
  }
}

/** "27 3 2026" or "27/03/2026", day first, as it is written in this country; undefined for no real day. */
function readDay(text: string): string | undefined {
  const found = /^(\d{1,2})[ ./-]+(\d{1,2})[ ./-]+(\d{4})$/.exec(text)
  const [, day = '', month = '', year = ''] = found ?? []
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const date = new Date(`${iso}T00:00:00Z`)
  return found && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) && year >= '1990'
    ? iso
    : undefined
}

/** Figures come before a name; undefined for figures that are no band of a picture. */
function readRegion(place: string, from: string, to: string): Region | null | undefined {
  if (from === '' && to === '') return namedRegions[place] ?? null
  const isFigure = (text: string): boolean => /^\d{1,3}$/.test(text) && Number(text) <= 100
  if (!isFigure(from) || !isFigure(to) || Number(from) >= Number(to)) return undefined
  return { top: Number(from), bottom: Number(to) }
}

/** What was typed before, as the form shows it, with some empty lines. */
export function transcriptAsTyped(transcript: Transcript | null): FormFields {
  const fields = new Map<string, readonly string[]>()
  for (const name of shortFields) fields.set(name, [transcript?.[name] ?? ''])
  const lines = transcript?.lines ?? []
  for (const [place, line] of lines.entries()) putLine(fields, place + 1, line)
  const count = Math.min(mostTranscriptLines, lines.length + blankLines)
  fields.set('lines', [String(count)])
  return fields
}

function putLine(fields: Map<string, readonly string[]>, index: number, line: TranscriptLine): void {
  const named = Object.entries(namedRegions).find(
    ([, { top, bottom }]) => top === line.region?.top && bottom === line.region.bottom,
  )?.[0]
  const [year = '', month = '', day = ''] = line.day?.split('-') ?? []
  const values = {
    number: String(line.number),
    speaker: line.speaker,
    author: line.author,
    shown: line.shownTime,
    day: line.day === null ? '' : `${Number(day)} ${Number(month)} ${year}`,
    time: line.time ?? '',
    text: line.text,
    place: named ?? '',
    from: named || !line.region ? '' : String(line.region.top),
    to: named || !line.region ? '' : String(line.region.bottom),
  }
  for (const [part, value] of Object.entries(values)) fields.set(`line-${index}-${part}`, [value])
}
