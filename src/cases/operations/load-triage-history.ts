import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import type { TriageRevision } from '../triage-revision.ts'
import { loadTriageRows } from '../triage-store.ts'

/** A revision beside the one before it, so that it can be said from what to what. */
export type RevisionStep = { readonly now: TriageRevision; readonly before: TriageRevision | null }

/**
 * How type and urgency were settled and revised, the newest first, on a case open for its triage; and where the older
 * page begins, if there is one.
 */
export async function loadTriageHistory(
  transaction: Transaction,
  caseId: CaseId,
  page: { readonly before: number | null; readonly atMost: number },
): Promise<{ readonly steps: readonly RevisionStep[]; readonly older: number | null }> {
  const rows = await loadTriageRows(transaction, caseId, { ...page, atMost: page.atMost + 1 })
  const steps = rows.slice(0, page.atMost).map((now, index) => ({ now, before: rows[index + 1] ?? null }))
  return { steps, older: rows.length > page.atMost ? (steps.at(-1)?.now.triageId ?? null) : null }
}

/** The settling that counts now; null where none was kept. */
export async function loadLatestTriage(
  transaction: Transaction,
  caseId: CaseId,
): Promise<TriageRevision | null> {
  return (await loadTriageRows(transaction, caseId, { before: null, atMost: 1 }))[0] ?? null
}
