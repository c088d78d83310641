import { openCaseSeal } from '../../cases/operations/open-case-seal.ts'
import type { CaseId, DeviceCheckId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { type CheckRow, loadCheckRevisions, loadChecksOf, loadSealedList } from '../check-store.ts'
import { type Check, checkSchema } from '../device-check/check.ts'

/** A check as it was in one revision. */
export type CheckRevision = Omit<CheckRow, 'sealed'> & { readonly check: Check }

/** The name under which a revision of a check is sealed, and the list that came with it. */
export const fieldOfCheck = (checkId: DeviceCheckId, revision: number): string =>
  `device-check ${checkId} ${revision}`
export const fieldOfList = (checkId: DeviceCheckId): string => `device-check-list ${checkId}`

/** Every check of a thing as it stands now, the newest first. The case must be open for its map. */
export async function listChecks(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  thingId: string,
): Promise<readonly CheckRevision[]> {
  return openRows(clinic, transaction, caseId, await loadChecksOf(transaction, caseId, thingId))
}

/** Every revision of one check, the newest first; empty when there is no such check in this case. */
export async function loadCheck(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  checkId: DeviceCheckId,
): Promise<readonly CheckRevision[]> {
  return openRows(clinic, transaction, caseId, await loadCheckRevisions(transaction, caseId, checkId))
}

/** The list that came in with a check, byte for byte; null when there was none. */
export async function openList(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  checkId: DeviceCheckId,
): Promise<Buffer | null> {
  const sealed = await loadSealedList(transaction, caseId, checkId)
  if (!sealed) return null
  const seal = await openCaseSeal(clinic, transaction, caseId)
  return Buffer.from(await seal.open(fieldOfList(checkId), sealed), 'base64')
}

async function openRows(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  rows: readonly CheckRow[],
): Promise<readonly CheckRevision[]> {
  if (rows.length === 0) return []
  const seal = await openCaseSeal(clinic, transaction, caseId)
  return rows.map(({ sealed, ...row }) => ({
    ...row,
    check: checkSchema.parse(JSON.parse(seal.openNow(fieldOfCheck(row.checkId, row.revision), sealed))),
  }))
}
