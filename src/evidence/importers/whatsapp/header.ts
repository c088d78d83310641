import { type DayPeriod, findDayPeriod, hourOfDay, isJoiner } from './day-period.ts'

/** The head of a line as written: three numbers of a date in their order, and a time. Not yet a day. */
export type Header = {
  /** Equal for all headers of one export: brackets, order, separators, width of the year, seconds, day period. */
  readonly shape: string
  readonly bracketed: boolean
  readonly timeFirst: boolean
  readonly separator: string
  readonly numbers: readonly [number, number, number]
  readonly widths: readonly [number, number, number]
  /** On a clock of 24; as written when the word beside it is not known. */
  readonly hour: number
  readonly minute: number
  readonly second: number | null
  readonly period: DayPeriod | null
  /** A word beside the time that is neither a day period nor a joiner anybody knows. */
  readonly unknownWord: string | null
  /** The date and time as they stand in the line. */
  readonly asWritten: string
  /** Where the rest of the line starts. */
  readonly bodyAt: number
}

const separator = '[/-]|\\. ?|年 ?|년 ?|月 ?|월 ?'
const date = `(\\d{1,4})(${separator})(\\d{1,2})(${separator})(\\d{1,4})`
const clock =
  '(\\d{1,2})(?:[:.]| ?h ?|時|点|點|时|시 ?)(\\d{2})(?:(?:[:.]|分|분 ?| ?min ?| ?m ?)(\\d{2})(?: ?s\\b|秒|초)?)?(?:分|분)?'
const gap = '([^\\d\\[\\]]{1,30}?)'
const tail = '([^\\d\\[\\]]{0,24}?)'
const end = ' - | -$'
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
  const first = line.charCodeAt(0)
  const ascii = first < 128
  if (!(first === 91 || (first >= 48 && first <= 57) || !ascii) || line.length === 0) return null
  let plain = line.length > longestHeader ? line.slice(0, longestHeader) : line
  let found = ascii ? (dateFirst.exec(plain) ?? timeFirst.exec(plain)) : null
  let bodyAt = found?.[0].length ?? 0
  if (!found) {
    if (!hasForeignForm(plain)) return null
    const positions: number[] = []
    plain = plainForm(line, positions)
    found = dateFirst.exec(plain) ?? timeFirst.exec(plain)
    if (!found) return null
    bodyAt = positions[found[0].length] ?? line.length
  }
  return build(found, line, bodyAt)
}

function build(found: RegExpExecArray, line: string, bodyAt: number): Header | null {
  const bracketed = found[0].startsWith('[')
  const parts = bracketed ? found.slice(1, 11) : found.slice(11, 21)
  const datesLead = parts[1] !== undefined && /^(?:[/-]|\. ?|[年년月월] ?)$/.test(parts[1])
  const [a, sep, b, sep2, c, between, h, m, s, after] = datesLead
    ? parts
    : [parts[4], parts[5], parts[6], parts[7], parts[8], parts[3], parts[0], parts[1], parts[2], parts[9]]
  if (a === undefined || b === undefined || c === undefined || h === undefined || m === undefined) return null
  if (sep === undefined || sep2 === undefined) return null
  const words = wordsOf(between ?? '', after ?? '')
  const hourWritten = Number(h)
  const minute = Number(m)
  const second = s === undefined ? null : Number(s)
  const hour = hourOfDay(hourWritten, words.period)
  if (hour > 23 || minute > 59 || (second ?? 0) > 59) return null
  const separatorShape = `${sep.trim()}${sep2.trim()}`
  const year = a.length === 4 ? 'y..' : c.length === 4 ? '..y' : 'yy?'
  const shape = [
    bracketed ? '[]' : '-',
    datesLead ? 'date-time' : 'time-date',
    separatorShape,
    year,
    second === null ? 'minutes' : 'seconds',
    words.where,
  ].join(' ')
  return {
    shape,
    bracketed,
    timeFirst: !datesLead,
    separator: sep.trim(),
    numbers: [Number(a), Number(b), Number(c)],
    widths: [a.length, b.length, c.length],
    hour,
    minute,
    second,
    period: words.period,
    unknownWord: words.unknown,
    asWritten: line.slice(0, bodyAt).replace(/^[\s\p{Cf}]*\[?|[\s\p{Cf}]*(?:\]|[-–—])?[\s\p{Cf}]*$/gu, ''),
    bodyAt,
  }
}

type Words = { readonly period: DayPeriod | null; readonly unknown: string | null; readonly where: string }
const wordsSeen = new Map<string, Words>()

/** Reads the words between date and time and after them. There are only a few in a file, so they are kept. */
function wordsOf(between: string, after: string): Words {
  const key = `${between}|${after}`
  const known = wordsSeen.get(key)
  if (known) return known
  let period: DayPeriod | null = null
  let unknown: string | null = null
  let where = 'clock of 24'
  for (const text of [between, after]) {
    const word = text.replace(/^[\s,،.日일\-/]+|[\s,،\-/]+$/gu, '')
    if (word === '') continue
    const parts = [word, ...word.split(/[\s,،]+/)]
    const named = parts.map(findDayPeriod).find(found => found !== null) ?? null
    if (named) {
      period = named
      where = 'day periods'
    } else if (!word.split(/[\s,،]+/).every(part => isJoiner(part))) unknown = word
  }
  const words = { period, unknown, where }
  if (wordsSeen.size > 1000) wordsSeen.clear()
  wordsSeen.set(key, words)
  return words
}

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
