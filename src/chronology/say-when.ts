import { readWallClock, writeWallClock } from '../foundation/local-date.ts'
import { sayDate, sayTime, sayWallClock } from '../foundation/say-date.ts'
import { endOfDayAt, startOfDay } from './find-moment.ts'
import type { When } from './incident.ts'

/** "On 3 March 2026 at 4:05pm", "About …", "Between … and …", "At some time on 3 March 2026", "Time not known". */
export function sayWhen(when: When, zone: string): string {
  switch (when.precision) {
    case 'exact':
      return `On ${sayWallClock(wall(when.startsAt, zone))}`
    case 'about':
      return `About ${sayWallClock(wall(when.startsAt, zone))}`
    case 'between': {
      const from = wall(when.startsAt, zone)
      const to = wall(when.endsAt, zone)
      const firstDay = writeWallClock(from).slice(0, 10)
      const lastDay = writeWallClock(to).slice(0, 10)
      const wholeDays =
        when.startsAt.getTime() === startOfDay(firstDay, zone).getTime() &&
        when.endsAt.getTime() === endOfDayAt(lastDay, zone).getTime()
      if (wholeDays && firstDay === lastDay) return `At some time on ${sayDate(from)}`
      if (wholeDays) return `Between ${sayDate(from)} and ${sayDate(to)}`
      if (firstDay === lastDay) return `Between ${sayTime(from)} and ${sayTime(to)} on ${sayDate(from)}`
      return `Between ${sayWallClock(from)} and ${sayWallClock(to)}`
    }
    case 'unknown':
      return 'Time not known'
  }
}

/** The wall clock an incident stands at on the timeline ("2026-03-03T16:05:00"), or null when nobody knows. */
export function placeOnTimeline(when: When, zone: string): string | null {
  return when.precision === 'unknown' ? null : writeWallClock(wall(when.startsAt, zone))
}

function wall(moment: Date, zone: string) {
  return readWallClock(moment.getTime(), zone)
}
