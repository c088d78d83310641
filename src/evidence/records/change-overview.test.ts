import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeChance } from '../../../test/support/chance.ts'
import { makeStored, openInMemory } from '../../../test/support/stored-in-memory.ts'
import type { LeafEntry } from '../../foundation/blocks/leaf.ts'
import type { Lookup } from '../../foundation/blocks/leaf-reader.ts'
import type { ItemId } from '../../foundation/ids.ts'
import { findDuplicates } from '../duplicates.ts'
import { changeOverview, isNothing, mergeOverviews } from './change-overview.ts'
import { hashText, SoughtKeys } from './compared-keys.ts'
import { entryKeys } from './entry-keys.ts'
import { findAffected, type ReadSegments } from './find-affected.ts'
import { CaseTotals, ItemCount, type StoredGroups } from './item-count.ts'
import { type StoredRecord, writeClock } from './stored-record.ts'

const items = ['d', 'b', 'a', 'c'].map(letter => `${letter.repeat(8)}-0000-4000-8000-000000000000` as ItemId)
const seeds = [0x1234_5671, 0x2345_6789] as const
const start = Date.UTC(2026, 2, 29, 0, 30)

/** Few senders, texts and minutes, so that much is told again; clocks of two zones, and of none. */
const record = fc.record({
  sender: fc.constantFrom('Sam', 'Sam', 'Sam', 'Alex', ''),
  body: fc.constantFrom('ok', 'ok', 'ok', 'where are you', ''),
  kind: fc.constantFrom('message' as const, 'call' as const),
  minute: fc.option(fc.integer({ min: 0, max: 3 }), { freq: 8 }),
  second: fc.constantFrom(0, 0, 20),
  offset: fc.constantFrom(null, 0, 3_600_000, 120_000),
  precision: fc.constantFrom('minute', 'second'),
})
type Made = ReturnType<typeof record.generate>['value']
const reading = fc.record({
  item: fc.constantFrom(...items),
  records: fc.array(record, { maxLength: 12, size: 'max' }),
})

function toRecords(item: ItemId, made: readonly Made[]): readonly StoredRecord[] {
  return made.map(({ sender, body, kind, minute, second, offset, precision }, ordinal) => {
    const local = minute === null ? null : start + minute * 60_000 + second * 1000
    const base = makeStored(makeChance(1), item, ordinal)
    return {
      ...base,
      sender,
      body,
      local,
      sentAt: local === null || offset === null ? null : local - offset,
      shape: { ...base.shape, kind, precision },
    }
  })
}

/** A case as it is kept: the records of its items, and overviews one upon the other. */
class KeptCase {
  readonly records = new Map<ItemId, readonly StoredRecord[]>()
  overviews: (readonly LeafEntry[])[] = []
  duplicates = 0

  async read(item: ItemId, records: readonly StoredRecord[]): Promise<void> {
    const before = this.records.get(item) ?? []
    this.records.set(item, records)
    const count = new ItemCount(item)
    const keys = new SoughtKeys()
    for (const each of records) count.change(each.shape.kind, each.sender, each.local ?? Number.NaN, 1)
    for (const { sender, body, local, sentAt } of [...before, ...records])
      if (body !== '' && local !== null)
        keys.add({ text: hashText(seeds, sender, body), local, instant: sentAt ?? Number.NaN })
    const all = [...this.records.values()].flat()
    const { reader, generations } = await openInMemory([
      all.filter((_, index) => index % 2 === 0),
      all.filter((_, index) => index % 2 === 1),
    ])
    const held = await reader.itemsOf(generations)
    const offsets = await reader.offsetsOf(generations)
    const readSegments: ReadSegments = async function* (generation, isWanted) {
      const pages = generation.root.segments.filter(isWanted).map(place => ({ generation, place }))
      const places = (await reader.segmentPlaces(pages)).flat().filter(isWanted)
      yield* await reader.segments(places.map(place => ({ generation, place })))
    }
    const searched = generations.map((generation, index) => ({
      generation,
      items: held[index] ?? [],
      offsets: offsets[index] ?? null,
    }))
    const affected = await findAffected(searched, readSegments, item, keys.close(), seeds)
    const changed = await changeOverview(item, count, affected, items, async lookups => this.lookUp(lookups))
    this.overviews.push(changed.entries)
    this.duplicates += changed.duplicates
  }

  get kept(): ReadonlyMap<string, unknown> {
    return new Map(
      mergeOverviews(this.overviews, false)
        .filter(({ value }) => !isNothing(value))
        .map(({ key, value }) => [key, JSON.parse(value.toString('utf8'))]),
    )
  }

