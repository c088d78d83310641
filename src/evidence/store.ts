import { type RawBuilder, sql } from 'kysely'
import { caseSealOf } from '../cases/operations/open-case-seal.ts'
import type { Json } from '../foundation/canonical-json.ts'
import type { Sha256 } from '../foundation/digest.ts'
import type { ArrivalId, CaseId, ItemId } from '../foundation/ids.ts'
import type { CaseSeal } from '../platform/case-seal.ts'
import type { Transaction } from '../platform/database.ts'
import { fileTexts } from '../platform/file-texts.ts'
import { openedAtEntry } from '../platform/once-in-visit.ts'
import type { Row } from '../platform/schema.ts'
import { openValue, sealValue } from '../platform/seal-value.ts'
import type { Answers } from './importers/importer.ts'
import type { Arrival, CaseContext, Item, ListedItem, Reading, ReadingState } from './item.ts'
import {
  arrivalContent,
  arrivalPart,
  emptyReading,
  itemContent,
  itemPart,
  openReading,
  type ReadingContent,
  readingPart,
} from './sealed-item.ts'
import { storableJson } from './storable-text.ts'

const rows = <Kept>(
  transaction: Transaction,
  query: ReturnType<typeof sql<Kept>>,
): Promise<readonly Kept[]> => query.execute(transaction.tables()).then(result => result.rows)

export async function loadCaseContext(transaction: Transaction, caseId: CaseId): Promise<CaseContext | null> {
  const query = sql<Pick<Row<'case_file'>, 'client_name' | 'zone' | 'reference'>>`
    select client_name, zone, reference from unwatched.case_file
    where clinic_id = ${transaction.actor.clinicId} and case_id = ${caseId}`
  const found = openedAtEntry(transaction, caseId)?.file ?? (await rows(transaction, query))[0]
  if (!found) return null
  const clientName = fileTexts(transaction, caseId).open('client-name', found.client_name)
  return { clientName, zone: found.zone, reference: found.reference }
}

/** The case's key as the clinic's key wrapped it. */
export async function loadWrappedKey(transaction: Transaction, caseId: CaseId): Promise<Buffer | null> {
  const known = openedAtEntry(transaction, caseId)
  if (known) return known.wrappedKey
  const [found] = await rows(
    transaction,
    sql<Pick<Row<'file_key'>, 'wrapped'>>`select wrapped from unwatched.file_key
      where clinic_id = ${transaction.actor.clinicId} and case_id = ${caseId}`,
  )
  return found?.wrapped ?? null
}

/** A row of an item, as `itemColumns` reads it. */
export type ItemRow = Pick<Row<'item'>, 'item_id' | 'blob_id' | 'received_at'> & { item_sealed: Buffer }

export const toItem = (row: ItemRow, seal: CaseSeal): Item => ({
  itemId: row.item_id,
  blobId: row.blob_id,
  receivedAt: row.received_at,
  ...itemContent.parse(openValue(seal, itemPart(row.item_id).field, row.item_sealed)),
})

export const itemColumns = sql.raw('i.item_id, i.blob_id, i.received_at, i.sealed as item_sealed')

/** An item by its id or by the digest of its bytes. */
export async function findItem(
  transaction: Transaction,
  caseId: CaseId,
  by: { readonly itemId: ItemId } | { readonly sha256: Sha256 },
): Promise<Item | null> {
  const seal = await caseSealOf(transaction, caseId)
  const which =
    'itemId' in by
      ? sql`i.item_id = ${by.itemId}`
      : sql`i.file_fingerprint = ${seal.fingerprintOf('file', by.sha256)}`
  const [row] = await rows(
    transaction,
    sql<ItemRow>`select ${itemColumns} from unwatched.item i
      where i.clinic_id = ${transaction.actor.clinicId} and i.case_id = ${caseId} and ${which}`,
  )
  return row ? toItem(row, seal) : null
}

/** Of these references, those that exhibits of the case have. */
export async function findReferences(
  transaction: Transaction,
  caseId: CaseId,
  references: readonly string[],
): Promise<ReadonlySet<string>> {
  const seal = await caseSealOf(transaction, caseId)
  const asked = new Map(references.map(each => [seal.fingerprintOf('reference', each), each]))
  const found = await rows(
    transaction,
    sql<Pick<Row<'item'>, 'reference_fingerprint'>>`select i.reference_fingerprint from unwatched.item i
      where i.clinic_id = ${transaction.actor.clinicId} and i.case_id = ${caseId}
        and i.reference_fingerprint = any(${[...asked.keys()]}::text[])`,
  )
  return new Set(found.flatMap(row => asked.get(row.reference_fingerprint) ?? []))
}

