import { recordAct } from '../../audit/operations/record-act.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { leastAnswers } from '../referral.ts'
import { changeReferral, clearSealedFields } from '../store.ts'
import { askForNames } from './find-name-candidates.ts'
import { takeUpReferral } from './match-names.ts'

export type CoordinatorReason = 'under-age' | 'other-area' | 'not-cyberstalking' | 'other-reason'

/**
 * Decides that a waiting referral is not this clinic's. Names, words and every sealed field go; that somebody asked,
 * and why it was not ours, stays. False when the person acting sees no such waiting referral; the same decision twice
 * is one.
 */
export async function decideNotOurs(
  transaction: Transaction,
  caseId: CaseId,
  because: readonly CoordinatorReason[],
  note: string,
): Promise<boolean> {
  const referral = await takeUpReferral(transaction, caseId)
  if (!referral) return false
  if (referral.state === 'not-ours') return true
  await clearSealedFields(transaction, caseId)
  await changeReferral(transaction, caseId, {
    state: 'not-ours',
    cleared: true,
    answers: { ...leastAnswers, filledBy: referral.answers.filledBy },
    decision: { ...referral.decision, outcome: 'not-ours', ask: [], because: [...because], note },
  })
  await askForNames(transaction, 'no')
  await recordAct(transaction, { verb: 'referral-not-ours', caseId, detail: { because: [...because] } })
  return true
}
