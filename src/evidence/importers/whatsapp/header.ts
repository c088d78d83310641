import { type DayPeriod, findDayPeriod, hourOfDay, isJoiner } from './day-period.ts'

/** How a header is written, apart from its numbers. */
export type HeaderWriting = {
  /** Equal for all headers of one export: brackets, order, separators, width of the year, seconds. */
  readonly shape: string
  readonly bracketed: boolean
  /** What ends the header: a bracket, a dash, or the colon of exports from before 2018. */
  readonly ending: ']' | '-' | ':'
  readonly timeFirst: boolean
  readonly separator: string
  readonly period: DayPeriod | null
  /** A word beside the time that is neither a day period nor a joiner anybody knows. */
  readonly unknownWord: string | null
}

/** The head of a line as written: three numbers of a date in their order, and a time. Not yet a day. */
export type Header = {
  readonly writing: HeaderWriting
  readonly numbers: readonly [number, number, number]
  readonly widths: readonly [number, number, number]
  /** On a clock of 24; as written when the word beside it is not known. */
  readonly hour: number
  readonly minute: number
  readonly second: number | null
  /** Where the rest of the line starts. */
  readonly bodyAt: number
}

const separator = '[/-]|\\. ?|年 ?|년 ?|月 ?|월 ?'
const date = `(\\d{1,4})(${separator})(\\d{1,2})(${separator})(\\d{1,4})`
const clock =
  '(\\d{1,2})(?:[:.]| ?h ?|時|点|點|时|시 ?)(\\d{2})(?:(?:[:.]|分|분 ?| ?min ?| ?m ?)(\\d{2})(?: ?s\\b|秒|초)?)?(?:分|분)?'
const gap = '([^\\d\\[\\]]{1,30}?)'
const tail = '([^\\d\\[\\]]{0,24}?)'
const end = ' - | -$|: '
const dateFirst = new RegExp(
  `^(?:\\[ ?${date}${gap}${clock}${tail} ?\\] ?|${date}${gap}${clock}${tail}(?:${end}))`,
)
const timeFirst = new RegExp(
  `^(?:\\[ ?${clock}${gap}${date}${tail} ?\\] ?|${clock}${gap}${date}${tail}(?:${end}))`,
)

/** No header is longer; what follows belongs to the message. */
const longestHeader = 96

/**
 * Reads the header of a WhatsApp line by its structure (a date, a time, an end), not by a list of locales.
 * Null when the line begins otherwise, or when no clock could show the time. Which number is the day is not
 * decided here: that takes the whole file.
 */
export function parseHeader(line: string): Header | null {
  if (line.length === 0) return null
  let skipped = 0
  while (isInvisible(line.charCodeAt(skipped))) skipped += 1
  const first = line.charCodeAt(skipped)
  if (!(first === 91 || (first >= 48 && first <= 57) || first > 127)) return null
  if (skipped === 0 && first < 128) {
    const plainly = dateFirst.exec(line)
    if (plainly) return build(plainly, plainly[0].length)
  }
  // Most other headers differ from the plain form only by marks in front and by the kind of space they use.
  const head = line.slice(skipped, skipped + longestHeader).replace(otherSpaces, ' ')
  const quick = first > 127 ? null : (dateFirst.exec(head) ?? timeFirst.exec(head))
  if (quick) return build(quick, skipped + quick[0].length)
  if (!hasForeignForm(head)) return null
  const positions: number[] = []
  const plain = plainForm(line, positions)
  const found = dateFirst.exec(plain) ?? timeFirst.exec(plain)
  return found ? build(found, positions[found[0].length] ?? line.length) : null
}

const otherSpaces = /[\u00a0\u2000-\u200a\u202f]/g

function build(found: RegExpExecArray, bodyAt: number): Header | null {
  const bracketed = found[1] !== undefined
  const at = bracketed ? 1 : 11
  const separatorWritten = found[at + 1] ?? ''
  const datesLead = isSeparator(separatorWritten)
  const dateAt = datesLead ? at : at + 4
  const clockAt = datesLead ? at + 6 : at
  const a = found[dateAt] ?? ''
  const c = found[dateAt + 4] ?? ''
  const secondWritten = found[clockAt + 2]
  const writing = writingOf(
    bracketed ? ']' : found[0].endsWith(': ') ? ':' : '-',
    datesLead,
    found[dateAt + 1] ?? '',
    found[dateAt + 3] ?? '',
    a.length === 4 ? 'y..' : c.length === 4 ? '..y' : 'yy?',
    secondWritten !== undefined,
    found[datesLead ? at + 5 : at + 3] ?? '',
    found[at + 9] ?? '',
  )
  // "25/08/2025 10:30 with Bob: …" is somebody's diary: before a colon stand the time and half of the day, and no more.
  if (writing.ending === ':' && writing.unknownWord !== null) return null
  // Some phones write the first hour of a day as 24 (pattern letter k of CLDR); it is the day that is named.
  const hourWritten = Number(found[clockAt])
  const hour = hourOfDay(hourWritten === 24 ? 0 : hourWritten, writing.period)
  const minute = Number(found[clockAt + 1])
  const second = secondWritten === undefined ? null : Number(secondWritten)
  if (hour > 23 || minute > 59 || (second ?? 0) > 59) return null
  const b = found[dateAt + 2] ?? ''
  return {
    writing,
    numbers: [Number(a), Number(b), Number(c)],
    widths: [a.length, b.length, c.length],
    hour,
    minute,
    second,
    bodyAt,
  }
}

