import { caseSealOf } from '../../cases/operations/open-case-seal.ts'
import type { CaseId, ItemId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { loadGiveaways } from '../giveaway-store.ts'
import type { GiveawaySearch } from '../giveaways/giveaway.ts'

/** What looking through each of the items came to; the case must be open for its evidence. An item nobody looked through is not there. */
export async function listGiveaways(
  transaction: Transaction,
  caseId: CaseId,
  items: readonly ItemId[],
): Promise<ReadonlyMap<ItemId, { readonly look: GiveawaySearch; readonly searchedFor: string }>> {
  return loadGiveaways(transaction, caseId, items, await caseSealOf(transaction, caseId))
}
