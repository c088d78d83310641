import { sql } from 'kysely'
import type { Json } from '../foundation/canonical-json.ts'
import type { Sha256 } from '../foundation/digest.ts'
import type { ArrivalId, CaseId, ItemId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import { Fault } from '../platform/fault.ts'
import { type FileTexts, fileTexts } from '../platform/file-texts.ts'
import type { Account, Answers, Question } from './importers/importer.ts'
import type { Arrival, CaseGround, Item, ItemKind, ListedItem, Reading, ReadingState } from './item.ts'
import { storableJsonText } from './storable-text.ts'

/** A line of custody as it lies in the log. */
export type KeptLine = {
  readonly sequence: number
  readonly itemId: ItemId | null
  /** Canonical JSON, exactly as it was digested. */
  readonly line: string
  readonly digest: Sha256
}

/** Where the log of a case stands. `state` is the engine's own; null before the first line. */
export type KeptHead = { readonly size: number; readonly state: Json | null; readonly checkpoint: string }

const rows = <Row>(transaction: Transaction, query: ReturnType<typeof sql<Row>>): Promise<readonly Row[]> =>
  query.execute(transaction.tables()).then(result => result.rows)

export async function loadCaseGround(transaction: Transaction, caseId: CaseId): Promise<CaseGround | null> {
  const [found] = await rows(
    transaction,
    sql<{ client_name: string; zone: string; reference: string }>`
      select client_name, zone, reference from unwatched.case_file
      where clinic_id = ${transaction.actor.clinicId} and case_id = ${caseId}`,
  )
  if (!found) return null
  const clientName = fileTexts(transaction, caseId).open('client-name', found.client_name)
  return { clientName, zone: found.zone, reference: found.reference }
}

/** The case's key as the clinic's key wrapped it. */
export async function loadWrappedKey(transaction: Transaction, caseId: CaseId): Promise<Buffer | null> {
  const [found] = await rows(
    transaction,
    sql<{ wrapped: Buffer }>`select wrapped from unwatched.file_key
      where clinic_id = ${transaction.actor.clinicId} and case_id = ${caseId}`,
  )
  return found?.wrapped ?? null
}

/** The names under which the acting person goes into the custody log; null for the program's own work. */
export async function loadActorNames(
  transaction: Transaction,
): Promise<{ readonly person: string; readonly agency: string } | null> {
  if (transaction.actor.kind !== 'person') return null
  const [found] = await rows(
    transaction,
    sql<{ person: string; agency: string }>`
      select p.name as person, a.name as agency from unwatched.person p
      join unwatched.agency a on a.clinic_id = p.clinic_id and a.agency_id = p.agency_id
      where p.clinic_id = ${transaction.actor.clinicId} and p.person_id = ${transaction.actor.personId}`,
  )
  return found ?? null
}

/** Takes the log's row for this transaction: until it ends, nobody else appends to the log of this case. */
export async function lockHead(transaction: Transaction, caseId: CaseId): Promise<KeptHead> {
  const { clinicId } = transaction.actor
  await sql`insert into unwatched.custody_head (clinic_id, case_id, size, state, checkpoint, at)
    values (${clinicId}, ${caseId}, 0, 'null', '', ${transaction.now}) on conflict do nothing`.execute(
    transaction.tables(),
  )
  const [head] = await rows(
    transaction,
    sql<KeptHead>`select size, state, checkpoint from unwatched.custody_head
      where clinic_id = ${clinicId} and case_id = ${caseId} for update`,
  )
  if (!head) throw new Error('the custody log of a case that is not open was asked for')
  return head
}

export async function loadHead(transaction: Transaction, caseId: CaseId): Promise<KeptHead | null> {
  const [head] = await rows(
    transaction,
    sql<KeptHead>`select size, state, checkpoint from unwatched.custody_head
      where clinic_id = ${transaction.actor.clinicId} and case_id = ${caseId}`,
  )
  return head ?? null
}

const lineField = 'custody-line'

/** Adds lines and moves the head, both or neither. */
export async function addCustodyLines(
  transaction: Transaction,
  caseId: CaseId,
  lines: readonly KeptLine[],
  head: KeptHead,
): Promise<void> {
  const { clinicId } = transaction.actor
  const { seal } = fileTexts(transaction, caseId)
  for (const { sequence, itemId, line, digest } of lines) {
    await sql`insert into unwatched.custody_line (clinic_id, case_id, sequence, item_id, line, digest)
      values (${clinicId}, ${caseId}, ${sequence}, ${itemId}, ${seal(lineField, line)}, ${digest})`.execute(
      transaction.tables(),
    )
  }
  await sql`update unwatched.custody_head set size = ${head.size}, state = ${JSON.stringify(head.state)}::jsonb,
      checkpoint = ${head.checkpoint}, at = ${transaction.now}
    where clinic_id = ${clinicId} and case_id = ${caseId}`.execute(transaction.tables())
}

/** The lines of a case in order; of one item when one is named. */
export async function loadCustodyLines(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId | null = null,
): Promise<readonly KeptLine[]> {
  const found = await rows(
    transaction,
    sql<KeptLine>`select sequence, item_id as "itemId", line, digest from unwatched.custody_line
      where clinic_id = ${transaction.actor.clinicId} and case_id = ${caseId}
        and (${itemId}::uuid is null or item_id = ${itemId}::uuid)
      order by sequence`,
  )
  const { open } = fileTexts(transaction, caseId)
  // A line that does not open was altered behind the program. It is given as it lies, and whoever verifies the log finds it.
  const openLine = (kept: string): string => {
    try {
      return open(lineField, kept)
    } catch (cause) {
      if (cause instanceof Fault) return kept
      throw cause
    }
  }
  return found.map(each => ({ ...each, line: openLine(each.line) }))
}

type ItemRow = {
  item_id: ItemId
  exhibit_ref: string
  sha256: Sha256
  size: number
  media_type: string
  kind: ItemKind
  blob_id: string
  received_at: Date
}

const toItem = (row: ItemRow): Item => ({
  itemId: row.item_id,
  exhibitRef: row.exhibit_ref,
  sha256: row.sha256,
  size: row.size,
  mediaType: row.media_type,
  kind: row.kind,
  blobId: row.blob_id,
  receivedAt: row.received_at,
})

const itemColumns = sql.raw(
  'i.item_id, i.exhibit_ref, i.sha256, i.size, i.media_type, i.kind, i.blob_id, i.received_at',
)

/** An item by its id or by the digest of its bytes. */
export async function findItem(
  transaction: Transaction,
  caseId: CaseId,
  by: { readonly itemId: ItemId } | { readonly sha256: Sha256 },
): Promise<Item | null> {
  const which = 'itemId' in by ? sql`i.item_id = ${by.itemId}` : sql`i.sha256 = ${by.sha256}`
  const [row] = await rows(
    transaction,
    sql<ItemRow>`select ${itemColumns} from unwatched.item i
      where i.clinic_id = ${transaction.actor.clinicId} and i.case_id = ${caseId} and ${which}`,
  )
  return row ? toItem(row) : null
}

export async function loadIssuedReferences(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly string[]> {
  const found = await rows(
    transaction,
    sql<{ exhibit_ref: string }>`select exhibit_ref from unwatched.item
      where clinic_id = ${transaction.actor.clinicId} and case_id = ${caseId}`,
  )
  return found.map(row => row.exhibit_ref)
}

const personOf = (transaction: Transaction) =>
  transaction.actor.kind === 'person' ? transaction.actor.personId : null

export async function addItem(transaction: Transaction, caseId: CaseId, item: Item): Promise<void> {
  await sql`insert into unwatched.item (clinic_id, case_id, item_id, sha256, size, media_type, kind, blob_id,
      exhibit_ref, received_at, received_by)
    values (${transaction.actor.clinicId}, ${caseId}, ${item.itemId}, ${item.sha256}, ${item.size},
      ${item.mediaType}, ${item.kind}, ${item.blobId}, ${item.exhibitRef}, ${item.receivedAt},
      ${personOf(transaction)})`.execute(transaction.tables())
}

export async function addArrival(
  transaction: Transaction,
  caseId: CaseId,
  arrival: Omit<Arrival, 'receivedByName'>,
  formToken: string | null,
): Promise<void> {
  const { seal } = fileTexts(transaction, caseId)
  await sql`insert into unwatched.arrival (clinic_id, case_id, arrival_id, item_id, arrived_at, received_by,
      brought_by, how_obtained, original_name, form_token, receipt)
    values (${transaction.actor.clinicId}, ${caseId}, ${arrival.arrivalId}, ${arrival.itemId}, ${arrival.arrivedAt},
      ${personOf(transaction)}, ${seal('brought-by', arrival.broughtBy)}, ${seal('how-obtained', arrival.howObtained)},
      ${seal('file-name', arrival.originalName)},
      ${formToken}, ${arrival.receipt})`.execute(transaction.tables())
}

/** The order of the custody log, which no two arrivals share: the size of the log on the receipt. */
const logOrder = (table: 'a' | 'b') => sql.raw(`(${table}.receipt::json ->> 'size')::bigint`)

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
    sql<Arrival>`select a.arrival_id as "arrivalId", a.item_id as "itemId", a.arrived_at as "arrivedAt",
        p.name as "receivedByName", a.brought_by as "broughtBy", a.how_obtained as "howObtained",
        a.original_name as "originalName", a.receipt
      from unwatched.arrival a
      left join unwatched.person p on p.clinic_id = a.clinic_id and p.person_id = a.received_by
      where a.clinic_id = ${transaction.actor.clinicId} and a.case_id = ${caseId}
        and (${by.itemId ?? null}::uuid is null or a.item_id = ${by.itemId ?? null}::uuid)
        and (${by.arrivalId ?? null}::uuid is null or a.arrival_id = ${by.arrivalId ?? null}::uuid)
        and (${by.formToken ?? null}::text is null or a.form_token = ${by.formToken ?? null}::text)
      order by ${logOrder('a')}`,
  )
  const { open } = fileTexts(transaction, caseId)
  return found.map(arrival => ({
    ...arrival,
    broughtBy: open('brought-by', arrival.broughtBy),
    howObtained: open('how-obtained', arrival.howObtained),
    originalName: open('file-name', arrival.originalName),
  }))
}

