import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import { unwrapCaseKey } from '../../platform/keys.ts'
import { openText, sealText } from '../../platform/seal-text.ts'
import { loadFileKey } from '../store.ts'

/** Seals and opens texts of one case. A text is bound to its field and opens under no other name. */
export type CaseSeal = {
  readonly seal: (field: string, text: string) => Promise<Buffer>
  readonly open: (field: string, sealed: Buffer) => Promise<string>
}

/**
 * The seal of a case that is open in this transaction (for any part), or at this person's front door. Name a field for
 * its row (`plan-action <id>`), so that no two texts can be exchanged. Throws `case-key-missing` when the case is not
 * open to whoever acts.
 */
export async function openCaseSeal(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<CaseSeal> {
  const wrapped = await loadFileKey(transaction, caseId)
  if (!wrapped) throw new Fault('case-key-missing', 'The key of a case is not to be had without opening it.')
  const caseKey = unwrapCaseKey(clinic.key, clinic.clinicId, caseId, wrapped)
  const where = (field: string) => ({ clinicId: clinic.clinicId, caseId, field })
  return {
    seal: (field, text) => sealText(caseKey, where(field), text),
    open: (field, sealed) => openText(caseKey, where(field), sealed),
  }
}
