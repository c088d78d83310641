import { type AppFact, appFacts } from '../evidence/importers/importer.ts'
import { sha256 } from '../foundation/digest.ts'
import { type ItemId, parseId } from '../foundation/ids.ts'
import { isPossibleDate, parseWallClock } from '../foundation/local-date.ts'
import { type ActCode, parseActCode } from './act-codes.ts'
import type { TimelineOrder, TimelinePlace } from './timeline.ts'

export const kindGroups = ['messages', 'calls', 'pictures-and-files', 'app-lines', 'not-understood'] as const
export type KindGroup = (typeof kindGroups)[number]

/** What of the timeline to show. Senders, platforms and exhibits are named by key, because a URL must not carry a name (S11). */
export type TimelineFilter = {
  readonly show: 'everything' | 'records' | 'incidents'
  readonly kind: KindGroup | null
  /** What a record reports, or "any" for whatever reports anything. */
  readonly fact: AppFact | 'any' | null
  readonly sender: string | null
  readonly platform: string | null
  readonly exhibit: string | null
  readonly code: ActCode | null
  /** First and last day ("2026-03-02"), both included. */
  readonly from: string | null
  readonly until: string | null
  /** Words to look for. Never in a URL: a search is sent as a form. */
  readonly words: string
  readonly time: 'known' | 'unknown'
  readonly order: TimelineOrder
}

export const wholeTimeline: TimelineFilter = {
  show: 'everything',
  kind: null,
  fact: null,
  sender: null,
  platform: null,
  exhibit: null,
  code: null,
  from: null,
  until: null,
  words: '',
  time: 'known',
  order: 'oldest',
}

const kindsOf: Readonly<Record<KindGroup, readonly string[]>> = {
  // What is the app's or a person's, nobody knows which, is among both.
  messages: ['message', 'media', 'unsettled'],
  calls: ['call'],
  'pictures-and-files': ['image', 'file'],
  'app-lines': ['system', 'unsettled'],
  'not-understood': ['unknown', 'quarantined'],
}

/** What can be asked for of what records report. */
export const factChoices = ['any', ...appFacts] as const

/** The kinds of record that a filter lets through, or null for all. */
export function recordKinds(filter: TimelineFilter): readonly string[] | null {
  return filter.kind === null ? null : kindsOf[filter.kind]
}

/** Whether records can stand on the timeline at all: an act code is only ever on an incident. */
export function showsRecords(filter: TimelineFilter): boolean {
  return filter.show !== 'incidents' && filter.code === null
}

/** Whether incidents can stand on the timeline at all: a kind of record, and what it reports, is asked for only of records. */
export function showsIncidents(filter: TimelineFilter): boolean {
  return filter.show !== 'records' && filter.kind === null && filter.fact === null
}

/** The key that stands for a sender, a platform or a reference of an exhibit in a URL: the same text in any case has the same key. */
export function keyOf(text: string): string {
  return sha256(text.normalize('NFC').toLowerCase()).slice(0, 16)
}

/** Reads the references of a filter, as they were sent. What makes no sense is left out, never refused. */
export function readFilter(given: (name: string) => string): TimelineFilter {
  const show = given('show')
  return {
    show: show === 'records' || show === 'incidents' ? show : 'everything',
    kind: kindGroups.find(group => group === given('kind')) ?? null,
    fact: factChoices.find(fact => fact === given('fact')) ?? null,
    sender: readKey(given('sender')),
    platform: readKey(given('platform')),
    exhibit: readKey(given('exhibit')),
    code: parseActCode(given('code')),
    from: readDay(given('from')),
    until: readDay(given('until')),
    words: '',
    time: given('time') === 'unknown' ? 'unknown' : 'known',
    order: given('order') === 'newest' ? 'newest' : 'oldest',
  }
}

/** Writes a filter as the query of a URL, without the words. */
export function writeFilter(filter: TimelineFilter, after: TimelinePlace | null = null): string {
  const query = new URLSearchParams()
  if (filter.show !== 'everything') query.set('show', filter.show)
  for (const name of ['kind', 'fact', 'sender', 'platform', 'exhibit', 'code', 'from', 'until'] as const) {
    const value = filter[name]
    if (value !== null) query.set(name, value)
  }
  if (filter.time === 'unknown') query.set('time', 'unknown')
  if (filter.order === 'newest') query.set('order', 'newest')
  if (after) query.set('after', writeTimelinePlace(after))
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}

/** "2026-03-02T22:01:00~<id>~12": where a page ends, so that the next begins right after it. */
export function writeTimelinePlace(place: TimelinePlace): string {
  return `${place.clock}~${place.id}~${place.ordinal}`
}

/** Reads where a page begins, or null for the beginning of the timeline. */
export function readTimelinePlace(text: string): TimelinePlace | null {
  const [clock = '', id = '', ordinal = ''] = text.split('~')
  if (clock !== 'infinity' && !parseWallClock(clock)) return null
  return parseId<ItemId>(id) && /^-?\d{1,9}$/.test(ordinal) ? { clock, id, ordinal: Number(ordinal) } : null
}

function readKey(text: string): string | null {
  return /^[0-9a-f]{16}$/.test(text) ? text : null
}

function readDay(text: string): string | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  return found && isPossibleDate(Number(found[1]), Number(found[2]), Number(found[3])) ? text : null
}
