import type { LinkRequestId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import type { LinkRequest } from '../link-request.ts'
import { loadLinkRequests } from '../link-request-store.ts'

/** The links that were asked for: those that wait first, then those decided, the newest first. */
export async function listLinkRequests(transaction: Transaction): Promise<readonly LinkRequest[]> {
  return loadLinkRequests(transaction)
}

/** One of them, or null. */
export async function findLinkRequest(
  transaction: Transaction,
  requestId: LinkRequestId,
): Promise<LinkRequest | null> {
  const [request] = await loadLinkRequests(transaction, requestId)
  return request ?? null
}
