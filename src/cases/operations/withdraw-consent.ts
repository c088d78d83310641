import { recordAct } from '../../audit/operations/record-act.ts'
import type { CaseId, ConsentId, PersonId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { endConsent, loadConsents } from '../store.ts'

/**
 * Withdraws a consent, on a case that is open for writing its consents. From this instant the agency sees nothing
 * more of it. Withdrawing what is withdrawn changes nothing. False when the case has no such consent.
 */
export async function withdrawConsent(
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  consentId: ConsentId,
): Promise<boolean> {
  const consent = (await loadConsents(transaction, caseId)).find(each => each.consentId === consentId)
  if (!consent) return false
  if (consent.withdrawnAt) return true
  // The act first: after the withdrawal the agency of the person who records it may be the one that sees nothing.
  await recordAct(transaction, {
    verb: 'consent-withdrawn',
    caseId,
    part: 'consent',
    subject: consent.agencyId,
  })
  await endConsent(transaction, caseId, consentId, transaction.now, by)
  return true
}
