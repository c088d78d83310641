import { recordAct } from '../../audit/operations/record-act.ts'
import type { CaseId, PersonId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { addBar, holdBars } from '../bar-store.ts'
import { findConflicts, findProvisionalBars } from '../conflict.ts'
import { loadStaffCandidates, markMatched } from '../name-store.ts'
import type { Referral } from '../referral.ts'
import { loadReferral } from '../store.ts'

/**
 * A waiting referral for the person who opens it now; null when they may not see it. A form from outside is matched
 * against the names of staff when it is first opened, and not before. A colleague who is named like the suspected
 * person is barred, and if that is the person opening it, they read nothing.
 */
export async function takeUpReferral(transaction: Transaction, caseId: CaseId): Promise<Referral | null> {
  const referral = await loadReferral(transaction, caseId)
  if (!referral || referral.isMatched || referral.state === 'not-ours') return referral
  // When two people open it at once, the second waits here for the bars that the first makes.
  await holdBars(transaction, caseId)
  if (await markMatched(transaction, caseId)) await barLikeNames(transaction, caseId, referral.suspectName)
  return loadReferral(transaction, caseId)
}

/** Bars every colleague who is named like the suspected person. Done last of all: it may be the person acting. */
export async function barLikeNames(
  transaction: Transaction,
  caseId: CaseId,
  suspectName: string,
): Promise<void> {
  for (const personId of await findNamesakes(transaction, suspectName)) {
    await addBar(transaction, caseId, personId, 'name-like-the-suspected-person')
    await recordAct(transaction, {
      verb: 'person-barred',
      caseId,
      subject: personId,
      detail: { provisional: true },
    })
  }
}

/** Who among staff is named like a suspected person; compared in memory, and kept nowhere. */
export async function findNamesakes(
  transaction: Transaction,
  suspectName: string,
): Promise<readonly PersonId[]> {
  if (suspectName === '') return []
  const names = { client: '', suspect: suspectName }
  return findProvisionalBars(findConflicts(names, await loadStaffCandidates(transaction)))
}
