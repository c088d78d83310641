import { recordAct } from '../../audit/operations/record-act.ts'
import type { Decision } from '../../foundation/decision.ts'
import type { CaseId, ExceptionId, PersonId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { decideExceptionWithdrawal, type WithdrawalRefusal } from '../exception.ts'
import { loadExceptionRequests, saveExceptionDecision } from '../exception-store.ts'

/** Takes back a request to share without consent that nobody has decided yet: only the person who asked may. */
export async function withdrawException(
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  requestId: ExceptionId,
): Promise<Decision<object, WithdrawalRefusal | 'unknown'>> {
  const requests = await loadExceptionRequests(transaction, caseId)
  const request = requests.find(each => each.requestId === requestId)
  if (!request) return { allowed: false, because: 'unknown' }
  const decision = decideExceptionWithdrawal(request, by)
  if (!decision.allowed) return decision
  const withdrawal = { state: 'withdrawn', by, note: '' } as const
  if (!(await saveExceptionDecision(transaction, caseId, requestId, withdrawal)))
    return { allowed: false, because: 'already-decided' }
  await recordAct(transaction, {
    verb: 'exception-taken-back',
    caseId,
    part: 'consent',
    subject: request.agencyId,
    detail: { basis: request.legalBasis },
  })
  return { allowed: true }
}
