/** A wall clock as somebody read it: no zone, so not yet a moment. Months run from 1 to 12. */
export type WallClock = {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

/** Which moments a wall clock names in a zone. Moments are milliseconds since 1970 in UTC. */
export type Moments =
  | { readonly kind: 'one'; readonly moment: number; readonly offsetMinutes: number }
  /** The clocks went back: the same reading came twice. */
  | { readonly kind: 'two'; readonly earlier: number; readonly later: number }
  /** The clocks went forward: no clock that was right ever showed this reading. */
  | { readonly kind: 'none' }

const dayLength = 86_400_000
const formatters = new Map<string, Intl.DateTimeFormat>()
const steadyDays = new Map<string, Map<number, number | null>>()

/** True when the text is a zone of the IANA database that this machine knows ("Europe/London"). */
export function isKnownZone(zone: string): boolean {
  try {
    formatterOf(zone)
    return true
  } catch {
    return false
  }
}

/** True when the calendar has such a day and the clock such a time; 29 February only in leap years. */
export function isPossible(clock: WallClock): boolean {
  return (
    isPossibleDate(clock.year, clock.month, clock.day) &&
    clock.hour >= 0 &&
    clock.hour <= 23 &&
    clock.minute >= 0 &&
    clock.minute <= 59 &&
    clock.second >= 0 &&
    clock.second <= 59
  )
}

/** True when the Gregorian calendar has this day. */
export function isPossibleDate(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false
  if (day <= 28) return true
  if (month === 2) return day === 29 && ((year % 4 === 0 && year % 100 !== 0) || year % 400 === 0)
  return day <= (month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31)
}

/**
 * Finds the moments that a wall clock names in a zone. The answer is exact on the days the clocks change:
 * two moments in the hour that came twice, none in the hour that was skipped. Throws on an unknown zone.
 */
export function findMoments(clock: WallClock, zone: string): Moments {
  const asUtc = asIfUtc(clock)
  const day = Math.floor(asUtc / dayLength)
  const steady = steadyOffset(day, zone)
  if (steady !== null) return { kind: 'one', moment: asUtc - steady, offsetMinutes: steady / 60_000 }
  // No zone is further than a day from UTC, so every offset that can apply is in force a day before or after.
  const offsets = new Set([offsetAt(asUtc - dayLength, zone), offsetAt(asUtc + dayLength, zone)])
  const found = [...offsets]
    .map(offset => asUtc - offset)
    .filter(moment => moment + offsetAt(moment, zone) === asUtc)
    .sort((a, b) => a - b)
  const [first, second] = found
  if (first === undefined) return { kind: 'none' }
  if (second !== undefined) return { kind: 'two', earlier: first, later: second }
  return { kind: 'one', moment: first, offsetMinutes: (asUtc - first) / 60_000 }
}

/** What a right clock in the zone shows at a moment. Throws on an unknown zone. */
export function readWallClock(moment: number, zone: string): WallClock {
  return fromUtc(moment + offsetAt(moment, zone))
}

/** "2021-12-30T22:01:00": ISO 8601 without an offset, because a wall clock has none. */
export function writeWallClock(clock: WallClock): string {
  const date = `${String(clock.year).padStart(4, '0')}-${two(clock.month)}-${two(clock.day)}`
  return `${date}T${two(clock.hour)}:${two(clock.minute)}:${two(clock.second)}`
}

/** Reads "2021-12-30T22:01" or "2021-12-30T22:01:00"; null for another shape or an impossible date. */
export function parseWallClock(text: string): WallClock | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(text)
  if (!found) return null
  const [year, month, day, hour, minute, second] = found.slice(1).map(part => Number(part ?? 0))
  const clock = {
    year: year ?? 0,
    month: month ?? 0,
    day: day ?? 0,
    hour: hour ?? 0,
    minute: minute ?? 0,
    second: second ?? 0,
  }
  return isPossible(clock) ? clock : null
}

/** "2021-12-30T22:01:00Z": a moment in UTC, whole seconds. */
export function writeMoment(moment: number): string {
  return `${new Date(moment).toISOString().slice(0, 19)}Z`
}

/** "+01:00": an offset from UTC in minutes, as ISO 8601 writes it. */
export function writeOffset(minutes: number): string {
  const size = Math.abs(Math.round(minutes))
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

function asIfUtc(clock: WallClock): number {
  const date = new Date(0)
  date.setUTCFullYear(clock.year, clock.month - 1, clock.day)
  return date.getTime() + ((clock.hour * 60 + clock.minute) * 60 + clock.second) * 1000
}

function fromUtc(milliseconds: number): WallClock {
  const date = new Date(milliseconds)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  }
}

/** The one offset in force from a day before this day until a day after it, or null near a change of clocks. */
function steadyOffset(day: number, zone: string): number | null {
  let days = steadyDays.get(zone)
  if (!days) {
    days = new Map()
    steadyDays.set(zone, days)
  }
  const known = days.get(day)
  if (known !== undefined) return known
  const before = offsetAt((day - 1) * dayLength, zone)
  const on = offsetAt(day * dayLength, zone)
  const after = offsetAt((day + 2) * dayLength, zone)
  const steady = before === on && on === after ? on : null
  days.set(day, steady)
  return steady
}

function offsetAt(moment: number, zone: string): number {
  const part: Record<string, number> = {}
  for (const { type, value } of formatterOf(zone).formatToParts(moment)) part[type] = Number(value)
  const wall = asIfUtc({
    year: part['year'] ?? 0,
    month: part['month'] ?? 1,
    day: part['day'] ?? 1,
    hour: part['hour'] ?? 0,
    minute: part['minute'] ?? 0,
    second: part['second'] ?? 0,
  })
  return wall - Math.floor(moment / 1000) * 1000
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-GB-u-ca-gregory-nu-latn', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formatters.set(zone, formatter)
  }
  return formatter
}

const two = (value: number) => (value < 10 ? `0${value}` : String(value))
