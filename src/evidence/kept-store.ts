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
 * What is kept of an item, its case and the clinic, before a reading changes any of it; what was never counted is
 * counted. Only for a job that has the case open for evidence and chronology, and the lock of the item.
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
    own: openCount(seal, keptPart(itemId), own) ?? (await countRecords(transaction, caseId, itemId)),
    case: openCount(seal, derivedOfCasePart, ofCase) ?? (await countRecords(transaction, caseId)),
    clinic:
      openClinicCount(transaction, ofClinic) ??
      (await firstOf(transaction, sql<Derived>`select * from unwatched.count_derived_of_clinic()`)) ??
      nothingDerived,
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

/** Sets what a reading keeps, and with it what the case and the clinic hold. `locked` is what `lockKept` gave. */
export async function saveKept(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
  locked: KeptBounds,
  now: Derived,
): Promise<void> {
  const { clinicId } = transaction.actor
  const tables = transaction.tables()
  const seal = await caseSealOf(transaction, caseId)
  const inPlace = (among: Derived): Derived => ({
    records: Math.max(0, among.records - locked.own.records) + now.records,
    bytes: Math.max(0, among.bytes - locked.own.bytes) + now.bytes,
  })
  const sealCount = ({ field, least }: SealedPart, derived: Derived): Buffer =>
    sealValue(seal, field, derived, least)
  await sql`update unwatched.derived_of_case set sealed = ${sealCount(derivedOfCasePart, inPlace(locked.case))}
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

/** How many records the readings of a case keep: counted as they were kept, or now where they never were. */
export async function loadKeptOfCase(transaction: Transaction, caseId: CaseId): Promise<Derived> {
  const seal = await caseSealOf(transaction, caseId)
  const ofCase = await firstOf(transaction, sealedOfCase(transaction, caseId))
  return openCount(seal, derivedOfCasePart, ofCase) ?? (await countRecords(transaction, caseId))
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
const openCount = (seal: CaseSeal, { field }: SealedPart, row: SealedCount | null): Derived | null =>
  row?.sealed ? derivedContent.parse(openValue(seal, field, row.sealed)) : null

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

/** What the records of a case, or of one item, come to. Their sealed content is somewhat longer than its text. */
async function countRecords(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId | null = null,
): Promise<Derived> {
  const item = itemId === null ? sql`` : sql`and r.item_id = ${itemId}`
  const counted = await firstOf(
    transaction,
    sql<Derived>`select count(*) as records, coalesce(sum(octet_length(r.sealed)), 0)::bigint as bytes
      from unwatched.record r where r.clinic_id = ${transaction.actor.clinicId} and r.case_id = ${caseId} ${item}`,
  )
  return counted ?? nothingDerived
}