const personOf = (transaction: Transaction) =>
  transaction.actor.kind === 'person' ? transaction.actor.personId : null

export async function addItem(transaction: Transaction, caseId: CaseId, item: Item): Promise<void> {
  const seal = await caseSealOf(transaction, caseId)
  const { itemId, blobId, receivedAt, ...content } = item
  const { field, least } = itemPart(itemId)
  await sql`insert into unwatched.item (clinic_id, case_id, item_id, file_fingerprint, reference_fingerprint, sealed,
      blob_id, received_at, received_by)
    values (${transaction.actor.clinicId}, ${caseId}, ${itemId}, ${seal.fingerprintOf('file', item.sha256)},
      ${seal.fingerprintOf('reference', item.exhibitRef)}, ${sealValue(seal, field, content, least)},
      ${blobId}, ${receivedAt}, ${personOf(transaction)})`.execute(transaction.tables())
}

/** @param logSize how many lines the custody log had with this arrival's, which no two arrivals share */
export async function addArrival(
  transaction: Transaction,
  caseId: CaseId,
  arrival: Omit<Arrival, 'receivedByName'>,
  logSize: number,
  formToken: string | null,
): Promise<void> {
  const { arrivalId, itemId, arrivedAt, ...content } = arrival
  const { field, least } = arrivalPart(arrivalId)
  const sealed = sealValue(await caseSealOf(transaction, caseId), field, content, least)
  await sql`insert into unwatched.arrival (clinic_id, case_id, arrival_id, item_id, arrived_at, received_by, log_size,
      sealed, form_token)
    values (${transaction.actor.clinicId}, ${caseId}, ${arrivalId}, ${itemId}, ${arrivedAt},
      ${personOf(transaction)}, ${logSize}, ${sealed}, ${formToken})`.execute(transaction.tables())
}

/** Arrivals in order: of one item, or the one with an id, or the one that a form made of an item. */
export async function loadArrivals(
  transaction: Transaction,
  caseId: CaseId,
  by: {
    readonly itemId?: ItemId
    readonly arrivalId?: ArrivalId
    readonly formToken?: string
  },
): Promise<readonly Arrival[]> {
  const found = await rows(
    transaction,
    sql<
      Pick<Arrival, 'arrivalId' | 'itemId' | 'arrivedAt' | 'receivedByName'> & Pick<Row<'arrival'>, 'sealed'>
    >`
      select a.arrival_id as "arrivalId", a.item_id as "itemId", a.arrived_at as "arrivedAt",
        p.name as "receivedByName", a.sealed
      from unwatched.arrival a
      left join unwatched.person p on p.clinic_id = a.clinic_id and p.person_id = a.received_by
      where a.clinic_id = ${transaction.actor.clinicId} and a.case_id = ${caseId}
        and (${by.itemId ?? null}::uuid is null or a.item_id = ${by.itemId ?? null}::uuid)
        and (${by.arrivalId ?? null}::uuid is null or a.arrival_id = ${by.arrivalId ?? null}::uuid)
        and (${by.formToken ?? null}::text is null or a.form_token = ${by.formToken ?? null}::text)
      order by a.log_size`,
  )
  const seal = await caseSealOf(transaction, caseId)
  return found.map(({ sealed, ...row }) => ({ ...row, ...openArrival(seal, row.arrivalId, sealed) }))
}

const openArrival = (seal: CaseSeal, arrivalId: ArrivalId, sealed: Buffer) =>
  arrivalContent.parse(openValue(seal, arrivalPart(arrivalId).field, sealed))

type ReadingRow = Pick<Row<'reading'>, 'item_id' | 'state' | 'failure' | 'ended_at'> & {
  reading_sealed: Buffer
}

const contentOf = (row: ReadingRow, seal: CaseSeal): ReadingContent =>
  openReading(openValue(seal, readingPart(row.item_id).field, row.reading_sealed))

const toReading = (row: ReadingRow, seal: CaseSeal): Reading => ({
  state: row.state,
  ...contentOf(row, seal),
  failure: row.failure === '' ? null : row.failure,
  endedAt: row.ended_at,
})