  lookUp(lookups: readonly Lookup[]): ReadonlyMap<string, unknown> {
    const isMeant = (name: string) =>
      lookups.some(({ by, key }) => (by === 'key' ? name === key : name.startsWith(key)))
    return new Map([...this.kept].filter(([key]) => isMeant(key)))
  }
}

/** What a case must say when everything in it is compared and counted at once. */
function expected(records: ReadonlyMap<ItemId, readonly StoredRecord[]>) {
  const all = items.flatMap(item => records.get(item) ?? [])
  const duplicates = findDuplicates(
    all.map(({ itemId, ordinal, sender, body, local, sentAt, shape }) => ({
      ref: { itemId, ordinal },
      sender,
      text: body,
      sentAt,
      sentLocal: local === null ? null : writeClock(local),
      precision: shape.precision,
    })),
  )
  const marked = new Set(duplicates.map(({ ref }) => `${ref.itemId} ${ref.ordinal}`))
  const kept = new Map<string, unknown>()
  const totals = new CaseTotals(undefined, [])
  for (const item of items) {
    const count = new ItemCount(item)
    for (const each of records.get(item) ?? [])
      if (!marked.has(`${item} ${each.ordinal}`))
        count.change(each.shape.kind, each.sender, each.local ?? Number.NaN, 1)
    totals.changeAll(count.groups, 1)
    for (const [key, value] of count.entries()) kept.set(key, value)
  }
  for (const [key, value] of totals.entries()) kept.set(key, value)
  for (const { ref, sameAs } of duplicates) {
    kept.set(entryKeys.sameAs(ref.itemId, ref.ordinal), sameAs)
    const told = entryKeys.toldAgain(sameAs.itemId, sameAs.ordinal)
    kept.set(told, [...((kept.get(told) as object[] | undefined) ?? []), ref])
  }
  return { kept, duplicates: duplicates.length }
}

/** The same in one order; groups and months in which nothing is left are left out, and hours name their group. */
function inOneOrder(kept: ReadonlyMap<string, unknown>): unknown {
  const lines: string[] = []
  for (const [key, value] of kept) {
    if (key.startsWith('g'))
      for (const group of value as StoredGroups)
        if (group.weeks.length > 0 || group.undated > 0) lines.push(`${key} ${JSON.stringify(group)}`)
    if (key.startsWith('h')) {
      const groups = kept.get(`g${key.slice(1, 37)}`) as StoredGroups
      for (const [number, hour, counted] of value as [number, number, number][])
        lines.push(`${key} ${groups[number]?.kind} ${groups[number]?.sender} ${hour} ${counted}`)
    }
    if (!'gh'.includes(key[0] ?? '')) lines.push(`${key} ${JSON.stringify(value)}`)
  }
  return lines.sort()
}

test('what is told again and how much there is says the same after every reading as if the whole case were compared', async () => {
  let duplicates = 0
  await fc.assert(
    fc.asyncProperty(fc.array(reading, { minLength: 3, maxLength: 7, size: 'max' }), async readings => {
      const kept = new KeptCase()
      for (const { item, records } of readings) {
        await kept.read(item, toRecords(item, records))
        const all = expected(kept.records)
        expect(inOneOrder(kept.kept)).toEqual(inOneOrder(all.kept))
        expect(kept.duplicates).toBe(all.duplicates)
        duplicates += all.duplicates
      }
    }),
    { numRuns: 120, seed: 20_261_201 },
  )
  expect(duplicates).toBeGreaterThan(500)
})

test('one record that is read later changes what others tell again, through others that say the same at another clock', async () => {
  const [first, second, third, fourth] = items as [ItemId, ItemId, ItemId, ItemId]
  const at = (minute: number, offset: 0 | 120_000 | null): Made => ({
    sender: 'Sam',
    body: 'ok',
    kind: 'message',
    minute,
    second: 0,
    offset,
    precision: 'minute',
  })
  const kept = new KeptCase()
  // The second tells the moment of the third, the fourth only its clock.
  await kept.read(second, toRecords(second, [at(2, 120_000)]))
  await kept.read(third, toRecords(third, [at(0, 0)]))
  await kept.read(fourth, toRecords(fourth, [at(0, null)]))
  expect(kept.kept.get(entryKeys.sameAs(fourth, 0))).toBeUndefined()
  // The first takes the place of the second, so the third is told by nobody before, and the fourth tells it again.
  await kept.read(first, toRecords(first, [at(2, null)]))
  expect(kept.kept.get(entryKeys.sameAs(fourth, 0))).toEqual({ itemId: third, ordinal: 0 })
  expect(inOneOrder(kept.kept)).toEqual(inOneOrder(expected(kept.records).kept))
})