const isSeparator = (text: string) =>
  text === '/' || text === '-' || (text !== ':' && /^(?:\. ?|[年년月월] ?)$/.test(text))

const writings = new Map<string, HeaderWriting>()

/** There are only a few forms of header in a file, so each is worked out once. */
function writingOf(
  ending: HeaderWriting['ending'],
  datesLead: boolean,
  first: string,
  second: string,
  year: string,
  seconds: boolean,
  between: string,
  after: string,
): HeaderWriting {
  const last = lastWriting
  if (
    last &&
    last.ending === ending &&
    last.datesLead === datesLead &&
    last.seconds === seconds &&
    last.year === year &&
    last.first === first &&
    last.second === second &&
    last.between === between &&
    last.after === after
  )
    return last.writing
  const key = [ending, datesLead, seconds, year, first, second, between, after].join('|')
  const writing =
    writings.get(key) ?? workOut(ending, datesLead, first, second, year, seconds, between, after)
  if (writings.size > 1000) writings.clear()
  writings.set(key, writing)
  lastWriting = { ending, datesLead, first, second, year, seconds, between, after, writing }
  return writing
}

let lastWriting: {
  readonly ending: HeaderWriting['ending']
  readonly datesLead: boolean
  readonly first: string
  readonly second: string
  readonly year: string
  readonly seconds: boolean
  readonly between: string
  readonly after: string
  readonly writing: HeaderWriting
} | null = null

function workOut(
  ending: HeaderWriting['ending'],
  datesLead: boolean,
  first: string,
  second: string,
  year: string,
  seconds: boolean,
  between: string,
  after: string,
): HeaderWriting {
  let period: DayPeriod | null = null
  let unknownWord: string | null = null
  for (const text of [between, after]) {
    const word = text.replace(/^[\s,،.日일\-/()]+|[\s,،\-/()]+$/gu, '')
    if (word === '') continue
    const words = word.split(/[\s,،]+/)
    const named = [word, ...words].map(findDayPeriod).find(one => one !== null)
    if (named) period = named
    else if (!words.every(isJoiner)) unknownWord = word
  }
  const shape = [
    ending === ']' ? '[]' : ending,
    datesLead ? 'date-time' : 'time-date',
    `${first.trim()}${second.trim()}`,
    year,
    seconds ? 'seconds' : 'minutes',
  ].join(' ')
  const timeFirst = !datesLead
  return { shape, bracketed: ending === ']', ending, timeFirst, separator: first.trim(), period, unknownWord }
}

/** The date and time as they stand in the line, without the brackets or the dash around them. */
export function writtenTime(line: string, bodyAt: number): string {
  let from = 0
  let to = bodyAt
  while (from < to && isAround(line.charCodeAt(from))) from += 1
  while (to > from && isAround(line.charCodeAt(to - 1))) to -= 1
  return line.slice(from, to)
}

const isAround = (code: number) =>
  code === 32 ||
  code === 45 ||
  code === 91 ||
  code === 93 ||
  (code >= 0x2010 && code <= 0x2015) ||
  isInvisible(code)

function hasForeignForm(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 127) return true
  return false
}

/**
 * The head of a line with invisible marks gone, every kind of space as a space, every kind of dash as a dash
 * and every decimal digit as 0 to 9. `positions[i]` is where character i stood in the line.
 */
function plainForm(line: string, positions: number[]): string {
  let plain = ''
  let index = 0
  for (; index < line.length && plain.length < longestHeader; index += 1) {
    const code = line.charCodeAt(index)
    const mapped = code < 128 ? (code === 9 ? ' ' : line[index]) : plainCharacter(code, line[index] ?? '')
    if (mapped === '' || mapped === undefined) continue
    positions.push(index)
    plain += mapped
  }
  positions.push(index)
  return plain
}

// Unicode: zero values of the decimal digits in use on phones (general category Nd).
const zeros = [
  0x0660, 0x06f0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0de6, 0x0e50,
  0x0ed0, 0x0f20, 0x1040, 0x17e0, 0x1810, 0xff10,
]

function plainCharacter(code: number, character: string): string {
  if (isInvisible(code)) return ''
  if (
    code === 0xa0 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  )
    return ' '
  if (code >= 0x2010 && code <= 0x2015) return '-'
  if (code === 0xff1a || code === 0x2236) return ':'
  if (code === 0xff0f) return '/'
  if (code === 0xff0c || code === 0x060c || code === 0x3001) return ','
  if (code === 0x066b) return '.'
  for (const zero of zeros) if (code >= zero && code <= zero + 9) return String(code - zero)
  return character
}

/** Marks that change nothing one can see: directions, joins, byte order marks. */
// Unicode Standard Annex 9 (bidi controls) and general category Cf
export function isInvisible(code: number): boolean {
  return (
    code === 0xfeff ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x2069) ||
    code === 0x061c ||
    code === 0x00ad
  )
}
