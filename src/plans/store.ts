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

/** What a plan follows of the rest of its case. */
export type FollowedByPlan = {
  /** What asks for a review in the orders. For somebody who may not see orders, only that something changed. */
  readonly ofOrders: readonly { readonly trigger: 'order-served' | 'breach' | 'other'; readonly at: Date }[]
  /** The status of the cards of the lock-out plan, by reference, without a word of what they say. */
  readonly cards: ReadonlyMap<CardId, FollowedCardState>
}

/** What the plan of a case follows, for a case whose safety plan is open. */
export async function loadFollowedByPlan(transaction: Transaction, caseId: CaseId): Promise<FollowedByPlan> {
  type TriggerRow = { trigger: 'order-served' | 'breach' | 'other'; at: Date; card_id: null }
  type CardRow = { trigger: null; card_id: CardId; state: FollowedCardState }
  const { rows } = await sql<TriggerRow | CardRow>`
    select trigger, at, null::uuid as card_id, null as state from unwatched.plan_triggers(${caseId})
    union all
    select null, null, card_id, state from unwatched.card_states(${caseId})`.execute(transaction.tables())
  return {
    ofOrders: rows.flatMap(row => (row.trigger === null ? [] : [{ trigger: row.trigger, at: row.at }])),
    cards: new Map(rows.flatMap(row => (row.trigger === null ? [[row.card_id, row.state]] : []))),
  }
}
