import { sql } from 'kysely'
import { caseSealOf } from '../cases/operations/open-case-seal.ts'
import type { Json } from '../foundation/canonical-json.ts'
import type { CaseId, ItemId } from '../foundation/ids.ts'
import { makePageOfAll, type PageOfList, type PlaceInList, rowsOfPage } from '../foundation/page-of-list.ts'
import type { CaseSeal } from '../platform/case-seal.ts'
import type { Transaction } from '../platform/database.ts'
import { Fault } from '../platform/fault.ts'
import type { Row } from '../platform/schema.ts'
import { openValue, sealValue } from '../platform/seal-value.ts'
import { custodyHeadContent, custodyHeadPart, custodyLineContent, custodyLinePart } from './sealed-item.ts'

/** A line of custody as it lies in the log. */
export type KeptLine = {
  readonly sequence: number
  readonly itemId: ItemId | null
  /** Canonical JSON, exactly as it was digested; empty where what lies in the row does not open. */
  readonly line: string
}

/** Where the log of a case stands. `state` is the engine's own; null before the first line. */
export type KeptHead = { readonly size: number; readonly state: Json | null; readonly checkpoint: string }

const rows = <Kept>(
  transaction: Transaction,
  query: ReturnType<typeof sql<Kept>>,
): Promise<readonly Kept[]> => query.execute(transaction.tables()).then(result => result.rows)

/** A head that is locked, with the names under which the acting person goes into the log; null for the program's own work. */
export type LockedHead = KeptHead & {
  readonly names: { readonly person: string; readonly agency: string } | null
}

/** Takes the log's row for this transaction: until it ends, nobody else appends to the log of this case. */
export async function lockHead(transaction: Transaction, caseId: CaseId): Promise<LockedHead> {
  const { clinicId } = transaction.actor
  const personId = transaction.actor.kind === 'person' ? transaction.actor.personId : null
  const lock = async () => {
    const [row] = await rows(
      transaction,
      sql<HeadRow & { person: string | null; agency: string | null }>`
        select h.sealed, p.name as person, a.name as agency from unwatched.custody_head h
        left join unwatched.person p on p.clinic_id = h.clinic_id and p.person_id = ${personId}::uuid
        left join unwatched.agency a on a.clinic_id = p.clinic_id and a.agency_id = p.agency_id
        where h.clinic_id = ${clinicId} and h.case_id = ${caseId} for update of h`,
    )
    return row
  }
  const known = await lock()
  // Made with the first line of a case, by the first who comes.
  if (!known)
    await sql`insert into unwatched.custody_head (clinic_id, case_id) values (${clinicId}, ${caseId})
      on conflict do nothing`.execute(transaction.tables())
  const row = known ?? (await lock())
  if (!row) throw new Error('the custody log of a case that is not open was asked for')
  const { person, agency } = row
  return {
    ...toHead(row, await caseSealOf(transaction, caseId)),
    names: person !== null && agency !== null ? { person, agency } : null,
  }
}

export async function loadHead(transaction: Transaction, caseId: CaseId): Promise<KeptHead | null> {
  const [row] = await rows(
    transaction,
    sql<HeadRow>`select sealed from unwatched.custody_head
      where clinic_id = ${transaction.actor.clinicId} and case_id = ${caseId}`,
  )
  return row ? toHead(row, await caseSealOf(transaction, caseId)) : null
}

type HeadRow = Pick<Row<'custody_head'>, 'sealed'>

const toHead = ({ sealed }: HeadRow, seal: CaseSeal): KeptHead =>
  sealed.length === 0
    ? { size: 0, state: null, checkpoint: '' }
    : custodyHeadContent.parse(openValue(seal, custodyHeadPart.field, sealed))

/** One statement carries so many lines: a bundle writes one for each of its exhibits. */
const linesAtOnce = 500

