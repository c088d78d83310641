import { isPossibleDate, type WallClock } from '../../../foundation/local-date.ts'
import type { Answers } from '../importer.ts'
import type { Header } from './header.ts'
import { fromPersian } from './persian-calendar.ts'

/** Which number of a date is the day (d), the month (m) and the year (y), in the order written. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd' | 'ydm'

export type Day = Pick<WallClock, 'year' | 'month' | 'day'>

/** What the dates of a whole file say about one order. */
export type OrderEvidence = {
  readonly order: DateOrder
  /** Dates no calendar has, read so. */
  impossible: number
  /** Times the dates step back by more than a day, read so. Exports run forwards. */
  backwards: number
  lastDay: number
}

export type OrderDecision =
  | {
      readonly kind: 'decided'
      readonly order: DateOrder
      readonly because: string
    }
  | { readonly kind: 'open'; readonly orders: readonly DateOrder[] }

const dayLength = 86_400_000

/** WhatsApp began in 2009: an order that puts messages before it speaks against itself. */
const firstYear = 2009

/** The orders that the widths of the numbers allow: a year of four digits can only be where it stands. */
export function ordersFor(header: Header): readonly DateOrder[] {
  if (header.writing.separator === '年' || header.writing.separator === '년') return ['ymd']
  if (header.widths[0] >= 3) return ['ymd', 'ydm']
  if (header.widths[2] >= 3) return ['dmy', 'mdy']
  return ['dmy', 'mdy', 'ymd']
}

/** The day three numbers name in an order, or null when no calendar has it. Nothing rolls over. */
export function dayOf(numbers: readonly [number, number, number], order: DateOrder): Day | null {
  const [a, b, c] = numbers
  const [yearWritten, month, day] =
    order === 'dmy' ? [c, b, a] : order === 'mdy' ? [c, a, b] : order === 'ymd' ? [a, b, c] : [a, c, b]
  if (yearWritten >= 1300 && yearWritten < 1500) return fromPersian(yearWritten, month, day)
  const year = fullYear(yearWritten)
  if (year === null) return null
  return isPossibleDate(year, month, day) ? { year, month, day } : null
}

/** Counts one header for each order still in question. A date that fits no usual order says nothing of any. */
export function weigh(evidence: readonly OrderEvidence[], header: Header): void {
  const days = evidence.map(weighed => dayOf(header.numbers, weighed.order))
  const usualOnes = evidence.some(weighed => weighed.order === 'dmy')
  if (!days.some((day, index) => day !== null && !(usualOnes && evidence[index]?.order === 'ymd'))) return
  evidence.forEach((weighed, index) => {
    const day = days[index] ?? null
    if (day === null || day.year < firstYear) {
      weighed.impossible += 1
      return
    }
    const number = Date.UTC(day.year, day.month - 1, day.day) / dayLength
    if (number < weighed.lastDay - 1) weighed.backwards += 1
    weighed.lastDay = number
  })
}

/**
 * Decides the order from the whole file, never from one line: first by dates that only one order allows, then
 * by which order makes the export run forwards. `firstNeverChanges` is true when the first number stays the same
 * while the last takes many values, as only a year in front does. `sameEitherWay` is true when day and month are equal in every
 * date. What stays open is asked; an answer is used only then.
 */
export function decideDateOrder(
  evidence: readonly OrderEvidence[],
  sameEitherWay: boolean,
  answers: Answers,
  firstNeverChanges = false,
): OrderDecision {
  const decided = (chosen: OrderEvidence, because: string): OrderDecision => ({
    kind: 'decided',
    order: chosen.order,
    because,
  })
  // A year of two digits in front is rare: it counts only when the messages run forwards in no other order.
  const yearLeads = evidence[0]?.order === 'ymd'
  const usual = evidence.filter(weighed => weighed.order !== 'ymd')
  const shortYear = yearLeads ? undefined : evidence.find(weighed => weighed.order === 'ymd')
  if (shortYear && shortYear.impossible === 0 && shortYear.backwards === 0) {
    if (firstNeverChanges) return decided(shortYear, 'the first number never changes while the last does')
    if (usual.every(weighed => weighed.impossible + weighed.backwards > 0))
      return decided(shortYear, 'the messages run forwards only so')
  }
  const inQuestion = [...(yearLeads ? evidence : usual)].sort(
    (one, other) => one.impossible - other.impossible || one.backwards - other.backwards,
  )
  const [best, second] = inQuestion
  if (!best) return { kind: 'open', orders: [] }
  if (!second) return decided(best, 'the year is named')
  if (best.impossible < second.impossible && second.impossible >= 10 * best.impossible) {
    const otherwise = best.backwards > second.backwards + second.impossible
    if (!otherwise)
      return decided(
        best,
        `${second.impossible === 1 ? '1 date is' : `${second.impossible} dates are`} possible only so`,
      )
  }
  if (yearLeads && best.order === 'ymd' && best.impossible === second.impossible)
    return decided(best, 'after a year in front comes the month')
  if (sameEitherWay) return decided(best, 'day and month are the same number in every date')
  if (best.impossible === second.impossible) {
    const forwards = [...inQuestion].sort((one, other) => one.backwards - other.backwards)
    const [steady, other] = forwards
    if (steady && other && other.backwards > 0 && steady.backwards * 4 < other.backwards)
      return decided(steady, 'the messages run forwards only so')
  }
  const wanted =
    answers.dateOrder === 'day-first' ? 'dmy' : answers.dateOrder === 'month-first' ? 'mdy' : null
  const answered = inQuestion.find(weighed => weighed.order === wanted)
  if (answered) return decided(answered, 'a person answered')
  return { kind: 'open', orders: inQuestion.map(weighed => weighed.order) }
}

/** "24" is 2024, "67" is the Thai year 2567 (nobody has a message of 2067) and "70" is 1970 (a clock reset). Null for a year of another calendar. */
// IEEE Std 1003.1 (POSIX), strptime, %y
function fullYear(written: number): number | null {
  if (written >= 52 && written < 70) return 2500 + written - 543
  if (written < 52) return 2000 + written
  if (written < 100) return 1900 + written
  if (written >= 2443 && written <= 2643) return written - 543
  return written >= 1900 && written < 2443 ? written : null
}
