import { findMoments, parseWallClock } from '../foundation/local-date.ts'
import { readTimeOfDay, type TimeOfDay } from '../foundation/read-time-of-day.ts'
import { sayTime } from '../foundation/say-date.ts'

/** Which of the two, when the clocks went back and the hour came twice. */
export type WhichOfTwo = 'earlier' | 'later' | null

export type MomentFound =
  | { readonly kind: 'moment'; readonly at: Date }
  /** `part` says which field to land on; `message` is ready for the screen. */
  | { readonly kind: 'problem'; readonly part: 'time' | 'which'; readonly message: string }

/**
 * Finds the moment that a date ("2026-03-29") and a typed time name in a zone. The hour that the clock change
 * skipped names none, and the hour that came twice names two: then a person says which, nobody guesses.
 */
export function findMoment(date: string, time: string, zone: string, which: WhichOfTwo): MomentFound {
  const read = readTimeOfDay(time)
  if (!read) {
    return {
      kind: 'problem',
      part: 'time',
      message: 'Time must include minutes or am or pm, like 4:05pm or 16:05',
    }
  }
  const found = findMoments(clockOf(date, read), zone)
  switch (found.kind) {
    case 'one':
      return { kind: 'moment', at: new Date(found.moment) }
    case 'none':
      return {
        kind: 'problem',
        part: 'time',
        message: `${sayTime(read)} did not happen on that day, because the clocks went forward. Check the clock it was read from`,
      }
    case 'two':
      if (which === null) {
        return {
          kind: 'problem',
          part: 'which',
          message: `${sayTime(read)} happened twice on that day, because the clocks went back. Select which of the two it was`,
        }
      }
      return { kind: 'moment', at: new Date(which === 'earlier' ? found.earlier : found.later) }
  }
}

/** The first moment of a day in a zone; where midnight was skipped, the first hour that was not. */
export function startOfDay(date: string, zone: string): Date {
  for (let hour = 0; hour < 24; hour += 1) {
    const found = findMoments(clockOf(date, { hour, minute: 0 }), zone)
    if (found.kind === 'one') return new Date(found.moment)
    if (found.kind === 'two') return new Date(found.earlier)
  }
  throw new Error('a day without hours')
}

/** The last minute of a day in a zone. */
export function endOfDayAt(date: string, zone: string): Date {
  const found = findMoments(clockOf(date, { hour: 23, minute: 59 }), zone)
  if (found.kind === 'one') return new Date(found.moment)
  if (found.kind === 'two') return new Date(found.later)
  return new Date(startOfDay(date, zone).getTime() + 86_340_000)
}

function clockOf(date: string, time: TimeOfDay) {
  const midnight = parseWallClock(`${date}T00:00`)
  if (!midnight) throw new Error('a date that is not in the calendar')
  return { ...midnight, ...time }
}
