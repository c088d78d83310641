import type { LeafEntry } from '../../foundation/blocks/leaf.ts'
import type { Lookup } from '../../foundation/blocks/leaf-reader.ts'
import type { ItemId } from '../../foundation/ids.ts'
import type { Duplicate } from '../duplicates.ts'
import { entryKeys } from './entry-keys.ts'
import type { AffectedRecord, AffectedRecords } from './find-affected.ts'
import {
  CaseTotals,
  type ItemCount,
  openItemCount,
  type StoredGroups,
  type StoredOverview,
} from './item-count.ts'

/** What the overviews of a case say under these keys, the newest of each; what was taken away is left out. */
export type FindKept = (lookups: readonly Lookup[]) => Promise<ReadonlyMap<string, unknown>>

type Ref = Duplicate['ref']

const nameOf = ({ itemId, ordinal }: Ref): string => `${itemId} ${ordinal}`

/**
 * What changes in the overview of a case when the records of an item take the place of earlier ones: entries in the order of
 * their keys, and by how many more records tell another again. It looks at what is kept of the item, of the records that
 * are affected, and of the items that these are of; at nothing else.
 *
 * @param count the records of the item as they are now
 */
export async function changeOverview(
  own: ItemId,
  count: ItemCount,
  affected: AffectedRecords,
  arrived: readonly ItemId[],
  lookUp: FindKept,
): Promise<{ readonly entries: readonly LeafEntry[]; readonly duplicates: number }> {
  const values = new Map<string, unknown>()
  const before = await lookUp([
    { by: 'key', key: entryKeys.counts },
    { by: 'key', key: entryKeys.senders },
    { by: 'key', key: entryKeys.groups(own) },
    { by: 'beginning', key: entryKeys.hours(own, '') },
    { by: 'beginning', key: entryKeys.sameAsOf(own) },
    { by: 'beginning', key: entryKeys.toldAgainOf(own) },
  ])
  const totals = new CaseTotals(
    (before.get(entryKeys.counts) as StoredOverview | undefined)?.all,
    (before.get(entryKeys.senders) as readonly (readonly [string, number])[] | undefined) ?? [],
  )
  totals.changeAll((before.get(entryKeys.groups(own)) as StoredGroups | undefined) ?? [], -1)
  let duplicates = 0
  for (const [key, value] of before) {
    values.set(key, null)
    if (!key.startsWith(entryKeys.sameAsOf(own))) continue
    duplicates -= 1
    values.set(toldAgain(value as Ref), null)
  }
  const counts = new Map<ItemId, ItemCount>([[own, count]])
  for (const { records, found } of affected.compare(arrived)) {
    const others = records.filter(({ ref }) => ref.itemId !== own)
    const told = await lookUp(others.map(({ ref }) => ({ by: 'key', key: sameAs(ref) })))
    const tells = new Map(found.map(({ ref, sameAs: original }) => [nameOf(ref), original]))
    duplicates += found.length - told.size
    for (const original of told.values()) values.set(toldAgain(original as Ref), null)
    for (const [original, refs] of gather(found)) values.set(original, refs)
    const changed: (readonly [AffectedRecord, 1 | -1])[] = []
    for (const record of records) {
      const key = sameAs(record.ref)
      const [was, now] = [told.get(key), tells.get(nameOf(record.ref))]
      if (now) values.set(key, now)
      else if (was !== undefined) values.set(key, null)
      // The count of the item itself holds all of its records so far.
      if ((was !== undefined) !== (now !== undefined)) changed.push([record, now ? -1 : 1])
    }
    await openCounts(counts, changed, lookUp)
    for (const [{ ref, kind, sender, local }, by] of changed) {
      counts.get(ref.itemId)?.change(kind, sender, local, by)
      if (ref.itemId !== own) totals.change(sender, local, by)
    }
  }
  totals.changeAll(count.groups, 1)
  for (const each of [...counts.values(), totals])
    for (const [key, value] of each.entries()) values.set(key, value)
  const entries = [...values].map(([key, value]) => ({
    key,
    value: Buffer.from(JSON.stringify(value), 'utf8'),
  }))
  return { entries: entries.sort((one, other) => (one.key < other.key ? -1 : 1)), duplicates }
}

const sameAs = ({ itemId, ordinal }: Ref): string => entryKeys.sameAs(itemId, ordinal)
const toldAgain = ({ itemId, ordinal }: Ref): string => entryKeys.toldAgain(itemId, ordinal)

/** What tells each original again, by the key of the original. */
function gather(found: readonly Duplicate[]): ReadonlyMap<string, readonly Ref[]> {
  const lists = new Map<string, Ref[]>()
  for (const { ref, sameAs: original } of found) {
    const list = lists.get(toldAgain(original))
    if (list) list.push(ref)
    else lists.set(toldAgain(original), [ref])
  }
  return lists
}

/** Opens the counts of the items that something changes in. */
async function openCounts(
  counts: Map<ItemId, ItemCount>,
  changed: readonly (readonly [AffectedRecord, 1 | -1])[],
  lookUp: FindKept,
): Promise<void> {
  const missing = new Set(changed.map(([{ ref }]) => ref.itemId).filter(itemId => !counts.has(itemId)))
  if (missing.size === 0) return
  const kept = await lookUp(
    [...missing].flatMap(itemId => [
      { by: 'key', key: entryKeys.groups(itemId) } as const,
      { by: 'beginning', key: entryKeys.hours(itemId, '') } as const,
    ]),
  )
  for (const itemId of missing) counts.set(itemId, openItemCount(itemId, kept))
}

/** Overviews one upon the other, the oldest first: what a newer one says counts, and nothing stands for what it took away. */
export function mergeOverviews(
  overviews: readonly (readonly LeafEntry[])[],
  isOldestAmongThem: boolean,
): readonly LeafEntry[] {
  const values = new Map<string, Buffer>()
  for (const entries of overviews) for (const { key, value } of entries) values.set(key, value)
  return [...values]
    .filter(([, value]) => !isOldestAmongThem || !isNothing(value))
    .map(([key, value]) => ({ key, value }))
    .sort((one, other) => (one.key < other.key ? -1 : 1))
}

/** Whether an entry says that nothing is kept under its key any more. */
export const isNothing = (value: Buffer): boolean => value.toString('latin1') === 'null'
