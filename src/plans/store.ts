import { sql } from 'kysely'
import type { CalendarDay } from '../foundation/calendar-day.ts'
import type { CardId, CaseId } from '../foundation/ids.ts'
import {
  makePageOfList,
  type PagedRow,
  type PageOfList,
  type PlaceInList,
  rowsOfPage,
} from '../foundation/page-of-list.ts'
import type { Transaction } from '../platform/database.ts'
import { openName } from '../platform/seal-name.ts'
import type { FollowedCardState } from './follow-cards.ts'

export type ReviewDueLine = {
  readonly caseId: CaseId
  readonly reference: string
  readonly clientName: string
  readonly dueOn: CalendarDay
}

type ReviewDueRow = PagedRow & { case_id: CaseId; reference: string; client_name: string; due_on: string }

/** A page of the reviews by date that are due, of cases in sight: those of `first`, then the oldest. */
export async function loadReviewsDue(
  transaction: Transaction,
  until: CalendarDay,
  first: readonly CaseId[],
  place: PlaceInList,
): Promise<PageOfList<ReviewDueLine>> {
  const { skipped, atMost } = rowsOfPage(place)
  const found = await sql<ReviewDueRow>`select place, counted, case_id, reference, client_name, due_on::text
    from unwatched.plan_reviews_due(${until}::date, ${[...first]}::uuid[], ${place.after}, ${skipped}, ${atMost})`.execute(
    transaction.tables(),
  )
  return makePageOfList(
    found.rows,
    place,
    row => ({
      caseId: row.case_id,
      reference: row.reference,
      clientName: openName(
        transaction.clinicKey(),
        { clinicId: transaction.actor.clinicId, caseId: row.case_id, field: 'client-name' },
        row.client_name,
      ),
      dueOn: row.due_on,
    }),
    row => row.case_id,
  )
}

/** What asks for a review in the orders of a case. For somebody who may not see orders, only that something changed. */
export async function loadOrderTriggers(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly { readonly trigger: 'order-served' | 'breach' | 'other'; readonly at: Date }[]> {
  const found = await sql<{ trigger: 'order-served' | 'breach' | 'other'; at: Date }>`
    select trigger, at from unwatched.plan_triggers(${caseId})`.execute(transaction.tables())
  return found.rows
}

/**
 * The status of the cards of the lock-out plan, for a case whose safety plan is open: by reference, without a word of
 * what they say.
 */
export async function loadCardStates(
  transaction: Transaction,
  caseId: CaseId,
): Promise<ReadonlyMap<CardId, FollowedCardState>> {
  const found = await sql<{ card_id: CardId; state: FollowedCardState }>`
    select card_id, state from unwatched.card_states(${caseId})`.execute(transaction.tables())
  return new Map(found.rows.map(row => [row.card_id, row.state]))
}
