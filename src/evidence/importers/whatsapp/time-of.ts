import { findMoments, writeMoment, writeWallClock } from '../../../foundation/local-date.ts'
import type { Answers, WhyNoInstant } from '../importer.ts'
import { type DateOrder, type Day, dayOf } from './date-order.ts'
import type { Header } from './header.ts'
import type { Dialect } from './survey.ts'

/** When a header says its message was sent: the moment, or the wall clock alone and why there is no moment. */
export type HeaderTime = {
  readonly sentAt: string | null
  readonly sentLocal: string | null
  readonly why: WhyNoInstant | null
  /** Both moments, when the clocks went back and the reading came twice. */
  readonly possible: readonly string[]
}

const none: readonly string[] = []
const undated = (why: WhyNoInstant): HeaderTime => ({ sentAt: null, sentLocal: null, why, possible: none })
const dateOrderOpen = undated('date-order-unknown')
const dayPeriodOpen = undated('day-period-unknown')

const twoDigits = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'))

/**
 * Reads the times of one file, header by header. Neighbouring messages mostly share their day, so the last day
 * is kept. `isPossible` is false for a header that names a day no calendar has, in every order still open.
 */
export function readTimes(
  dialect: Pick<Dialect, 'order' | 'unknownPeriod'>,
  answers: Answers,
): { isPossible(header: Header): boolean; timeOf(header: Header): HeaderTime } {
  const orders: readonly DateOrder[] =
    dialect.order.kind === 'decided' ? [dialect.order.order] : dialect.order.orders
  let a = -1
  let b = -1
  let c = -1
  let day: Day | null = null
  let date = ''

  const see = (header: Header) => {
    const numbers = header.numbers
    if (numbers[0] === a && numbers[1] === b && numbers[2] === c) return
    ;[a, b, c] = numbers
    day = null
    for (const order of orders) day ??= dayOf(numbers, order)
    date = day ? writeWallClock({ ...day, hour: 0, minute: 0, second: 0 }).slice(0, 11) : ''
  }

  return {
    isPossible(header) {
      see(header)
      return day !== null
    },
    timeOf(header) {
      see(header)
      if (dialect.order.kind === 'open' || day === null) return dateOrderOpen
      if (dialect.unknownPeriod !== null && header.writing.period === null) return dayPeriodOpen
      const second = header.second ?? 0
      const sentLocal = `${date}${twoDigits[header.hour]}:${twoDigits[header.minute]}:${twoDigits[second]}`
      if (answers.zone === undefined) return { sentAt: null, sentLocal, why: 'zone-unknown', possible: none }
      const clock = { ...day, hour: header.hour, minute: header.minute, second }
      const moments = findMoments(clock, answers.zone)
      switch (moments.kind) {
        case 'one':
          return { sentAt: writeMoment(moments.moment), sentLocal, why: null, possible: none }
        case 'two': {
          const possible = [writeMoment(moments.earlier), writeMoment(moments.later)]
          return { sentAt: null, sentLocal, why: 'clock-went-back', possible }
        }
        case 'none':
          return { sentAt: null, sentLocal, why: 'clock-went-forward', possible: none }
      }
    },
  }
}
