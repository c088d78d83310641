import { accessCase } from '../../audit/operations/access-case.ts'
import type { BundleEntry } from '../../chronology/bundle-entry.ts'
import { loadChronologyForBundle } from '../../chronology/operations/load-chronology-for-bundle.ts'
import type { ListedItem } from '../../evidence/item.ts'
import { listGiveaways } from '../../evidence/operations/list-giveaways.ts'
import { loadEvidence } from '../../evidence/operations/load-evidence.ts'
import { sayNotRead } from '../../evidence/say-reading.ts'
import { canMakeCopy } from '../../evidence/working-copy.ts'
import type { CaseId, ItemId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import type { RequestedChoices } from '../bundle-request.ts'
import type { WeighedExhibit } from '../exhibit-choice.ts'

/**
 * The exhibits that a bundle with these choices would carry, with the result of searching each. Null for somebody who
 * may not see the evidence or the chronology: they cannot say what may leave.
 */
export async function weighExhibits(
  transaction: Transaction,
  caseId: CaseId,
  records: RequestedChoices['records'],
): Promise<readonly WeighedExhibit[] | null> {
  for (const part of ['evidence', 'chronology'] as const)
    if (!(await accessCase(transaction, { caseId, part, mode: 'read' }))) return null
  const { items } = await loadEvidence(transaction, caseId)
  const cited =
    records === 'all'
      ? null
      : await findCited((await loadChronologyForBundle(transaction, caseId, { records })).entries)
  const going = items.filter(({ item }) => cited === null || cited.has(item.itemId))
  return weighItems(transaction, caseId, going)
}

async function findCited(entries: AsyncIterable<BundleEntry>): Promise<ReadonlySet<ItemId>> {
  const cited = new Set<ItemId>()
  for await (const { sources } of entries) for (const { itemId } of sources) cited.add(itemId)
  return cited
}

/** The result of searching each of these items. The case must be open for its evidence. */
export async function weighItems(
  transaction: Transaction,
  caseId: CaseId,
  items: readonly ListedItem[],
): Promise<readonly (WeighedExhibit & { readonly searchedFor: string | null })[]> {
  const looks = await listGiveaways(
    transaction,
    caseId,
    items.map(({ item }) => item.itemId),
  )
  return items.map(({ item, originalName, reading }) => ({
    itemId: item.itemId,
    reference: item.exhibitRef,
    originalName,
    look: looks.get(item.itemId)?.look ?? null,
    notRead: sayNotRead(reading),
    searchedFor: looks.get(item.itemId)?.searchedFor ?? null,
    // A copy is sent under the name of its original, so it does not repair what is in the name.
    mayCopy: canMakeCopy(item) && looks.get(item.itemId)?.look.inName !== true,
  }))
}
