import { z } from 'zod'
import { readWallClock, type WallClock } from '../foundation/local-date.ts'

/** The days of a week as a profile writes them, in their order. */
export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const
export type Weekday = (typeof weekdays)[number]

const time = z
  .string()
  .regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, { error: 'must be a time such as 09:30, at most 24:00' })

/** When somebody answers: always, or by the week. A night that goes past midnight is two rows. */
export const openingSchema = z.union([
  z.literal('always'),
  z.strictObject({
    weekly: z
      .array(
        z
          .strictObject({ days: z.array(z.enum(weekdays)).min(1), from: time, until: time })
          .refine(row => row.from < row.until, { error: 'must begin before it ends' }),
      )
      .min(1),
    bankHolidays: z.enum(['as-usual', 'closed', 'unknown']).default('unknown'),
  }),
])
export type Opening = z.output<typeof openingSchema>

/** Whether somebody answers at a moment; `bankHoliday` where it would be otherwise, or may be, on one. */
export type Openness =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'always' }
  | { readonly kind: 'open'; readonly until: string; readonly bankHoliday: 'as-usual' | 'closed' | 'unknown' }
  | {
      readonly kind: 'closed'
      readonly opens: { readonly day: Weekday; readonly at: string; readonly inDays: number } | null
    }

/**
 * Whether somebody answers at a moment, by a clock in the zone. Bank holidays are not in any list here: an opening that
 * may not hold on one says so. Hours that nobody wrote down are unknown, and never closed.
 */
export function findOpenness(opening: Opening | undefined, moment: Date, zone: string): Openness {
  if (opening === undefined) return { kind: 'unknown' }
  if (opening === 'always') return { kind: 'always' }
  const clock = readWallClock(moment.getTime(), zone)
  const today = weekdayOf(clock)
  const now = `${two(clock.hour)}:${two(clock.minute)}`
  const rowsOf = (day: Weekday) => opening.weekly.filter(({ days }) => days.includes(day))
  const until = findEnd(rowsOf(today), now)
  if (until !== null) return { kind: 'open', until, bankHoliday: opening.bankHolidays }
  for (let inDays = 0; inDays <= 7; inDays += 1) {
    const day = weekdays[(weekdays.indexOf(today) + inDays) % 7] ?? today
    const starts = rowsOf(day)
      .map(({ from }) => from)
      .filter(from => inDays > 0 || from > now)
      .sort()
    if (starts[0] !== undefined) return { kind: 'closed', opens: { day, at: starts[0], inDays } }
  }
  return { kind: 'closed', opens: null }
}

/** When what is open now ends today, following one row into the next; null when nothing is open. */
function findEnd(rows: readonly { from: string; until: string }[], now: string): string | null {
  let end: string | null = null
  for (;;) {
    const at: string = end ?? now
    const reached: string | undefined = rows
      .filter(({ from, until }) => from <= at && at < until)
      .map(({ until }) => until)
      .sort()
      .at(-1)
    if (reached === undefined) return end
    end = reached
  }
}

function weekdayOf({ year, month, day }: WallClock): Weekday {
  const days = Math.round(Date.UTC(year, month - 1, day) / 86_400_000)
  // 1 January 1970 was a Thursday.
  return weekdays[(((days + 3) % 7) + 7) % 7] ?? 'monday'
}

const two = (value: number): string => String(value).padStart(2, '0')
const sayDayName = (day: Weekday): string => `${day.slice(0, 1).toUpperCase()}${day.slice(1)}`

/** "9:30am", "8pm", "midnight". */
function sayClock(at: string): string {
  const [hour = 0, minute = 0] = at.split(':').map(Number)
  if (minute === 0 && (hour === 0 || hour === 24)) return 'midnight'
  if (minute === 0 && hour === 12) return 'midday'
  const twelve = hour % 12 === 0 ? 12 : hour % 12
  return `${twelve}${minute === 0 ? '' : `:${two(minute)}`}${hour < 12 ? 'am' : 'pm'}`
}

const list = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

/** The hours as they are shown on screen; `words` where a profile has nothing but those. */
export function sayOpeningHours(opening: Opening | undefined, words: string | undefined): string {
  if (opening === undefined) return words ?? 'hours not known'
  if (opening === 'always') return '24 hours a day, every day'
  const rows = opening.weekly.map(({ days, from, until }) => {
    const named = weekdays.filter(day => days.includes(day)).map(sayDayName)
    return `${list(named)} ${sayClock(from)} to ${sayClock(until)}`
  })
  const holidays = {
    'as-usual': '',
    closed: '; closed on bank holidays',
    unknown: '; we do not know about bank holidays',
  }[opening.bankHolidays]
  return `${rows.join('; ')}${holidays}`
}

/** Whether somebody answers now, in words. */
export function sayOpenness(openness: Openness): string {
  switch (openness.kind) {
    case 'always':
      return 'Open now'
    case 'unknown':
      return 'We do not know whether anybody answers now'
    case 'open':
      return `Open now until ${sayClock(openness.until)}${openness.bankHoliday === 'as-usual' ? '' : ', unless today is a bank holiday'}`
    case 'closed': {
      const { opens } = openness
      if (!opens) return 'Closed now'
      const day =
        opens.inDays === 0 ? 'today' : opens.inDays === 1 ? 'tomorrow' : `on ${sayDayName(opens.day)}`
      return `Closed now. Opens ${day} at ${sayClock(opens.at)}`
    }
  }
}
