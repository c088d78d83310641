import { isPossibleDate, readWallClock } from '../foundation/local-date.ts'
import type { Incident } from './incident.ts'

export type SixMonthClock =
  /** `lastDay` is the last day on which proceedings can begin; `daysLeft` is negative once it has passed. */
  | {
      readonly kind: 'running'
      readonly from: string
      readonly number: number
      readonly lastDay: string
      readonly daysLeft: number
    }
  | { readonly kind: 'no-dated-incident' }

/**
 * The six months for an offence that only a magistrates' court can try (s.2 and s.2A), counted from the latest
 * incident with a known time. Where the time is only known to lie between two, the earlier one counts, so that the
 * date shown is never too late. Information for a person, not a decision.
 */
// Magistrates' Courts Act 1980, s.127(1); Protection from Harassment Act 1997, s.2(2) and s.2A(4)
export function findSixMonthClock(incidents: readonly Incident[], zone: string, now: Date): SixMonthClock {
  let latest: { readonly at: Date; readonly number: number } | null = null
  for (const { number, newest } of incidents) {
    if (newest.when.precision === 'unknown') continue
    if (!latest || newest.when.startsAt > latest.at) latest = { at: newest.when.startsAt, number }
  }
  if (!latest) return { kind: 'no-dated-incident' }
  const from = dayOf(latest.at, zone)
  const lastDay = sixMonthsAfter(from)
  const daysLeft = Math.round((Date.parse(lastDay) - Date.parse(dayOf(now, zone))) / 86_400_000)
  return { kind: 'running', from, number: latest.number, lastDay, daysLeft }
}

/** The same day six calendar months later, or the last day of that month where it has no such day. */
// Interpretation Act 1978, Schedule 1: "month" means calendar month
export function sixMonthsAfter(date: string): string {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  const months = year * 12 + (month - 1) + 6
  const laterYear = Math.floor(months / 12)
  const laterMonth = (months % 12) + 1
  let laterDay = day
  while (!isPossibleDate(laterYear, laterMonth, laterDay)) laterDay -= 1
  const pad = (value: number, size: number): string => String(value).padStart(size, '0')
  return `${pad(laterYear, 4)}-${pad(laterMonth, 2)}-${pad(laterDay, 2)}`
}

function dayOf(moment: Date, zone: string): string {
  const { year, month, day } = readWallClock(moment.getTime(), zone)
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
