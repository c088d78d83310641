import type { Answers } from '../importer.ts'
import type { Line } from '../split-lines.ts'
import { findColon, senderOf } from './author.ts'
import { decideDateOrder, type OrderDecision, type OrderEvidence, ordersFor, weigh } from './date-order.ts'
import type { IsName } from './find-notice.ts'
import { type Header, parseHeader, writtenTime } from './header.ts'
import { knowNames } from './known-names.ts'

/** What all headers of one shape have in common, over the whole file. */
type ShapeSeen = {
  readonly first: Header
  readonly firstLine: number
  readonly orders: readonly OrderEvidence[]
  lastNumbers: readonly [number, number, number]
  headers: number
  withSender: number
  dayEqualsMonth: boolean
  firstChanges: boolean
  readonly lastValues: Set<number>
  hourOverTwelve: boolean
  readonly unknownWords: Set<string>
  readonly samples: string[]
}

/** One form of header, decided over all its headers at once. */
export type Dialect = {
  readonly shape: string
  /** "Android, dd/mm/yy, clock of 24" */
  readonly words: string
  readonly order: OrderDecision
  readonly headers: number
  readonly firstLine: number
  /** A word beside the time that may be a half of the day in a language nobody here knows. */
  readonly unknownPeriod: string | null
  readonly samples: readonly string[]
}

/** How this export writes its headers. Decided once, before any line is read for its content. */
export type Survey = {
  /** The dialect of most lines. */
  readonly main: Dialect
  /** Every dialect whose lines are read, by its shape, the main one first. */
  readonly dialects: ReadonlyMap<string, Dialect>
  readonly headers: number
  readonly withSender: number
  readonly firstLine: number
  /** Headers that a log of some program writes as well. */
  readonly mayBeLog: boolean
  /** Headers that are read as text of the message above, and the first lines they stand in. */
  readonly otherHeaders: number
  readonly otherLines: readonly number[]
  readonly isName: IsName
}

/** A hostile file could invent a new shape on every line. */
const mostShapes = 32
/** So many headers, and a fifth of all, are no chat pasted into a message: two exports lie in one file. */
const leastOfOtherKind = 3

/** Looks at every line once and says how the file writes its headers; null when no line has one. */
export function surveyLines(): {
  see(lines: readonly Line[]): void
  conclude(answers: Answers): Survey | null
} {
  const shapes = new Map<string, ShapeSeen>()
  const linesOfShape = new Map<string, number[]>()
  const names = knowNames()
  let total = 0
  return {
    see(lines) {
      for (const line of lines) {
        const header = line.startsLine ? parseHeader(line.text) : null
        if (!header) continue
        total += 1
        let seen = shapes.get(header.writing.shape)
        if (!seen) {
          if (shapes.size === mostShapes) continue
          seen = firstSeen(header, line.number)
          shapes.set(header.writing.shape, seen)
          linesOfShape.set(header.writing.shape, [])
        }
        seen.headers += 1
        const numbers = linesOfShape.get(header.writing.shape)
        if (numbers && numbers.length < 10) numbers.push(line.number)
        const body = line.text.slice(header.bodyAt, header.bodyAt + 200)
        const colon = findColon(body)
        const sender = colon === -1 ? null : senderOf(body.slice(0, colon))
        if (sender !== null) {
          seen.withSender += 1
          names.see(sender)
        }
        if (header.hour > 12 && header.writing.period === null) seen.hourOverTwelve = true
        if (header.writing.unknownWord && seen.unknownWords.size < 4)
          seen.unknownWords.add(header.writing.unknownWord)
        if (sameNumbers(seen.lastNumbers, header.numbers)) continue
        seen.lastNumbers = header.numbers
        if (header.numbers[0] !== seen.first.numbers[0]) seen.firstChanges = true
        if (seen.lastValues.size < 4) seen.lastValues.add(header.numbers[2])
        weigh(seen.orders, header)
        if (header.numbers[0] === header.numbers[1]) continue
        seen.dayEqualsMonth = false
        if (seen.samples.length < 3) seen.samples.push(writtenTime(line.text, header.bodyAt))
      }
    },
    conclude(answers) {
      let chosen: ShapeSeen | null = null
      for (const seen of shapes.values()) if (!chosen || seen.headers > chosen.headers) chosen = seen
      if (!chosen) return null
      const dialects = new Map<string, Dialect>()
      const main = dialectOf(chosen, answers)
      dialects.set(main.shape, main)
      const otherLines: number[] = []
      let read = chosen.headers
      for (const [shape, seen] of shapes) {
        if (seen === chosen) continue
        if (isDialect(seen, chosen, total)) {
          dialects.set(shape, dialectOf(seen, answers))
          read += seen.headers
        } else otherLines.push(...(linesOfShape.get(shape) ?? []))
      }
      return {
        main,
        dialects,
        headers: chosen.headers,
        withSender: chosen.withSender,
        firstLine: chosen.firstLine,
        mayBeLog: isLogLike(chosen),
        otherHeaders: total - read,
        otherLines: otherLines.sort((one, other) => one - other).slice(0, 10),
        isName: names.isName,
      }
    },
  }
}

