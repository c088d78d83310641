import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { onceInVisit } from '../../platform/once-in-visit.ts'
import { type ContactInShort, contactInShort } from '../contact-in-short.ts'
import { loadSealedContact } from '../contact-of-case-store.ts'
import { openPlanRow } from './load-plan.ts'

/** What counts of reaching a client, whatever the hour; the case must be open for its contact. */
export async function loadContactInShort(transaction: Transaction, caseId: CaseId): Promise<ContactInShort> {
  const { plan, said } = await onceInVisit(transaction, `sealed-contact ${caseId}`, () =>
    loadSealedContact(transaction, caseId),
  )
  const agreed = plan && (await openPlanRow(transaction.actor, transaction, caseId, plan))
  return contactInShort(agreed?.plan ?? null, said)
}
