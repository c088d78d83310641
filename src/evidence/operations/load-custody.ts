import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { loadCustodyLines, loadHead } from '../custody-store.ts'
import { parseReceipt } from '../receipt.ts'
import { loadArrivals } from '../store.ts'

/** The whole custody log of an open case as it is stored, its signed head, and the sizes it had on receipts. */
export async function loadCustody(
  transaction: Transaction,
  caseId: CaseId,
): Promise<{
  readonly texts: readonly string[]
  readonly checkpoint: string
  readonly receiptSizes: readonly number[]
}> {
  const head = await loadHead(transaction, caseId)
  const kept = await loadCustodyLines(transaction, caseId)
  const arrivals = await loadArrivals(transaction, caseId, {})
  const receiptSizes = arrivals.flatMap(arrival => parseReceipt(arrival.receipt)?.size ?? [])
  return { texts: kept.map(line => line.line), checkpoint: head?.checkpoint ?? '', receiptSizes }
}
