import { recordAct } from '../../audit/operations/record-act.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { loadBars } from '../bar-store.ts'
import { type Conflict, findConflicts } from '../conflict.ts'
import type { FiledBar, FiledTriage } from '../filed.ts'
import { loadNameCandidates } from '../name-store.ts'
import type { Referral, SealedFieldKind } from '../referral.ts'
import { loadSealedFieldKinds, loadTriage } from '../store.ts'
import { takeUpReferral } from './match-names.ts'

/** A waiting referral, with all a coordinator needs to triage it. Sealed fields are named, not shown. */
export type ReferralFile = {
  readonly referral: Referral
  readonly conflicts: readonly Conflict[]
  readonly bars: readonly FiledBar[]
  readonly triage: Omit<FiledTriage, 'conflicts'> | null
  readonly sealed: readonly SealedFieldKind[]
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
      await loadNameCandidates(transaction, caseId, [names.client, names.suspect]),
    ),
    bars: await loadBars(transaction, caseId),
    triage: await loadTriage(transaction, caseId),
    sealed: await loadSealedFieldKinds(transaction, caseId),
  }
}