/** What an importer found and asked holds words of the messages, so it lies sealed. */
function sealReading(seal: CaseSeal, itemId: ItemId, content: ReadingContent): Buffer {
  const { field, least } = readingPart(itemId)
  return sealValue(seal, field, storableJson(content as Json), least)
}

const readingColumns = sql.raw('r.state, r.sealed as reading_sealed, r.failure, r.ended_at')

/**
 * Every item of a case in the order it was received, with how far its reading has come; or those that are named. For what
 * rests on all of them; a list names those on its page.
 */
export async function loadItems(
  transaction: Transaction,
  caseId: CaseId,
  among: readonly ItemId[] | null = null,
): Promise<readonly ListedItem[]> {
  type ListedRow = ItemRow &
    Omit<ReadingRow, 'state'> & {
      state: ReadingState | null
      first_arrival: ArrivalId
      arrival_sealed: Buffer
      arrivals: number
      has_picture: boolean
    }
  const found = await rows(
    transaction,
    sql<ListedRow>`
      select ${itemColumns}, ${readingColumns}, a.first_arrival, a.arrival_sealed, a.arrivals,
        exists (select from unwatched.safe_copy c where c.clinic_id = i.clinic_id and c.case_id = i.case_id
          and c.item_id = i.item_id and c.blob_id is not null) as has_picture
      from unwatched.item i
      join lateral (select count(*) as arrivals, min(b.log_size) as first,
                      (array_agg(b.arrival_id order by b.log_size))[1] as first_arrival,
                      (array_agg(b.sealed order by b.log_size))[1] as arrival_sealed
                    from unwatched.arrival b
                    where b.clinic_id = i.clinic_id and b.case_id = i.case_id and b.item_id = i.item_id) a on true
      left join unwatched.reading r
        on r.clinic_id = i.clinic_id and r.case_id = i.case_id and r.item_id = i.item_id
      where i.clinic_id = ${transaction.actor.clinicId} and i.case_id = ${caseId}
        ${among ? sql`and i.item_id = any (${[...among]}::uuid[])` : sql``}
      order by a.first`,
  )
  const seal = await caseSealOf(transaction, caseId)
  return found.map(row => ({
    item: toItem(row, seal),
    originalName: openArrival(seal, row.first_arrival, row.arrival_sealed).originalName,
    arrivals: Number(row.arrivals),
    hasPicture: row.has_picture,
    reading: row.state === null ? null : toReading({ ...row, state: row.state }, seal),
  }))
}

/** Whether a case has more items than so many. */
export async function hasMoreItems(
  transaction: Transaction,
  caseId: CaseId,
  atMost: number,
): Promise<boolean> {
  const found = await rows(
    transaction,
    sql<{ found: boolean }>`select true as found from unwatched.item i
      where i.clinic_id = ${transaction.actor.clinicId} and i.case_id = ${caseId} offset ${atMost} limit 1`,
  )
  return found.length > 0
}

