import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ItemId } from '../foundation/ids.ts'
import { type ComparedRecord, findDuplicates } from './duplicates.ts'

const items = ['a', 'b', 'c'].map(letter => `${letter.repeat(8)}-0000-4000-8000-000000000000` as ItemId)

function record(
  item: number,
  ordinal: number,
  local: string,
  text: string,
  more: Partial<ComparedRecord> = {},
): ComparedRecord {
  return {
    ref: { itemId: items[item]!, ordinal }, // the tests use three items
    sender: 'Rob',
    text,
    sentAt: null,
    sentLocal: `2026-03-03T${local}`,
    precision: 'minute',
    ...more,
  }
}

/** Checks which records are marked, as "item.ordinal>item.ordinal". */
function check(records: readonly ComparedRecord[], expected: readonly string[]): void {
  const name = (ref: ComparedRecord['ref']) => `${ref.itemId[0]}${ref.ordinal}`
  expect(findDuplicates(records).map(each => `${name(each.ref)}>${name(each.sameAs)}`)).toEqual(expected)
}

test('the same message in two exports is one message told twice', () => {
  check([record(0, 0, '22:01:00', 'Where are you'), record(1, 7, '22:01:00', 'Where are you')], ['b7>a0'])
})

test('the same words five times in a minute in one export are five messages', () => {
  check(
    [0, 1, 2, 3, 4].map(ordinal => record(0, ordinal, '22:01:00', 'Ring me')),
    [],
  )
})

test('five in one export and three of them in another are five messages, three told twice', () => {
  check(
    [
      ...[0, 1, 2, 3, 4].map(ordinal => record(0, ordinal, '22:01:00', 'Ring me')),
      ...[0, 1, 2].map(ordinal => record(1, ordinal, '22:01:00', 'Ring me')),
    ],
    ['b0>a0', 'b1>a1', 'b2>a2'],
  )
})

test('times are compared as finely as both sources tell them', () => {
  const minute = record(0, 0, '22:01:00', 'Hello')
  check([minute, record(1, 0, '22:01:42', 'Hello', { precision: 'second' })], ['b0>a0'])
  check([{ ...minute, precision: 'second' }, record(1, 0, '22:01:42', 'Hello', { precision: 'second' })], [])
  check([minute, record(1, 0, '22:02:00', 'Hello')], [])
})

test('two sources that know the moment are compared by it, whatever their wall clocks show', () => {
  const at = Date.parse('2026-07-03T21:01:00Z')
  check(
    [
      record(0, 0, '22:01:00', 'Hello', { sentAt: at }),
      record(1, 0, '21:01:00', 'Hello', { sentAt: at }),
      record(2, 0, '22:01:00', 'Hello', { sentAt: at + 3_600_000 }),
    ],
    ['b0>a0'],
  )
})

test('another sender, another text, no text or no time is never a duplicate', () => {
  check([record(0, 0, '22:01:00', 'Hello'), record(1, 0, '22:01:00', 'Hello', { sender: 'Linda' })], [])
  check([record(0, 0, '22:01:00', 'Hello'), record(1, 0, '22:01:00', 'Hello.')], [])
  check([record(0, 0, '22:01:00', ''), record(1, 0, '22:01:00', '')], [])
  const untimed = { sentLocal: null }
  check([record(0, 0, '22:01:00', 'Hello', untimed), record(1, 0, '22:01:00', 'Hello', untimed)], [])
})

test('a third source points at the first, so one message has one original', () => {
  check(
    [0, 1, 2].map(item => record(item, 0, '22:01:00', 'Hello')),
    ['b0>a0', 'c0>a0'],
  )
})

