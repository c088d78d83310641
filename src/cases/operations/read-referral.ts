import { recordAct } from '../../audit/operations/record-act.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { type BesideReferral, loadBesideReferral } from '../beside-referral-store.ts'
import { type Conflict, findConflicts } from '../conflict.ts'
import type { Referral } from '../referral.ts'
import { findNameCandidates } from './find-name-candidates.ts'
import { takeUpReferral } from './match-names.ts'

/** A waiting referral, with all a coordinator needs to triage it. Sealed fields are named, not shown. */
export type ReferralFile = BesideReferral & {
  readonly referral: Referral
  readonly conflicts: readonly Conflict[]
}

/**
 * Reads a referral that is not opened yet. That is recorded, and the first reading of a form from outside matches its
 * names. Null when the person acting may not see it.
 */
export async function readReferral(transaction: Transaction, caseId: CaseId): Promise<ReferralFile | null> {
  const referral = await takeUpReferral(transaction, caseId)
  if (!referral) return null
  await recordAct(transaction, { verb: 'referral-read', caseId, part: 'referral' })
  const names = { client: referral.clientName, suspect: referral.suspectName }
  return {
    referral,
    conflicts: findConflicts(
      names,
      await findNameCandidates(transaction, caseId, [names.client, names.suspect]),
    ),
    ...(await loadBesideReferral(transaction, caseId)),
  }
}
