import { recordAct } from '../../audit/operations/record-act.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { type JewelKind, jewelKinds } from '../referral.ts'
import { loadJewel, loadJewelKinds } from '../store.ts'
import { openCaseSeal } from './open-case-seal.ts'

/** Which sealed fields a file has, for a person who may see its contact part; what is in them stays sealed. */
export async function listSealedFields(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly JewelKind[]> {
  const found = await loadJewelKinds(transaction, caseId)
  return jewelKinds.filter(kind => found.includes(kind))
}

/**
 * Opens one sealed field after a deliberate click, and records which one (S6). Null when the file has no such field,
 * or it is not the actor's to see: a referral at their front door, or a case open for its contact part.
 */
export async function revealContact(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  kind: JewelKind,
): Promise<string | null> {
  const sealed = await loadJewel(transaction, caseId, kind)
  if (!sealed) return null
  await recordAct(transaction, { verb: 'contact-revealed', caseId, part: 'contact', detail: { field: kind } })
  return (await openCaseSeal(clinic, transaction, caseId)).open(kind, sealed)
}