test('whatever arrives, originals are never marked and no item tells one original twice', () => {
  const arbitrary = fc
    .array(
      fc.tuple(
        fc.integer({ min: 0, max: 2 }),
        fc.constantFrom('22:01:00', '22:01:30', '22:02:00'),
        fc.constantFrom('x', 'y'),
      ),
      { maxLength: 40 },
    )
    .map(list =>
      list
        .map(([item, local, text], ordinal) =>
          record(item, ordinal, local, text, { precision: ordinal % 2 ? 'second' : 'minute' }),
        )
        .sort((one, other) =>
          one.ref.itemId < other.ref.itemId
            ? -1
            : one.ref.itemId > other.ref.itemId
              ? 1
              : one.ref.ordinal - other.ref.ordinal,
        ),
    )
  fc.assert(
    fc.property(arbitrary, records => {
      const found = findDuplicates(records)
      const marked = new Set(found.map(each => `${each.ref.itemId}.${each.ref.ordinal}`))
      const told = found.map(each => `${each.ref.itemId} ${each.sameAs.itemId}.${each.sameAs.ordinal}`)
      return (
        found.every(
          each =>
            !marked.has(`${each.sameAs.itemId}.${each.sameAs.ordinal}`) &&
            each.ref.itemId > each.sameAs.itemId,
        ) && new Set(told).size === told.length
      )
    }),
  )
})

/** The rule as it is said: each record of an item tells the first it matches that the item has not told yet. */
function findPlainly(records: readonly ComparedRecord[]): readonly string[] {
  const told: string[] = []
  const originals: ComparedRecord[] = []
  const isSame = (one: ComparedRecord, other: ComparedRecord): boolean => {
    if (one.sender !== other.sender || one.text !== other.text) return false
    const both = one.precision === 'second' && other.precision === 'second'
    if (one.sentAt !== null && other.sentAt !== null)
      return both
        ? one.sentAt === other.sentAt
        : Math.floor(one.sentAt / 60_000) === Math.floor(other.sentAt / 60_000)
    const length = both ? 19 : 16
    return one.sentLocal?.slice(0, length) === other.sentLocal?.slice(0, length)
  }
  for (const item of [...new Set(records.map(each => each.ref.itemId))]) {
    const taken = new Set<ComparedRecord>()
    const fresh: ComparedRecord[] = []
    for (const each of records.filter(one => one.ref.itemId === item)) {
      const free = originals.filter(one => !taken.has(one) && isSame(one, each))
      const first = free.find(one => each.sentAt !== null && one.sentAt !== null) ?? free[0]
      if (first) {
        taken.add(first)
        told.push(`${each.ref.itemId[0]}${each.ref.ordinal}>${first.ref.itemId[0]}${first.ref.ordinal}`)
      } else fresh.push(each)
    }
    originals.push(...fresh)
  }
  return told
}

test('what is found quickly is what the rule says, whatever is known of the times', () => {
  const moment = Date.parse('2026-03-03T22:01:00Z')
  const one = fc.record({
    item: fc.integer({ min: 0, max: 2 }),
    local: fc.constantFrom('22:01:00', '22:01:30', '22:02:00', '23:01:00'),
    text: fc.constantFrom('x', 'y'),
    precision: fc.constantFrom('minute', 'second'),
    sentAt: fc.constantFrom(null, moment, moment + 30_000, moment + 60_000),
  })
  fc.assert(
    fc.property(fc.array(one, { maxLength: 30 }), list => {
      const records = [...list]
        .sort((a, b) => a.item - b.item)
        .map(({ item, local, text, ...more }, ordinal) => record(item, ordinal, local, text, more))
      check(records, findPlainly(records))
    }),
    { numRuns: 3000 },
  )
})

test('S13 the same words a hundred thousand times in one minute are told apart in a moment', () => {
  const records = [0, 1].flatMap(item =>
    Array.from({ length: 50_000 }, (_, ordinal) =>
      record(item, ordinal, '22:01:00', 'x', { precision: ordinal % 2 ? 'second' : 'minute' }),
    ),
  )
  expect(findDuplicates(records)).toHaveLength(50_000)
})
