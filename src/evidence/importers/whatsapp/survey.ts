import type { Answers } from '../importer.ts'
import type { Line } from '../split-lines.ts'
import { decideDateOrder, type OrderDecision, type OrderEvidence, ordersFor, weigh } from './date-order.ts'
import { type Header, parseHeader, writtenTime } from './header.ts'

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
}

/** How this export writes its headers. Decided once, before any line is read for its content. */
export type Survey = {
  readonly shape: string
  readonly dialect: string
  readonly order: OrderDecision
  readonly headers: number
  readonly withSender: number
  readonly firstLine: number
  /** Headers of another shape: most likely text pasted from elsewhere. */
  readonly otherHeaders: number
  /** A word beside the time that may be a half of the day in a language nobody here knows. */
  readonly unknownPeriod: string | null
  readonly samples: readonly string[]
}

/** A hostile file could invent a new shape on every line. */
const mostShapes = 32

/** Looks at every line once and says how the file writes its headers; null when no line has one. */
export function surveyLines(): {
  see(lines: readonly Line[]): void
  conclude(answers: Answers): Survey | null
} {
  const shapes = new Map<string, ShapeSeen>()
  const samples: string[] = []
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
        }
        seen.headers += 1
        if (line.text.includes(': ', header.bodyAt)) seen.withSender += 1
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
        if (samples.length < 3) samples.push(writtenTime(line.text, header.bodyAt))
      }
    },
    conclude(answers) {
      let chosen: ShapeSeen | null = null
      for (const seen of shapes.values()) if (!chosen || seen.headers > chosen.headers) chosen = seen
      if (!chosen) return null
      const firstNeverChanges = !chosen.firstChanges && chosen.lastValues.size >= 4
      const order = decideDateOrder(chosen.orders, chosen.dayEqualsMonth, answers, firstNeverChanges)
      const [unknownWord] = chosen.unknownWords
      return {
        shape: chosen.first.writing.shape,
        dialect: dialectOf(chosen.first, order),
        order,
        headers: chosen.headers,
        withSender: chosen.withSender,
        firstLine: chosen.firstLine,
        otherHeaders: total - chosen.headers,
        unknownPeriod: chosen.hourOverTwelve ? null : (unknownWord ?? null),
        samples,
      }
    },
  }
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
  }
}

/** Days are weighed once each time the date changes: most lines repeat the date of the line before. */
type Numbers = readonly [number, number, number]
const sameNumbers = (one: Numbers, other: Numbers) =>
  one[0] === other[0] && one[1] === other[1] && one[2] === other[2]

/** "Android, dd/mm/yy, clock of 24": for a person who wants to know how the file was understood. */
function dialectOf(header: Header, order: OrderDecision): string {
  const app = header.writing.bracketed ? 'iOS' : 'Android'
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
  return `${app}, ${date}, ${clock}${header.second === null ? '' : ' with seconds'}`
}
