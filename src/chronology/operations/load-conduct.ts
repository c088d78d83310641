import { caseSealOf } from '../../cases/operations/open-case-seal.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { type ConductChoice, conductSchema } from '../conduct.ts'
import { loadSealedChoices } from '../conduct-store.ts'

/** The name under which a choice is sealed. */
export function fieldOfChoice(revision: number): string {
  return `conduct ${revision}`
}

/** What people chose as the course of conduct, the newest first: that one counts. */
export async function loadConductChoices(
  transaction: Transaction,
  caseId: CaseId,
  atMost: number,
): Promise<readonly ConductChoice[]> {
  const seal = await caseSealOf(transaction, caseId)
  return (await loadSealedChoices(transaction, caseId, atMost)).map(({ sealed, ...row }) => ({
    ...row,
    ...conductSchema.parse(JSON.parse(seal.openNow(fieldOfChoice(row.revision), sealed))),
  }))
}

/** The choice that counts, or null when nobody has chosen. */
export async function loadConduct(transaction: Transaction, caseId: CaseId): Promise<ConductChoice | null> {
  return (await loadConductChoices(transaction, caseId, 1))[0] ?? null
}
