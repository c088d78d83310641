import type { CaseId, ItemId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { loadArrivalOrder } from '../record-store.ts'
import { buildEntries } from '../records/build-generation.ts'
import { changeOverview, mergeOverviews } from '../records/change-overview.ts'
import { chooseOverviews } from '../records/choose-taken-in.ts'
import type { CompareSeeds, SoughtRecords } from '../records/compared-keys.ts'
import { AffectedRecords, findAffected, type SearchedGeneration } from '../records/find-affected.ts'
import type { ItemCount } from '../records/item-count.ts'
import { type OpenGeneration, PageReader } from '../records/page-reader.ts'
import type { StoredRoot } from '../records/stored-root.ts'
import { fetchBlocks, findKept, openNewGenerations, readSegments } from './open-records.ts'
import { writeGeneration } from './write-generation.ts'

/** What was read of an item, for the overview: its records as they are now, and what of it has to be compared with others. */
export type ReadItem = {
  readonly itemId: ItemId
  readonly count: ItemCount
  readonly sought: SoughtRecords
  readonly seeds: CompareSeeds
}

/**
 * Writes what changes in the overview of a case by the reading of an item, as an overview upon those there are. It reads the
 * stretches of the timeline in which records of other items can tell the same, and of the overviews what is changed.
 */
export async function writeOverview(
  transaction: Transaction,
  caseId: CaseId,
  before: StoredRoot,
  generations: StoredRoot['generations'],
  item: ReadItem,
  holding: () => Promise<void>,
): Promise<Pick<StoredRoot, 'overviews' | 'duplicates'>> {
  const newReader = () => new PageReader(wanted => fetchBlocks(transaction, caseId, wanted))
  const open = (named: readonly { readonly id: string }[]) =>
    openNewGenerations(
      transaction,
      caseId,
      newReader(),
      named.map(each => each.id),
    )
  const overviews = await open(before.overviews)
  const affected =
    item.sought.keys.length === 0
      ? new AffectedRecords()
      : await findAffected(
          await describe(newReader(), await open(generations)),
          async function* (generation, isWanted) {
            for await (const segment of readSegments(transaction, caseId, generation, isWanted)) yield segment
            await holding()
          },
          item.itemId,
          item.sought,
          item.seeds,
        )
  const arrived = await loadArrivalOrder(transaction, caseId)
  const { entries, duplicates } = await changeOverview(item.itemId, item.count, affected, arrived, lookups =>
    findKept(newReader(), overviews, lookups),
  )
  const taken = chooseOverviews(before.overviews, entries.length)
  const left = before.overviews.slice(0, before.overviews.length - taken.length)
  const older = await Promise.all(
    overviews.slice(left.length).map(async generation => {
      const lookups = [{ by: 'beginning', key: '' }] as const
      const [found = []] = await newReader().lookUp([{ generation, lookups }])
      return found
    }),
  )
  const merged = mergeOverviews([...older, entries], left.length === 0)
  const id = await writeGeneration(transaction, caseId, sink => buildEntries(merged, sink))
  return {
    overviews: [...left, { id, entries: merged.length }],
    duplicates: before.duplicates + duplicates,
  }
}

/** What each generation holds, as far as it says where something can be. */
async function describe(
  reader: PageReader,
  generations: readonly OpenGeneration[],
): Promise<readonly SearchedGeneration[]> {
  const items = await reader.itemsOf(generations)
  const offsets = await reader.offsetsOf(generations)
  return generations.map((generation, index) => ({
    generation,
    items: items[index] ?? [],
    offsets: offsets[index] ?? null,
  }))
}
