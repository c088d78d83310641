import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blankRecord } from './importers/blank-record.ts'
import {
  boundNames,
  type Derived,
  findReached,
  findRoom,
  type KeptBounds,
  nothingDerived,
  sayReached,
  textSizeOf,
  usualBounds,
} from './reading-bounds.ts'

const count = fc.nat(5000)
const derived: fc.Arbitrary<Derived> = fc.record({ records: count, bytes: fc.nat(5_000_000) })
const bounds = fc.record({ file: count, case: count, clinic: count, floor: count })
const add = (one: Derived, other: Derived): Derived => ({
  records: one.records + other.records,
  bytes: one.bytes + other.bytes,
})
/** The file's own is part of its case, and that of its clinic. */
const kept: fc.Arbitrary<KeptBounds> = fc
  .tuple(derived, derived, derived)
  .map(([own, case_, clinic]) => ({ own, case: add(own, case_), clinic: add(add(own, case_), clinic) }))

test('whatever is kept after a reading is within every bound, or no more than was kept before', () => {
  fc.assert(
    fc.property(bounds, fc.nat(10_000), kept, derived, (most, size, before, made) => {
      const reached = findReached(made, findRoom(most, size, before))
      const now = (among: Derived) => among.records - before.own.records + made.records
      const grows = made.records > before.own.records
      const fits =
        made.records <= most.file &&
        made.records <= most.floor + size &&
        now(before.case) <= most.case &&
        now(before.clinic) <= most.clinic
      if (reached === null) expect(fits || !grows).toBe(true)
      else if (reached.by === 'records') expect(fits).toBe(false)
    }),
    { numRuns: 2000 },
  )
})

test('a bound lets through exactly what it says, and not one more: by file, by what it arrived as, by case and by clinic', () => {
  const most = { file: 1000, case: 3000, clinic: 5000, floor: 100 }
  const none: KeptBounds = { own: nothingDerived, case: nothingDerived, clinic: nothingDerived }
  const of = (records: number): Derived => ({ records, bytes: 0 })
  const edge = (size: number, before: KeptBounds, at: number, name: string): void => {
    expect(findReached(of(at), findRoom(most, size, before)), `${name} at ${at}`).toBeNull()
    expect(findReached(of(at + 1), findRoom(most, size, before))?.name).toBe(name)
  }
  edge(1_000_000, none, 1000, 'file')
  edge(38, none, 138, 'packed')
  edge(1_000_000, { ...none, case: of(2500), clinic: of(2500) }, 500, 'case')
  edge(1_000_000, { ...none, case: of(10), clinic: of(4990) }, 10, 'clinic')
  // What it kept before it may keep again, though the bound is lower now.
  edge(1_000_000, { own: of(1500), case: of(3500), clinic: of(9000) }, 1500, 'file')
})

test('text is bounded too, however few records it stands in', () => {
  const most = { ...usualBounds, file: 1000 }
  const none: KeptBounds = { own: nothingDerived, case: nothingDerived, clinic: nothingDerived }
  const room = findRoom(most, 100_000_000, none)
  expect(findReached({ records: 1, bytes: 512_000 }, room)).toBeNull()
  expect(findReached({ records: 1, bytes: 512_001 }, room)).toMatchObject({ name: 'file', by: 'text' })
})

test('the largest chat that an app exports is below every bound, packed as small as it will go', () => {
  const none: KeptBounds = { own: nothingDerived, case: nothingDerived, clinic: nothingDerived }
  const chat = { records: 40_000, bytes: 24_000_000 }
  expect(findReached(chat, findRoom(usualBounds, 60_000, none))).toBeNull()
  const bomb = { records: 629_145, bytes: 60_000_000 }
  expect(findReached(bomb, findRoom(usualBounds, 38_000, none))?.name).toBe('packed')
})

test('each bound is said in words of its own, with what a person can do', () => {
  const said = boundNames.flatMap(name => [
    sayReached({ name, by: 'records', whole: 500_000 }),
    sayReached({ name, by: 'text', whole: 256_000_000 }),
  ])
  for (const words of said) expect(words).toMatch(/^Not read: too long\. .*(Read a part|read a part)/)
  expect(new Set(said).size).toBe(7)
})

test('text that stands twice in a record is counted once, and a long name in every record is counted', () => {
  const place = { from: 0, to: 10, firstLine: 1, lastLine: 1, entry: null }
  const record = { ...blankRecord('message', place, 'Grüße'), text: 'Grüße' }
  expect(textSizeOf(record)).toBe(7)
  expect(textSizeOf({ ...record, text: 'x' })).toBe(8)
  expect(textSizeOf({ ...record, place: { ...place, entry: 'n'.repeat(1000) } })).toBe(1007)
})