type ReadingRow = {
  state: ReadingState
  format: string
  dialect: string
  account: unknown
  failure: string
  questions: unknown
  answers: unknown
  ended_at: Date | null
}

/** What an importer found and asked holds words of the messages, so it lies sealed. */
const toReading = (row: ReadingRow, texts: FileTexts): Reading => {
  const account = texts.openJson('account', row.account) as Account | Record<string, never>
  return {
    state: row.state,
    format: row.format,
    dialect: row.dialect,
    // An account of a time when nobody listed what was not read says so of nothing.
    account: 'byKind' in account ? { ...(account as Account), notRead: account.notRead ?? [] } : null,
    failure: row.failure === '' ? null : row.failure,
    questions: texts.openJson('questions', row.questions) as readonly Question[],
    answers: texts.openJson('answers', row.answers) as Answers,
    endedAt: row.ended_at,
  }
}

const readingColumns = sql.raw(
  'r.state, r.format, r.dialect, r.account, r.failure, r.questions, r.answers, r.ended_at',
)

/** Every item of a case in the order it was received, with how far its reading has come. */
export async function loadItems(transaction: Transaction, caseId: CaseId): Promise<readonly ListedItem[]> {
  const found = await rows(
    transaction,
    sql<ItemRow & ReadingRow & { state: ReadingState | null; original_name: string; arrivals: number }>`
      select ${itemColumns}, ${readingColumns}, a.original_name, a.arrivals
      from unwatched.item i
      join lateral (select count(*) as arrivals, min(${logOrder('b')}) as first,
                      (array_agg(b.original_name order by ${logOrder('b')}))[1] as original_name
                    from unwatched.arrival b
                    where b.clinic_id = i.clinic_id and b.case_id = i.case_id and b.item_id = i.item_id) a on true
      left join unwatched.reading r
        on r.clinic_id = i.clinic_id and r.case_id = i.case_id and r.item_id = i.item_id
      where i.clinic_id = ${transaction.actor.clinicId} and i.case_id = ${caseId}
      order by a.first`,
  )
  const texts = fileTexts(transaction, caseId)
  return found.map(row => ({
    item: toItem(row),
    originalName: texts.open('file-name', row.original_name),
    arrivals: Number(row.arrivals),
    reading: row.state === null ? null : toReading(row, texts),
  }))
}

