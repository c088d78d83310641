import { openPartInSight } from '../../audit/operations/open-part-in-sight.ts'
import type { BundleId, CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import type { BundleRequest, Recipient } from '../bundle-request.ts'
import { loadBundles, loadRecipients } from '../store.ts'

/** The bundles of an open case that the actor may see, and who a new one may be for. */
export async function listBundles(
  transaction: Transaction,
  caseId: CaseId,
): Promise<{ readonly bundles: readonly BundleRequest[]; readonly recipients: readonly Recipient[] }> {
  const bundles = await loadBundles(transaction, caseId)
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