/** Adds lines and moves the head, both or neither: the last lines with it in one statement. */
export async function addCustodyLines(
  transaction: Transaction,
  caseId: CaseId,
  lines: readonly KeptLine[],
  head: KeptHead,
): Promise<void> {
  const { clinicId } = transaction.actor
  const seal = await caseSealOf(transaction, caseId)
  for (let from = 0; from < lines.length; from += linesAtOnce) {
    const some = lines.slice(from, from + linesAtOnce)
    const sealed = some.map(({ sequence, line }) => {
      const { field, least } = custodyLinePart(sequence)
      return sealValue(seal, field, { line }, least)
    })
    const adding = sql`insert into unwatched.custody_line (clinic_id, case_id, sequence, item_id, sealed)
      select ${clinicId}, ${caseId}, l.sequence, l.item_id, l.sealed
      from unnest(${some.map(({ sequence }) => sequence)}::integer[], ${some.map(({ itemId }) => itemId)}::uuid[],
        ${sealed}::bytea[]) as l (sequence, item_id, sealed)`
    const { field, least } = custodyHeadPart
    const isLast = from + linesAtOnce >= lines.length
    await (isLast
      ? sql`with added as (${adding}) update unwatched.custody_head set sealed = ${sealValue(seal, field, head, least)}
          where clinic_id = ${clinicId} and case_id = ${caseId}`
      : adding
    ).execute(transaction.tables())
  }
}

type LineRow = Pick<Row<'custody_line'>, 'sequence' | 'sealed'> & { readonly itemId: ItemId | null }

/** A line that does not open was altered behind the program. It is given as nothing, and anyone who verifies the log finds it. */
function toLine(seal: CaseSeal, { sequence, itemId, sealed }: LineRow): KeptLine {
  try {
    const { line } = custodyLineContent.parse(openValue(seal, custodyLinePart(sequence).field, sealed))
    return { sequence, itemId, line }
  } catch (cause) {
    if (cause instanceof Fault) return { sequence, itemId, line: '' }
    throw cause
  }
}

/** The lines of a case in order; of one item when one is named. */
export async function loadCustodyLines(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId | null = null,
): Promise<readonly KeptLine[]> {
  const found = await rows(
    transaction,
    sql<LineRow>`
      select sequence, item_id as "itemId", sealed from unwatched.custody_line
      where clinic_id = ${transaction.actor.clinicId} and case_id = ${caseId}
        and (${itemId}::uuid is null or item_id = ${itemId}::uuid)
      order by sequence`,
  )
  const seal = await caseSealOf(transaction, caseId)
  return found.map(row => toLine(seal, row))
}

/** So many lines of custody are held at once where a whole log is read through. */
const linesReadAtOnce = 1000

/** The lines of a whole log in order, a stretch at a time. */
export async function* readCustodyLines(transaction: Transaction, caseId: CaseId): AsyncGenerator<KeptLine> {
  const seal = await caseSealOf(transaction, caseId)
  let last = -1
  for (;;) {
    const found: readonly LineRow[] = await rows(
      transaction,
      sql<LineRow>`select sequence, item_id as "itemId", sealed from unwatched.custody_line
        where clinic_id = ${transaction.actor.clinicId} and case_id = ${caseId} and sequence > ${last}
        order by sequence limit ${linesReadAtOnce}`,
    )
    for (const row of found) yield toLine(seal, row)
    if (found.length < linesReadAtOnce) return
    last = found.at(-1)?.sequence ?? last
  }
}

/** The lines of a page of a custody log, the newest first: its numbers have no gaps, so that the last tells how many there are. */
export async function loadCustodyPage(
  transaction: Transaction,
  caseId: CaseId,
  place: PlaceInList,
): Promise<PageOfList<KeptLine>> {
  const { skipped, atMost } = rowsOfPage(place)
  const here = sql`clinic_id = ${transaction.actor.clinicId} and case_id = ${caseId}`
  const found = await rows(
    transaction,
    sql<{ many: number; skipped: number } & (LineRow | { sequence: null })>`
      select t.many, t.skipped, l.sequence, l.item_id as "itemId", l.sealed
      from (select m.many, least(${skipped}::integer, greatest(m.many - 1, 0) / ${atMost}::integer * ${atMost}::integer) as skipped
            from (select coalesce(max(sequence) + 1, 0)::integer as many from unwatched.custody_line where ${here}) m) t
      left join lateral (select * from unwatched.custody_line where ${here} and sequence < t.many - t.skipped
        order by sequence desc limit ${atMost}) l on true
      order by l.sequence desc`,
  )
  const seal = await caseSealOf(transaction, caseId)
  const lines = found.flatMap(row => (row.sequence === null ? [] : [toLine(seal, row)]))
  const { many, skipped: before } = found[0] ?? { many: 0, skipped: 0 }
  return makePageOfAll(lines, before, many)
}