/** How far the readings of a case have come, one for each item. */
export async function loadReadings(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly (Reading | null)[]> {
  const found = await rows(
    transaction,
    sql<Omit<ReadingRow, 'state'> & { state: ReadingState | null }>`
      select i.item_id, ${readingColumns} from unwatched.item i
      left join unwatched.reading r
        on r.clinic_id = i.clinic_id and r.case_id = i.case_id and r.item_id = i.item_id
      where i.clinic_id = ${transaction.actor.clinicId} and i.case_id = ${caseId}`,
  )
  const seal = await caseSealOf(transaction, caseId)
  return found.map(row => (row.state === null ? null : toReading({ ...row, state: row.state }, seal)))
}

/** Readings as they are listed worst first, as far as that lies in the open. */
const worstStates: readonly ReadingState[] = ['failed', 'asking', 'done', 'reading', 'waiting']
const lowestId = '00000000-0000-0000-0000-000000000000'
const highestId = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/**
 * How the readings of items stand, those of so many items: by age, or first those that could not be read, then those that
 * ask, and those that are at work last. Of a reading that is not done nothing is opened.
 *
 * @param after the item that the part before ended with; null for the beginning
 */
export async function loadReadingsInOrder(
  transaction: Transaction,
  caseId: CaseId,
  order: 'worst-first' | 'as-they-came',
  after: string | null,
  atMost: number,
): Promise<readonly { readonly itemId: ItemId; readonly reading: Reading }[]> {
  const here = (alias: RawBuilder<unknown>) =>
    sql`${alias}.clinic_id = ${transaction.actor.clinicId} and ${alias}.case_id = ${caseId}`
  const columns = sql`r.item_id, r.state, r.failure, r.ended_at, case when r.state = 'done' then r.sealed end as reading_sealed`
  // Where each state goes on: behind the last item where it had the same, from its beginning where that had an earlier one.
  const from = (rank: number) =>
    after === null
      ? sql``
      : sql`and r.item_id > (select case sign(${rank}::integer - array_position(${[...worstStates]}::text[], l.state))
            when 0 then l.item_id when 1 then ${lowestId}::uuid else ${highestId}::uuid end
          from unwatched.reading l where ${here(sql`l`)} and l.item_id = ${after})`
  const of = (state: ReadingState, index: number) => sql`(select ${columns}, ${index + 1}::integer as rank
    from unwatched.reading r where ${here(sql`r`)} and r.state = ${state} ${from(index + 1)}
    order by r.item_id limit ${atMost})`
  const ordered =
    order === 'as-they-came'
      ? sql`select ${columns} from unwatched.reading r where ${here(sql`r`)}
          ${after === null ? sql`` : sql`and r.item_id > ${after}`} order by r.item_id limit ${atMost}`
      : sql`select o.* from (${sql.join(worstStates.map(of), sql` union all `)}) o order by o.rank, o.item_id limit ${atMost}`
  const found = await rows(
    transaction,
    sql<Omit<ReadingRow, 'reading_sealed'> & { reading_sealed: Buffer | null }>`${ordered}`,
  )
  const seal = await caseSealOf(transaction, caseId)
  return found.map(({ reading_sealed: sealed, ...row }) => ({
    itemId: row.item_id,
    reading: sealed
      ? toReading({ ...row, reading_sealed: sealed }, seal)
      : {
          state: row.state,
          ...emptyReading,
          failure: row.failure === '' ? null : row.failure,
          endedAt: row.ended_at,
        },
  }))
}

/** The reading of an item; with `lock`, held for this transaction so that two readings never run into one another. */
export async function loadReading(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
  lock: 'look' | 'lock' = 'look',
): Promise<Reading | null> {
  const row = await findReading(transaction, caseId, itemId, lock)
  return row ? toReading(row, await caseSealOf(transaction, caseId)) : null
}

async function findReading(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
  lock: 'look' | 'lock',
): Promise<ReadingRow | undefined> {
  const [row] = await rows(
    transaction,
    sql<ReadingRow>`select r.item_id, ${readingColumns} from unwatched.reading r
      where r.clinic_id = ${transaction.actor.clinicId} and r.case_id = ${caseId} and r.item_id = ${itemId}
      ${lock === 'lock' ? sql`for update` : sql``}`,
  )
  return row
}

export async function addReading(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
  answers: Answers,
): Promise<void> {
  const seal = await caseSealOf(transaction, caseId)
  const sealed = sealReading(seal, itemId, { ...emptyReading, answers })
  await sql`insert into unwatched.reading (clinic_id, case_id, item_id, state, sealed)
    values (${transaction.actor.clinicId}, ${caseId}, ${itemId}, 'waiting', ${sealed})`.execute(
    transaction.tables(),
  )
}

/** Sets a reading to what it is now; what is not named stays. A reading that is done or asks has ended. */
export async function saveReading(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
  change: Partial<Omit<Reading, 'endedAt'>> & { readonly state: ReadingState },
): Promise<void> {
  const row = await findReading(transaction, caseId, itemId, 'lock')
  if (!row) return
  const seal = await caseSealOf(transaction, caseId)
  const { state, failure, ...changed } = change
  const kept = contentOf(row, seal)
  const content = { ...kept, ...changed, account: changed.account ?? kept.account }
  const started = state === 'reading' ? transaction.now : null
  const ended = ['asking', 'done', 'failed'].includes(state) ? transaction.now : null
  await sql`update unwatched.reading set state = ${state}, sealed = ${sealReading(seal, itemId, content)},
      failure = ${failure ?? ''}, progress = null,
      started_at = coalesce(${started}::timestamptz, started_at), ended_at = ${ended}::timestamptz
    where clinic_id = ${transaction.actor.clinicId} and case_id = ${caseId} and item_id = ${itemId}`.execute(
    transaction.tables(),
  )
}
