import { openPartInSight } from '../../audit/operations/open-part-in-sight.ts'
import type { BundleId, CaseId } from '../../foundation/ids.ts'
import type { PageOfList, PlaceInList } from '../../foundation/page-of-list.ts'
import type { Transaction } from '../../platform/database.ts'
import type { BundleInShort, BundleRequest, Recipient } from '../bundle-request.ts'
import { loadBundlePage, loadBundleStates, loadBundles, loadRecipients } from '../store.ts'

/** Every bundle of an open case that the actor may see, the newest first. */
export async function listBundles(
  transaction: Transaction,
  caseId: CaseId,
): Promise<{ readonly bundles: readonly BundleRequest[] }> {
  return { bundles: await loadBundles(transaction, caseId) }
}

/** The same in short, opening nothing. */
export async function listBundlesInShort(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly BundleInShort[]> {
  return loadBundleStates(transaction, caseId)
}

/** A page of them, and who a new one may be for. */
export async function listBundlePage(
  transaction: Transaction,
  caseId: CaseId,
  place: PlaceInList,
): Promise<{ readonly bundles: PageOfList<BundleRequest>; readonly recipients: readonly Recipient[] }> {
  const bundles = await loadBundlePage(transaction, caseId, place)
  const mayAsk = await openPartInSight(transaction, { caseId, part: 'consent', mode: 'read' })
  return { bundles, recipients: mayAsk ? await loadRecipients(transaction, caseId) : [] }
}

/** One bundle of an open case, or null when there is none or it is not for this reader. */
export async function findBundle(
  transaction: Transaction,
  caseId: CaseId,
  bundleId: BundleId,
): Promise<BundleRequest | null> {
  return (await loadBundles(transaction, caseId, { bundleId }))[0] ?? null
}
