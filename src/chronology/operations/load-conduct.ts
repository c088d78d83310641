import { caseSealOf } from '../../cases/operations/open-case-seal.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { CaseSeal } from '../../platform/case-seal.ts'
import type { Transaction } from '../../platform/database.ts'
import { type ConductChoice, conductSchema } from '../conduct.ts'
import { loadSealedChoice, type SealedChoice } from '../conduct-store.ts'

/** The name under which a choice is sealed. */
export function fieldOfChoice(revision: number): string {
  return `conduct ${revision}`
}

export function openChoice({ sealed, ...row }: SealedChoice, seal: CaseSeal): ConductChoice {
  return { ...row, ...conductSchema.parse(JSON.parse(seal.openNow(fieldOfChoice(row.revision), sealed))) }
}

/** The choice that counts, or null when nobody has chosen. */
export async function loadConduct(transaction: Transaction, caseId: CaseId): Promise<ConductChoice | null> {
  const seal = await caseSealOf(transaction, caseId)
  const sealed = await loadSealedChoice(transaction, caseId)
  return sealed && openChoice(sealed, seal)
}