/**
 * Whether lines with headers of this shape are lines of the export, beside those of the shape most lines have. A chat
 * that somebody pasted into a message comes in brackets or in another form than the file's own, and is short; the same
 * form with the date in another order comes from a phone that was set otherwise, or from a second export put behind the first.
 */
function isDialect(seen: ShapeSeen, main: ShapeSeen, total: number): boolean {
  if (seen.first.writing.ending === main.first.writing.ending) return seen.withSender * 2 >= seen.headers
  return seen.headers >= leastOfOtherKind && seen.headers * 5 >= total && seen.withSender * 2 >= seen.headers
}

/** A log has a date, a time and a colon too. No phone writes dates with dashes there, and a chat names people. */
function isLogLike({ first, headers, withSender }: ShapeSeen): boolean {
  return first.writing.ending === ':' && (first.writing.separator === '-' || withSender * 2 <= headers)
}

function firstSeen(first: Header, firstLine: number): ShapeSeen {
  return {
    first,
    firstLine,
    orders: ordersFor(first).map(order => ({ order, impossible: 0, backwards: 0, lastDay: -Infinity })),
    lastNumbers: [0, 0, 0],
    headers: 0,
    withSender: 0,
    dayEqualsMonth: true,
    firstChanges: false,
    lastValues: new Set(),
    hourOverTwelve: false,
    unknownWords: new Set(),
    samples: [],
  }
}

function dialectOf(seen: ShapeSeen, answers: Answers): Dialect {
  const firstNeverChanges = !seen.firstChanges && seen.lastValues.size >= 4
  const order = decideDateOrder(seen.orders, seen.dayEqualsMonth, answers, firstNeverChanges)
  const [unknownWord] = seen.unknownWords
  return {
    shape: seen.first.writing.shape,
    words: sayDialect(seen.first, order),
    order,
    headers: seen.headers,
    firstLine: seen.firstLine,
    unknownPeriod: seen.hourOverTwelve ? null : (unknownWord ?? null),
    samples: seen.samples,
  }
}

/** Days are weighed once each time the date changes: most lines repeat the date of the line before. */
type Numbers = readonly [number, number, number]
const sameNumbers = (one: Numbers, other: Numbers) =>
  one[0] === other[0] && one[1] === other[1] && one[2] === other[2]

const apps = { ']': 'iOS', '-': 'Android', ':': 'older export' } as const

/** "Android, dd/mm/yy, clock of 24": for a person who wants to know how the file was understood. */
function sayDialect(header: Header, order: OrderDecision): string {
  const separator =
    header.writing.separator === '年' || header.writing.separator === '년' ? '-' : header.writing.separator
  const year = header.widths[0] === 4 || header.widths[2] === 4 ? 'yyyy' : 'yy'
  const names = { d: 'dd', m: 'mm', y: year }
  const write = (letters: string) =>
    [...letters].map(letter => names[letter === 'd' ? 'd' : letter === 'm' ? 'm' : 'y']).join(separator)
  const date =
    order.kind === 'decided'
      ? write(order.order)
      : `${order.orders.map(write).join(' or ')} (not known which)`
  const clock = header.writing.period === null ? 'clock of 24' : 'clock of 12'
  return `${apps[header.writing.ending]}, ${date}, ${clock}${header.second === null ? '' : ' with seconds'}`
}
