import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wholeAccount as account, listedItem } from '../../test/support/made-items.ts'
import { beginningOfList, linesOnAPage } from '../foundation/page-of-list.ts'
import type { Reading, ReadingState } from './item.ts'
import { chooseItems, everyItem, readItemFilter, writeItemFilter } from './list-filter.ts'
import {
  countReadingStatuses,
  findReadingStatus,
  readingStatuses,
  sayReadingCounts,
} from './reading-status.ts'
import { sayReading } from './say-reading.ts'

const reading = (change: Partial<Reading> = {}): Reading => ({
  state: 'done',
  format: 'whatsapp',
  dialect: '',
  account,
  failure: null,
  questions: [],
  answers: {},
  endedAt: null,
  ...change,
})

test('only what was read to its end with nothing open is read; everything else has its own word', () => {
  expect(findReadingStatus(reading())).toBe('read')
  expect(findReadingStatus(reading({ account: { ...account, unknown: 1 } }))).toBe('in-doubt')
  expect(findReadingStatus(reading({ account: { ...account, quarantined: 1 } }))).toBe('in-doubt')
  expect(findReadingStatus(reading({ account: { ...account, problemCount: 1 } }))).toBe('in-doubt')
  expect(findReadingStatus(reading({ account: { ...account, records: 0, unknown: 2 } }))).toBe('unread')
  expect(findReadingStatus(reading({ account: { ...account, readable: false } }))).toBe('failed')
  expect(findReadingStatus(reading({ state: 'asking' }))).toBe('asking')
  expect(findReadingStatus(reading({ state: 'failed' }))).toBe('failed')
  expect(findReadingStatus(reading({ state: 'waiting' }))).toBe('being-read')
  expect(findReadingStatus(reading({ account: null }))).toBe('unread')
  expect(findReadingStatus(null)).toBe('unread')
})

test('the green word is given for nothing that is not read, whatever the account says', () => {
  const accounts = fc.record({
    records: fc.nat(3),
    unknown: fc.nat(2),
    quarantined: fc.nat(2),
    problemCount: fc.nat(2),
    readable: fc.boolean(),
  })
  const states = fc.constantFrom<ReadingState>('waiting', 'reading', 'asking', 'done', 'failed')
  fc.assert(
    fc.property(accounts, states, fc.boolean(), (numbers, state, isThere) => {
      const one = reading({ state, account: isThere ? { ...account, ...numbers } : null })
      const good = sayReading(one).mood === 'good'
      expect(good).toBe(findReadingStatus(one) === 'read')
      if (!good) return
      expect([state, numbers.readable]).toEqual(['done', true])
      expect(numbers.records).toBeGreaterThan(0)
      expect(numbers.unknown + numbers.quarantined + numbers.problemCount).toBe(0)
    }),
  )
})

test('a picture and a recording are looked through, and nobody claims to have read their words', () => {
  const byKind = { ...account.byKind, message: 0, image: 2, file: 10 }
  expect(sayReading(reading({ account: { ...account, byKind } })).tag).toBe('Looked through')
})

test('every item is counted once, worst first, and what there is none of is not said', () => {
  const items = [null, reading(), reading({ state: 'failed' }), reading()].map(each => ({ reading: each }))
  const counts = countReadingStatuses(items)
  expect(readingStatuses.reduce((sum, status) => sum + counts[status], 0)).toBe(counts.items)
  expect(sayReadingCounts(counts)).toBe('1 could not be read; 1 kept, not read; 2 read or looked through')
})

test('the list is worst first, keeps the order in which alike items came, filters, and loses nothing over its pages', () => {
  const readings = fc.constantFrom(
    null,
    reading(),
    reading({ state: 'failed' }),
    reading({ state: 'asking' }),
    reading({ account: { ...account, problemCount: 1 } }),
  )
  fc.assert(
    fc.property(fc.array(readings, { maxLength: 3 * linesOnAPage }), found => {
      const items = found.map((each, index) => listedItem(`ABC/${index + 1}`, each))
      const first = chooseItems(
        items,
        readItemFilter(() => null),
      )
      const all = Array.from(
        { length: first.pages },
        (_, index) =>
          chooseItems(items, { show: 'all', order: 'worst-first', place: { page: index + 1, after: null } })
            .lines,
      ).flat()
      expect(new Set(all)).toEqual(new Set(items))
      const ranks = all.map(each => readingStatuses.indexOf(findReadingStatus(each.reading)))
      expect(ranks).toEqual([...ranks].sort((one, other) => one - other))
      expect(
        chooseItems(items, { show: 'failed', order: 'as-they-came', place: beginningOfList }).lines.every(
          each => findReadingStatus(each.reading) === 'failed',
        ),
      ).toBe(true)
    }),
    { numRuns: 50 },
  )
})

test('a filter comes back from its own address, and nonsense shows everything', () => {
  const read = (query: URLSearchParams) => readItemFilter(name => query.get(name))
  const filter = { show: 'in-doubt', order: 'as-they-came', place: beginningOfList } as const
  expect(read(new URLSearchParams(writeItemFilter(filter)))).toEqual(filter)
  expect(read(new URLSearchParams('?show=%3Cscript%3E&page=-1&order=x'))).toEqual(everyItem)
})
