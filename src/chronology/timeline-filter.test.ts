import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseRecordRef, writeRecordRef } from './record.ts'
import { comparePlaces, mergeTimeline, type TimelineEntry, type TimelinePlace } from './timeline.ts'
import {
  factChoices,
  keyOf,
  kindGroups,
  readFilter,
  readTimelinePlace,
  recordKinds,
  type TimelineFilter,
  wholeTimeline,
  writeFilter,
  writeTimelinePlace,
} from './timeline-filter.ts'

const id = fc.uuid().map(text => text.toLowerCase())
const place: fc.Arbitrary<TimelinePlace> = fc.record({
  clock: fc.constantFrom('2026-03-02T10:00:00', '2026-03-02T10:00:01', 'infinity'),
  id,
  ordinal: fc.integer({ min: -1, max: 3 }),
})

test('S11 a URL of the line carries references only: words, senders and platforms never stand in it', () => {
  const written = writeFilter({
    ...wholeTimeline,
    words: 'kill you',
    sender: keyOf('Rob Marsh'),
    platform: keyOf('WhatsApp'),
    exhibit: keyOf('ABC/12'),
  })
  expect(written).not.toMatch(/kill|Rob|Marsh|WhatsApp/i)
})

test('a filter written into a URL is read back the same, without its words', () => {
  const day = fc.option(fc.constantFrom('2026-03-02', '2024-02-29'))
  const filter: fc.Arbitrary<TimelineFilter> = fc.record({
    show: fc.constantFrom('everything', 'records', 'incidents'),
    kind: fc.option(fc.constantFrom(...kindGroups)),
    fact: fc.option(fc.constantFrom(...factChoices)),
    sender: fc.option(fc.string().map(keyOf)),
    platform: fc.option(fc.string().map(keyOf)),
    exhibit: fc.option(fc.string().map(keyOf)),
    code: fc.option(fc.constantFrom('A_FOLLOW', 'X_OTHER')),
    from: day,
    until: day,
    words: fc.string(),
    time: fc.constantFrom('known', 'unknown'),
    order: fc.constantFrom('oldest', 'newest'),
  })
  fc.assert(
    fc.property(filter, written => {
      const query = new URLSearchParams(writeFilter(written))
      expect(readFilter(name => query.get(name) ?? '')).toEqual({ ...written, words: '' })
    }),
  )
})

test('what nobody knows to be the app’s stands among the messages and among the lines of the app', () => {
  expect(recordKinds({ ...wholeTimeline, kind: 'messages' })).toContain('unsettled')
  expect(recordKinds({ ...wholeTimeline, kind: 'app-lines' })).toContain('unsettled')
})

test('nonsense in a URL is left out, whatever it is', () => {
  fc.assert(
    fc.property(fc.string(), text => {
      const read = readFilter(() => text)
      expect(read.from === null || /^\d{4}-\d\d-\d\d$/.test(read.from)).toBe(true)
      readTimelinePlace(text)
      parseRecordRef(text)
    }),
  )
  expect(readFilter(() => '2026-02-30').from).toBeNull()
  expect(parseRecordRef('0193b3a0-0000-7000-8000-000000000000.99999999999')).toBeNull()
})

test('a place and a record reference come back from a URL as they went in', () => {
  fc.assert(
    fc.property(place, each => {
      expect(readTimelinePlace(writeTimelinePlace(each))).toEqual(each)
    }),
  )
  const ref = parseRecordRef('0193b3a0-0000-7000-8000-000000000000.12')
  expect(ref && writeRecordRef(ref)).toBe('0193b3a0-0000-7000-8000-000000000000.12')
})

test('page after page, every entry is met once and in order, wherever a page ends', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(place, { selector: writeTimelinePlace }),
      fc.integer({ min: 1, max: 5 }),
      (places, length) => {
        // Only the places matter to the merging.
        const all = places.map(each => ({ kind: 'record', place: each }) as TimelineEntry)
        const met: TimelinePlace[] = []
        let after: TimelinePlace | null = null
        do {
          const begin: TimelinePlace | null = after
          const following = all.filter(entry => !begin || comparePlaces(entry.place, begin) > 0)
          const page = mergeTimeline(following, length)
          met.push(...page.entries.map(entry => entry.place))
          after = page.next
        } while (after)
        expect(met).toEqual([...places].sort(comparePlaces))
      },
    ),
  )
})
