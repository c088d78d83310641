import type { NewLeakDay } from '../access-map/leaks/leak-change.ts'
import type { LeakLog } from '../access-map/leaks/leak-log.ts'
import type { Incident } from '../chronology/incident.ts'
import { placeOnTimeline, sayWhen } from '../chronology/say-when.ts'
import type { CalendarDay } from '../foundation/calendar-day.ts'
import type { IncidentId } from '../foundation/ids.ts'
import { readWallClock } from '../foundation/local-date.ts'
import { sayTime } from '../foundation/say-date.ts'

/** An incident of the chronology as a day of the leak finder, but for what kind of thing was known. */
export type OfferedDay = {
  readonly incidentId: IncidentId
  readonly number: number
  readonly when: string
  readonly day: Omit<NewLeakDay, 'kind' | 'incident'>
}

export type OfferedDays = {
  /** The latest first. */
  readonly days: readonly OfferedDay[]
  readonly takenOver: number
  /** Incidents of which nobody knows the day, and those after today: nothing can be taken over from them. */
  readonly withoutDay: number
}

/**
 * Offers the incidents that are not in the leak finder yet, as days on which the suspected person knew something. What
 * kind of thing it was, and whether it was about knowing anything at all, a person says. Where the client was is not
 * known from an incident.
 */
export function offerDays(incidents: readonly Incident[], log: LeakLog, today: CalendarDay): OfferedDays {
  const inBook = new Set(log.days.filter(each => !each.isGone).map(each => each.incident))
  const open = incidents.filter(each => !inBook.has(each.incidentId))
  const days = open.flatMap(({ incidentId, number, newest }): readonly OfferedDay[] => {
    const on = placeOnTimeline(newest.when, newest.zone)?.slice(0, 10)
    if (on === undefined || on > today) return []
    const words = newest.what.replace(/\s+/g, ' ').trim()
    const what = [...words].length > 300 ? `${[...words].slice(0, 299).join('')}…` : words
    const roughly = sayRoughly(newest)
    const day = { knew: true, what, on, roughly, situations: [], readAt: [], guess: 'hardly' as const }
    return [{ incidentId, number, when: sayWhen(newest.when, newest.zone), day }]
  })
  return {
    days: days.toSorted((one, other) => (one.day.on < other.day.on ? 1 : -1)),
    takenOver: incidents.length - open.length,
    withoutDay: open.length - days.length,
  }
}

function sayRoughly({ when, zone }: Incident['newest']): string {
  switch (when.precision) {
    case 'exact':
      return sayTime(readWallClock(when.startsAt.getTime(), zone))
    case 'about':
      return `about ${sayTime(readWallClock(when.startsAt.getTime(), zone))}`
    case 'between':
      return 'on this day or later'
    case 'unknown':
      return ''
  }
}
