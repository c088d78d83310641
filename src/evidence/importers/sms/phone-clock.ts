import { writeOffset } from '../../../foundation/local-date.ts'

const quarter = 15
const day = 1440

/**
 * How far the clock of the phone was from UTC, in minutes, by the date that the backup writes for people beside the
 * moment. Null where that date does not tell, or names no clock that this moment can have had: then it is not guessed.
 *
 * @param moment milliseconds since 1970
 */
export function findPhoneOffset(readable: string, moment: number): number | null {
  const found = /(?<![\d:.])(\d{1,2}):(\d{2})(?::(\d{2}))?(?![\d:])/.exec(readable)
  if (!found) return null
  const [clock, hours = '', minutes = '', seconds] = found
  const around = readable.replace(clock, ' ')
  const hour = hourOf(Number(hours), readable.slice(found.index + clock.length), around)
  const utc = new Date(moment)
  if (hour === null || Number(minutes) > 59) return null
  if (seconds !== undefined && Number(seconds) !== utc.getUTCSeconds()) return null
  const shift = hour * 60 + Number(minutes) - (utc.getUTCHours() * 60 + utc.getUTCMinutes())
  if (shift % quarter !== 0) return null
  const numbers = (around.match(/\d+/g) ?? []).map(Number)
  const fitting = [shift - day, shift, shift + day].filter(
    // No zone is further from UTC than these.
    offset =>
      offset >= -720 && offset <= 840 && numbers.includes(new Date(moment + offset * 60_000).getUTCDate()),
  )
  const [only] = fitting
  return only !== undefined && fitting.length === 1 ? only : null
}

/** The hour of the day. Letters behind a clock of twelve hours that say neither half leave it open. */
function hourOf(hour: number, behind: string, around: string): number | null {
  if (hour > 23) return null
  const isAfternoon = /(?<!\p{L})p\.?\s?m(?!\p{L})/iu.test(around)
  const isMorning = /(?<!\p{L})a\.?\s?m(?!\p{L})/iu.test(around)
  if (!isAfternoon && !isMorning) return hour <= 12 && /\p{L}/u.test(behind) ? null : hour
  if (isAfternoon && isMorning) return null
  if (hour < 1 || hour > 12) return null
  return (hour % 12) + (isAfternoon ? 12 : 0)
}

/** "UTC+01:00": a clock so many minutes ahead of UTC. */
export const sayOffset = (minutes: number): string => `UTC${writeOffset(minutes)}`
