import { sql } from 'kysely'
import type { CalendarDay } from '../foundation/calendar-day.ts'
import type { CardId, CaseId, PersonId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import { openName } from '../platform/seal-name.ts'
import type { CardStanding } from './follow-cards.ts'

/** One revision as it is listed; what it says stays sealed. */
export type PlanRevisionLine = {
  readonly revision: number
  readonly at: Date
  readonly byName: string
  readonly change: string
}

export type ReviewDueLine = {
  readonly caseId: CaseId
  readonly reference: string
  readonly clientName: string
  readonly dueOn: CalendarDay
}

/** Waits for whoever else is changing this case's plan, until the transaction ends. */
export async function takePlanTurn(transaction: Transaction, caseId: CaseId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`plan ${transaction.actor.clinicId} ${caseId}`}, 0))`.execute(
    transaction.tables(),
  )
}

/** The newest revision, or the newest up to a number; null when there is none. */
export async function loadPlanRevision(
  transaction: Transaction,
  caseId: CaseId,
  upTo?: number,
): Promise<{ readonly revision: number; readonly sealed: Buffer } | null> {
  const found = await sql<{ revision: number; sealed: Buffer }>`
    select p.revision, p.sealed from unwatched.plan_revision p
    where p.clinic_id = ${transaction.actor.clinicId} and p.case_id = ${caseId}
      ${upTo === undefined ? sql`` : sql`and p.revision <= ${upTo}`}
    order by p.revision desc limit 1`.execute(transaction.tables())
  return found.rows[0] ?? null
}

export async function addPlanRevision(
  transaction: Transaction,
  caseId: CaseId,
  by: PersonId,
  row: {
    readonly revision: number
    readonly change: string
    readonly state: 'open' | 'closed'
    readonly nextReviewOn: CalendarDay | null
    readonly sealed: Buffer
  },
): Promise<void> {
  await sql`insert into unwatched.plan_revision (clinic_id, case_id, revision, at, by_person, change, state,
      next_review_on, sealed)
    values (${transaction.actor.clinicId}, ${caseId}, ${row.revision}, ${transaction.now}, ${by}, ${row.change},
      ${row.state}, ${row.nextReviewOn}::date, ${row.sealed})`.execute(transaction.tables())
}

/** Every revision, the newest first. */
export async function loadPlanRevisionLines(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly PlanRevisionLine[]> {
  const found = await sql<{ revision: number; at: Date; name: string; change: string }>`
    select p.revision, p.at, n.name, p.change from unwatched.plan_revision p
    join unwatched.person n on n.clinic_id = p.clinic_id and n.person_id = p.by_person
    where p.clinic_id = ${transaction.actor.clinicId} and p.case_id = ${caseId}
    order by p.revision desc limit 500`.execute(transaction.tables())
  return found.rows.map(row => ({ revision: row.revision, at: row.at, byName: row.name, change: row.change }))
}

/** The reviews by date that have come, of cases in sight, the oldest first. */
export async function loadReviewsDue(
  transaction: Transaction,
  until: CalendarDay,
): Promise<readonly ReviewDueLine[]> {
  const found = await sql<{ case_id: CaseId; reference: string; client_name: string; due_on: string }>`
    select case_id, reference, client_name, due_on::text from unwatched.plan_reviews_due(${until}::date)`.execute(
    transaction.tables(),
  )
  return found.rows.map(row => ({
    caseId: row.case_id,
    reference: row.reference,
    clientName: openName(
      transaction.clinicKey(),
      { clinicId: transaction.actor.clinicId, caseId: row.case_id, field: 'client-name' },
      row.client_name,
    ),
    dueOn: row.due_on,
  }))
}

/** What of the orders of a case asks for a review; without the right to see them, only that something changed. */
export async function loadOrderTriggers(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly { readonly trigger: 'order-served' | 'breach' | 'other'; readonly at: Date }[]> {
  const found = await sql<{ trigger: 'order-served' | 'breach' | 'other'; at: Date }>`
    select trigger, at from unwatched.plan_triggers(${caseId})`.execute(transaction.tables())
  return found.rows
}

/** How the cards of the lock-out plan stand, for a case whose safety plan is open; by reference, and no word of what they say. */
export async function loadCardStandings(
  transaction: Transaction,
  caseId: CaseId,
): Promise<ReadonlyMap<CardId, CardStanding>> {
  const found = await sql<{ card_id: CardId; state: CardStanding }>`
    select card_id, state from unwatched.card_states(${caseId})`.execute(transaction.tables())
  return new Map(found.rows.map(row => [row.card_id, row.state]))
}
