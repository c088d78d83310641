import { caseSealOf } from '../../cases/operations/open-case-seal.ts'
import type { CaseId, IncidentId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import type { Incident, IncidentInShort } from '../incident.ts'
import { loadIncidentsNamed, loadNewestInShort } from '../incident-list-store.ts'

/**
 * What lies in the open of the incidents of a case, the last made first: those made before one that is named, or from the
 * last on; at most one more than a list counts. None of them is opened.
 */
export function listIncidentsInShort(
  transaction: Transaction,
  caseId: CaseId,
  after: string | null,
): Promise<readonly IncidentInShort[]> {
  return loadNewestInShort(transaction, caseId, after)
}

/** These incidents of a case, opened, as they are told now, the last made first. */
export async function openIncidents(
  transaction: Transaction,
  caseId: CaseId,
  ids: readonly IncidentId[],
): Promise<readonly Incident[]> {
  return loadIncidentsNamed(transaction, caseId, await caseSealOf(transaction, caseId), ids)
}
