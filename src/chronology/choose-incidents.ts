import { isFound, readSearch, type Search } from '../evidence/records/record-terms.ts'
import type { Incident } from './incident.ts'
import { placeOnTimeline } from './say-when.ts'
import { sayTelling } from './telling.ts'
import { comparePlacesIn, type TimelineEntry, type TimelinePlace } from './timeline.ts'
import { keyOf, showsIncidents, type TimelineFilter } from './timeline-filter.ts'

/** An incident with what its records say: who sent them, where they come from, and in which exhibits they stand. */
export type TimelineIncident = {
  readonly incident: Incident
  readonly senders: readonly string[]
  readonly platforms: readonly string[]
  readonly exhibits: readonly string[]
}

/** Chooses the incidents that a filter lets through, each with its place on the timeline. */
export function chooseIncidents(
  incidents: readonly TimelineIncident[],
  filter: TimelineFilter,
  after: TimelinePlace | null,
): readonly TimelineEntry[] {
  if (!showsIncidents(filter)) return []
  const search = filter.words === '' ? null : readSearch(filter.words)
  return incidents
    .filter(each => passes(each, filter, search))
    .map(({ incident }): TimelineEntry => {
      const clock = placeOnTimeline(incident.newest.when, incident.newest.zone) ?? 'infinity'
      // An incident stands before the records of its own second: its number is below any of theirs.
      return { kind: 'incident', place: { clock, id: incident.incidentId, ordinal: -1 }, incident }
    })
    .filter(entry => (entry.place.clock === 'infinity') === (filter.time === 'unknown'))
    .filter(entry => !after || comparePlacesIn(filter.order)(entry.place, after) > 0)
}

function passes(each: TimelineIncident, filter: TimelineFilter, search: Search | null): boolean {
  const { newest } = each.incident
  if (filter.code !== null && !newest.codes.includes(filter.code)) return false
  if (filter.sender !== null && !each.senders.some(sender => keyOf(sender) === filter.sender)) return false
  if (filter.exhibit !== null && !each.exhibits.some(exhibit => keyOf(exhibit) === filter.exhibit))
    return false
  const platforms = newest.platform === '' ? each.platforms : [newest.platform, ...each.platforms]
  if (filter.platform !== null && !platforms.some(platform => keyOf(platform) === filter.platform))
    return false
  if (filter.time === 'known' && newest.when.precision !== 'unknown') {
    const first = placeOnTimeline(newest.when, newest.zone)?.slice(0, 10) ?? ''
    const last =
      newest.when.precision === 'between'
        ? (placeOnTimeline({ precision: 'exact', startsAt: newest.when.endsAt }, newest.zone)?.slice(0, 10) ??
          '')
        : first
    if (filter.from !== null && last < filter.from) return false
    if (filter.until !== null && first > filter.until) return false
  }
  const told = [
    newest.what,
    newest.clientWords,
    newest.changed,
    sayTelling(newest.telling, newest.toldTo),
    newest.platform,
  ]
  return search === null || isFound(search, told.join(' '))
}
