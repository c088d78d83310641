import { recordAct } from '../../audit/operations/record-act.ts'
import { listAgencies } from '../../directory/operations/list-agencies.ts'
import type { Decision } from '../../foundation/decision.ts'
import type { CaseId, ConsentId, ExceptionId, PersonId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import { findConsentState } from '../consent.ts'
import { decideExceptionDecision, type ExceptionRefusal } from '../exception.ts'
import { loadExceptionRequests, saveExceptionDecision } from '../exception-store.ts'
import { addConsent, endConsent, loadConsents } from '../store.ts'

export type ExceptionVerdict = { readonly state: 'approved' | 'refused'; readonly note: string }
export type ExceptionDecision = Decision<object, ExceptionRefusal | 'already-in-force' | 'unknown'>

/**
 * Approves or refuses a sharing without consent that somebody else asked for. The approval lets the agency in from this
 * instant, for what was asked and no longer; it ends, or is withdrawn, like a consent.
 */
export async function decideException(
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  requestId: ExceptionId,
  verdict: ExceptionVerdict,
): Promise<ExceptionDecision> {
  const { now } = transaction
  const requests = await loadExceptionRequests(transaction, caseId)
  const request = requests.find(each => each.requestId === requestId)
  if (!request) return { allowed: false, because: 'unknown' }
  const agency = (await listAgencies(transaction)).find(each => each.agencyId === request.agencyId)
  const decision = decideExceptionDecision(request, by, verdict.state, agency?.kind === 'police', now)
  if (!decision.allowed) return decision
  if (verdict.state === 'approved') {
    for (const consent of await loadConsents(transaction, caseId)) {
      if (consent.agencyId !== request.agencyId || consent.withdrawnAt) continue
      if (findConsentState(consent, now) !== 'ended' || !consent.inForceUntil) {
        return { allowed: false, because: 'already-in-force' }
      }
      await endConsent(transaction, caseId, consent.consentId, consent.inForceUntil, null)
    }
  }
  // The decision first: the database lets a row without consent in only in the transaction that approved it.
  if (!(await saveExceptionDecision(transaction, caseId, requestId, { ...verdict, by }))) {
    return { allowed: false, because: 'already-decided' }
  }
  if (verdict.state === 'approved') {
    const isAdded = await addConsent(transaction, caseId, {
      consentId: requestId as string as ConsentId,
      agencyId: request.agencyId,
      parts: request.parts,
      basis: 'lawful-exception',
      how: request.legalBasis,
      reason: request.reason,
      recordedAt: now,
      recordedBy: request.askedBy,
      approvedBy: by,
      inForceFrom: now,
      inForceUntil: request.until,
      words: '',
      wordsEdition: '',
    })
    if (!isAdded) throw new Fault('consent-at-once', 'Somebody recorded a consent at the same moment.')
  }
  await recordAct(transaction, {
    verb: verdict.state === 'approved' ? 'exception-approved' : 'exception-refused',
    caseId,
    part: 'consent',
    subject: request.agencyId,
    detail: { parts: [...request.parts], basis: request.legalBasis, until: request.until.toISOString() },
  })
  return { allowed: true }
}
