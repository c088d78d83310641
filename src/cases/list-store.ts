import { sql } from 'kysely'
import type { CaseId } from '../foundation/ids.ts'
import { makePageOfList, type PagedRow, type PageOfList, rowsOfPage } from '../foundation/page-of-list.ts'
import type { Transaction } from '../platform/database.ts'
import type { CaseLine, CaseloadChoice, WaitingChoice, WaitingLine } from './filed.ts'
import type { Urgency } from './red-flags.ts'
import { open } from './sealed-front-store.ts'
import type { StalkerType } from './triage.ts'

type CaseloadRow = PagedRow & {
  case_id: CaseId
  reference: string
  client_name: string
  stalker_type: StalkerType
  urgency: Urgency
  state: 'open' | 'closed'
  opened_at: Date
}

/** A page of the cases that the person acting may see. */
export async function loadCaseload(
  transaction: Transaction,
  { state, urgency, order, first, place }: CaseloadChoice,
): Promise<PageOfList<CaseLine>> {
  const { skipped, atMost } = rowsOfPage(place)
  const found =
    await sql<CaseloadRow>`select place, counted, case_id, reference, client_name, stalker_type, urgency, state,
      opened_at
    from unwatched.caseload(${state}, ${urgency}, ${order}, ${[...first]}::uuid[], ${place.after}, ${skipped},
      ${atMost})`.execute(transaction.tables())
  return makePageOfList(
    found.rows,
    place,
    row => ({
      caseId: row.case_id,
      reference: row.reference,
      clientName: open(transaction, row.case_id, 'client-name', row.client_name),
      type: row.stalker_type,
      urgency: row.urgency,
      state: row.state,
      openedAt: row.opened_at,
    }),
    row => row.case_id,
  )
}

type WaitingRow = PagedRow & {
  case_id: CaseId
  reference: string
  client_name: string
  received_at: Date
  received_by: 'phone' | 'public-form'
  state: 'waiting' | 'triaged'
  urgency: Urgency
  danger_now: string | null
  outcome: string | null
  unmatched: CaseId[]
  reader_name: string
}

/** A page of those who wait, and which forms of this part of the list nobody has opened. */
export async function loadWaiting(
  transaction: Transaction,
  { urgency, place }: WaitingChoice,
  hidden: readonly CaseId[],
): Promise<{
  readonly page: PageOfList<WaitingLine>
  readonly unopened: readonly CaseId[]
  /** The name of the person acting; empty where the page is. */
  readonly readerName: string
}> {
  const { skipped, atMost } = rowsOfPage(place)
  const found =
    await sql<WaitingRow>`select place, counted, case_id, reference, client_name, received_at, received_by, state,
      urgency, danger_now, outcome, unmatched, reader_name
    from unwatched.waiting_referrals(${urgency}, ${[...hidden]}::uuid[], ${place.after}, ${skipped}, ${atMost})`.execute(
      transaction.tables(),
    )
  const page = makePageOfList(
    found.rows,
    place,
    row => ({
      caseId: row.case_id,
      reference: row.reference,
      clientName: open(transaction, row.case_id, 'client-name', row.client_name),
      receivedAt: row.received_at,
      receivedBy: row.received_by,
      isTriaged: row.state === 'triaged',
      urgency: row.urgency,
      isDangerNow: row.danger_now === 'yes',
      mustAsk: row.outcome === 'ask',
    }),
    row => row.case_id,
  )
  const [first] = found.rows
  return { page, unopened: first?.unmatched ?? [], readerName: first?.reader_name ?? '' }
}

/** Whom forms suspect that nobody has opened, of those that the person acting sees in triage. */
export async function loadSuspectsOfUnopened(
  transaction: Transaction,
  cases: readonly CaseId[],
): Promise<readonly { readonly caseId: CaseId; readonly suspectName: string }[]> {
  const found = await sql<{ case_id: CaseId; suspect_name: string }>`select case_id, suspect_name
    from unwatched.suspects_of_unopened(${[...cases]}::uuid[])`.execute(transaction.tables())
  return found.rows.map(row => ({
    caseId: row.case_id,
    suspectName: open(transaction, row.case_id, 'suspect-name', row.suspect_name),
  }))
}