/** The reading of an item; with `lock`, held for this transaction so that two readings never run into one another. */
export async function loadReading(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
  lock: 'look' | 'lock' = 'look',
): Promise<Reading | null> {
  const [row] = await rows(
    transaction,
    sql<ReadingRow>`select ${readingColumns} from unwatched.reading r
      where r.clinic_id = ${transaction.actor.clinicId} and r.case_id = ${caseId} and r.item_id = ${itemId}
      ${lock === 'lock' ? sql`for update` : sql``}`,
  )
  return row ? toReading(row, fileTexts(transaction, caseId)) : null
}

export async function addReading(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
  answers: Answers,
): Promise<void> {
  const sealed = fileTexts(transaction, caseId).sealJson('answers', storableJsonText(answers as Json))
  await sql`insert into unwatched.reading (clinic_id, case_id, item_id, state, answers)
    values (${transaction.actor.clinicId}, ${caseId}, ${itemId}, 'waiting', ${sealed}::jsonb)`.execute(
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
  const texts = fileTexts(transaction, caseId)
  const json = (field: 'account' | 'questions' | 'answers'): string | null => {
    const value = change[field]
    return value === undefined || value === null
      ? null
      : texts.sealJson(field, storableJsonText(value as Json))
  }
  const started = change.state === 'reading' ? transaction.now : null
  const ended = ['asking', 'done', 'failed'].includes(change.state) ? transaction.now : null
  await sql`update unwatched.reading set state = ${change.state},
      format = coalesce(${change.format ?? null}, format), dialect = coalesce(${change.dialect ?? null}, dialect),
      account = coalesce(${json('account')}::jsonb, account),
      failure = ${change.failure ?? ''},
      questions = coalesce(${json('questions')}::jsonb, questions),
      answers = coalesce(${json('answers')}::jsonb, answers),
      started_at = coalesce(${started}::timestamptz, started_at), ended_at = ${ended}::timestamptz
    where clinic_id = ${transaction.actor.clinicId} and case_id = ${caseId} and item_id = ${itemId}`.execute(
    transaction.tables(),
  )
}
