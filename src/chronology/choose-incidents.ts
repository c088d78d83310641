import type { Incident } from './incident.ts'
import { placeOnTimeline } from './say-when.ts'
import { sayTelling } from './telling.ts'
import { comparePlaces, type TimelineEntry, type TimelinePlace } from './timeline.ts'
import { keyOf, showsIncidents, type TimelineFilter } from './timeline-filter.ts'

/** An incident with what its records say: who sent them and where they come from. */
export type TimelineIncident = {
  readonly incident: Incident
  readonly senders: readonly string[]
  readonly platforms: readonly string[]
}

/** Chooses the incidents that a filter lets through, each with its place on the timeline. */
export function chooseIncidents(
  incidents: readonly TimelineIncident[],
  filter: TimelineFilter,
  after: TimelinePlace | null,
): readonly TimelineEntry[] {
  if (!showsIncidents(filter)) return []
  const words = filter.words.toLowerCase().split(/\s+/).filter(Boolean)
  return incidents
    .filter(each => passes(each, filter, words))
    .map(({ incident }): TimelineEntry => {
      const clock = placeOnTimeline(incident.newest.when, incident.newest.zone) ?? 'infinity'
      // An incident stands before the records of its own second: its number is below any of theirs.
      return { kind: 'incident', place: { clock, id: incident.incidentId, ordinal: -1 }, incident }
    })
    .filter(entry => (entry.place.clock === 'infinity') === (filter.time === 'unknown'))
    .filter(entry => !after || comparePlaces(entry.place, after) > 0)
}

function passes(each: TimelineIncident, filter: TimelineFilter, words: readonly string[]): boolean {
  const { newest } = each.incident
  if (filter.code !== null && !newest.codes.includes(filter.code)) return false
  if (filter.sender !== null && !each.senders.some(sender => keyOf(sender) === filter.sender)) return false
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
    .join(' ')
    .toLowerCase()
  return words.every(word => told.includes(word.replaceAll('"', '')))
}
