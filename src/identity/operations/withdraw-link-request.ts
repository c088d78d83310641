import { recordAct } from '../../audit/operations/record-act.ts'
import type { LinkRequestId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { holdLinkRequest, saveLinkDecision } from '../link-request-store.ts'

/** Takes back what was asked for and is not decided yet; what was decided stays. False when there is no such thing. */
export async function withdrawLinkRequest(
  transaction: Transaction,
  requestId: LinkRequestId,
): Promise<boolean> {
  const request = await holdLinkRequest(transaction, requestId)
  if (!request) return false
  if (request.state !== 'asked') return true
  await saveLinkDecision(transaction, requestId, { state: 'withdrawn', reason: '' })
  await recordAct(transaction, { verb: 'link-request-withdrawn', subject: request.personId })
  return true
}
