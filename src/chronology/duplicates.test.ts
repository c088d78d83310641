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
