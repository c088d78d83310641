import { recordAct } from '../../audit/operations/record-act.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { type SealedFieldKind, sealedFieldKinds } from '../referral.ts'
import { loadSealedField, loadSealedFieldKinds } from '../store.ts'
import { openCaseSeal } from './open-case-seal.ts'

/** Which sealed fields a file has, for a person who may see its contact part; what is in them stays sealed. */
export async function listSealedFields(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly SealedFieldKind[]> {
  const found = await loadSealedFieldKinds(transaction, caseId)
  return sealedFieldKinds.filter(kind => found.includes(kind))
}

/**
 * Opens one sealed field after a deliberate click, and records which one (S6). Null when the file has no such field, or
 * the actor may not see it. They may in a referral that waits for them, or a case open for its contact part.
 */
export async function revealContact(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  kind: SealedFieldKind,
): Promise<string | null> {
  const sealed = await loadSealedField(transaction, caseId, kind)
  if (!sealed) return null
  await recordAct(transaction, { verb: 'contact-revealed', caseId, part: 'contact', detail: { field: kind } })
  return (await openCaseSeal(clinic, transaction, caseId)).open(kind, sealed)
}

/**
 * Every sealed field of a file, opened for the program to compare and never to show; the recorded access to the contact
 * part stands for it. The case must be open for that part.
 */
export async function loadSealedFields(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly { readonly kind: SealedFieldKind; readonly text: string }[]> {
  const seal = await openCaseSeal(clinic, transaction, caseId)
  const fields: { kind: SealedFieldKind; text: string }[] = []
  for (const kind of await loadSealedFieldKinds(transaction, caseId)) {
    const sealed = await loadSealedField(transaction, caseId, kind)
    if (sealed) fields.push({ kind, text: await seal.open(kind, sealed) })
  }
  return fields
}
