import { type RawBuilder, sql } from 'kysely'
import { caseSealOf } from '../cases/operations/open-case-seal.ts'
import type { CaseId, ItemId } from '../foundation/ids.ts'
import type { CaseSeal } from '../platform/case-seal.ts'
import type { Transaction } from '../platform/database.ts'
import { type BodyPlace, openBody, sealBody } from '../platform/seal-body.ts'
import { openValue, sealValue } from '../platform/seal-value.ts'
import { type Derived, type KeptBounds, nothingDerived } from './reading-bounds.ts'
import { derivedContent, derivedOfCasePart, keptPart, type SealedPart } from './sealed-item.ts'

type SealedCount = { sealed: Buffer | null }

/**
 * What is kept of an item, its case and the clinic, before a reading changes any of it; what was never counted holds
 * nothing. Only for a job that has the case open for evidence and chronology, and the lock of the item.
 */
export async function loadKept(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
): Promise<KeptBounds> {
  const seal = await caseSealOf(transaction, caseId)
  const own = await firstOf(transaction, sealedOfItem(transaction, caseId, itemId))
  const ofCase = await firstOf(transaction, sealedOfCase(transaction, caseId))
  const ofClinic = await firstOf(transaction, sealedOfClinic(transaction))
  return {
    own: openCount(seal, keptPart(itemId), own) ?? nothingDerived,
    case: openCount(seal, derivedOfCasePart, ofCase) ?? nothingDerived,
    clinic: openClinicCount(transaction, ofClinic) ?? nothingDerived,
  }
}

/**
 * The same at the end of the reading, as others left it meanwhile. From here on nobody else adds to case or clinic until
 * this transaction ends: two readings at once cannot together go beyond a bound.
 *
 * @param before what `loadKept` gave in this transaction. Who keeps anything also seals the counts, so what is still not
 *   sealed is still what was counted then; and who has the lock of the item knows that its own did not change.
 */
export async function lockKept(
  transaction: Transaction,
  caseId: CaseId,
  before: KeptBounds,
): Promise<KeptBounds> {
  const { clinicId } = transaction.actor
  const tables = transaction.tables()
  const seal = await caseSealOf(transaction, caseId)
  // One after the other, and the case first: everybody takes them in this order.
  await sql`insert into unwatched.derived_of_case values (${clinicId}, ${caseId}, null) on conflict do nothing`.execute(
    tables,
  )
  const ofCase = await firstOf(transaction, sql<SealedCount>`${sealedOfCase(transaction, caseId)} for update`)
  await sql`insert into unwatched.derived_of_clinic values (${clinicId}, null) on conflict do nothing`.execute(
    tables,
  )
  const ofClinic = await firstOf(transaction, sql<SealedCount>`${sealedOfClinic(transaction)} for update`)
  return {
    own: before.own,
    case: openCount(seal, derivedOfCasePart, ofCase) ?? before.case,
    clinic: openClinicCount(transaction, ofClinic) ?? before.clinic,
  }
}

/**
 * Sets what a reading keeps, and with it what the case and the clinic hold. `locked` is what `lockKept` gave; the count of
 * the case carries the revision of its records, so that older ones in their place are found out.
 */
export async function saveKept(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
  locked: KeptBounds,
  now: Derived,
  revision: number,
): Promise<void> {
  const { clinicId } = transaction.actor
  const tables = transaction.tables()
  const seal = await caseSealOf(transaction, caseId)
  const inPlace = (among: Derived): Derived => ({
    records: Math.max(0, among.records - locked.own.records) + now.records,
    bytes: Math.max(0, among.bytes - locked.own.bytes) + now.bytes,
  })
  const sealCount = ({ field, least }: SealedPart, derived: Derived & { revision?: number }): Buffer =>
    sealValue(seal, field, derived, least)
  await sql`update unwatched.derived_of_case set sealed = ${sealCount(derivedOfCasePart, { ...inPlace(locked.case), revision })}
    where clinic_id = ${clinicId} and case_id = ${caseId}`.execute(tables)
  const ofClinic = sealBody(
    transaction.clinicKey(),
    clinicPlace(transaction),
    inPlace(locked.clinic),
    clinicSize,
  )
  await sql`update unwatched.derived_of_clinic set sealed = ${ofClinic} where clinic_id = ${clinicId}`.execute(
    tables,
  )
  await sql`update unwatched.reading set kept = ${sealCount(keptPart(itemId), now)}
    where clinic_id = ${clinicId} and case_id = ${caseId} and item_id = ${itemId}`.execute(tables)
}

/** Says in the count of a case, where it is counted, that its records have a new revision, with nothing more or less of them. */
export async function saveRevision(
  transaction: Transaction,
  caseId: CaseId,
  revision: number,
): Promise<void> {
  const seal = await caseSealOf(transaction, caseId)
  const locked = await firstOf(transaction, sql<SealedCount>`${sealedOfCase(transaction, caseId)} for update`)
  const counted = openCount(seal, derivedOfCasePart, locked)
  if (!counted) return
  const { field, least } = derivedOfCasePart
  await sql`update unwatched.derived_of_case set sealed = ${sealValue(seal, field, { ...counted, revision }, least)}
    where clinic_id = ${transaction.actor.clinicId} and case_id = ${caseId}`.execute(transaction.tables())
}

const firstOf = async <Row>(transaction: Transaction, query: RawBuilder<Row>): Promise<Row | null> =>
  (await query.execute(transaction.tables())).rows[0] ?? null

const sealedOfItem = (transaction: Transaction, caseId: CaseId, itemId: ItemId) =>
  sql<SealedCount>`select r.kept as sealed from unwatched.reading r
    where r.clinic_id = ${transaction.actor.clinicId} and r.case_id = ${caseId} and r.item_id = ${itemId}`

const sealedOfCase = (transaction: Transaction, caseId: CaseId) =>
  sql<SealedCount>`select d.sealed from unwatched.derived_of_case d
    where d.clinic_id = ${transaction.actor.clinicId} and d.case_id = ${caseId}`

const sealedOfClinic = (transaction: Transaction) =>
  sql<SealedCount>`select d.sealed from unwatched.derived_of_clinic d where d.clinic_id = ${transaction.actor.clinicId}`

/** Null where nothing was ever counted. */
function openCount(seal: CaseSeal, { field }: SealedPart, row: SealedCount | null): Derived | null {
  if (!row?.sealed) return null
  const { records, bytes } = derivedContent.parse(openValue(seal, field, row.sealed))
  return { records, bytes }
}

/** Every clinic's total takes as many bytes. */
const clinicSize = 128

const clinicPlace = ({ actor: { clinicId } }: Transaction): BodyPlace => ({
  clinicId,
  kind: 'derived-of-clinic',
  id: clinicId,
})

const openClinicCount = (transaction: Transaction, row: SealedCount | null): Derived | null =>
  row?.sealed
    ? derivedContent.parse(openBody(transaction.clinicKey(), clinicPlace(transaction), row.sealed))
    : null
