import { sql } from 'kysely'
import type { CalendarDay } from '../foundation/calendar-day.ts'
import type { CaseId, IncidentId, OrderId, PersonId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import { lockForTransaction } from '../platform/lock-for-transaction.ts'
import type { Row } from '../platform/schema.ts'
import type { OrderChangeCode } from './order-change.ts'

export type SealedOrder = {
  readonly orderId: OrderId
  readonly revision: number
  readonly at: Date
  readonly byName: string
  readonly change: string
  readonly sealed: Buffer
}

export type SealedDecision = {
  readonly orderId: OrderId
  readonly incidentId: IncidentId
  readonly decision: number
  readonly at: Date
  readonly byName: string
  readonly isConfirmed: boolean
  readonly sealed: Buffer
}

/** Locks the orders of this case until the transaction ends, after anyone else who is changing them. */
export function lockOrders(transaction: Transaction, caseId: CaseId): Promise<void> {
  return lockForTransaction(transaction, 'orders', caseId)
}

/**
 * Revisions of the orders of a case: the newest of each in the order they were recorded, or all of one, newest first.
 */
export async function loadOrderRevisions(
  transaction: Transaction,
  caseId: CaseId,
  which: 'newest' | OrderId,
): Promise<readonly SealedOrder[]> {
  const found = await sql<
    Pick<Row<'order_revision'>, 'order_id' | 'revision' | 'at' | 'change' | 'sealed'> &
      Pick<Row<'person'>, 'name'>
  >`
    select o.order_id, o.revision, o.at, p.name, o.change, o.sealed from unwatched.order_revision o
    join unwatched.person p on p.clinic_id = o.clinic_id and p.person_id = o.by_person
    where o.clinic_id = ${transaction.actor.clinicId} and o.case_id = ${caseId} ${
      which === 'newest'
        ? sql`and o.revision = (select max(n.revision) from unwatched.order_revision n where n.clinic_id = o.clinic_id
                                and n.case_id = o.case_id and n.order_id = o.order_id) order by o.order_id`
        : sql`and o.order_id = ${which} order by o.revision desc`
    }`.execute(transaction.tables())
  return found.rows.map(row => ({
    orderId: row.order_id,
    revision: row.revision,
    at: row.at,
    byName: row.name,
    change: row.change,
    sealed: row.sealed,
  }))
}

export async function addOrderRevision(
  transaction: Transaction,
  caseId: CaseId,
  by: PersonId,
  row: {
    readonly orderId: OrderId
    readonly revision: number
    readonly change: OrderChangeCode
    readonly servedAt: Date | null
    readonly endsOn: CalendarDay | null
    readonly sealed: Buffer
  },
): Promise<void> {
  await sql`insert into unwatched.order_revision (clinic_id, case_id, order_id, revision, at, by_person, change, served_at,
      ends_on, sealed)
    values (${transaction.actor.clinicId}, ${caseId}, ${row.orderId}, ${row.revision}, ${transaction.now}, ${by},
      ${row.change}, ${row.servedAt}, ${row.endsOn}::date, ${row.sealed})`.execute(transaction.tables())
}

/** Every decision on a possible breach, the oldest first. */
export async function loadBreachDecisions(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly SealedDecision[]> {
  const found = await sql<
    Pick<Row<'breach_decision'>, 'order_id' | 'incident_id' | 'decision' | 'at' | 'is_confirmed' | 'sealed'> &
      Pick<Row<'person'>, 'name'>
  >`
    select b.order_id, b.incident_id, b.decision, b.at, p.name, b.is_confirmed, b.sealed
    from unwatched.breach_decision b
    join unwatched.person p on p.clinic_id = b.clinic_id and p.person_id = b.by_person
    where b.clinic_id = ${transaction.actor.clinicId} and b.case_id = ${caseId}
    order by b.at, b.decision`.execute(transaction.tables())
  return found.rows.map(row => ({
    orderId: row.order_id,
    incidentId: row.incident_id,
    decision: row.decision,
    at: row.at,
    byName: row.name,
    isConfirmed: row.is_confirmed,
    sealed: row.sealed,
  }))
}

export async function addBreachDecision(
  transaction: Transaction,
  caseId: CaseId,
  by: PersonId,
  row: {
    readonly orderId: OrderId
    readonly incidentId: IncidentId
    readonly decision: number
    readonly isConfirmed: boolean
    readonly sealed: Buffer
  },
): Promise<void> {
  await sql`insert into unwatched.breach_decision (clinic_id, case_id, order_id, incident_id, decision, at, by_person,
      is_confirmed, sealed)
    values (${transaction.actor.clinicId}, ${caseId}, ${row.orderId}, ${row.incidentId}, ${row.decision},
      ${transaction.now}, ${by}, ${row.isConfirmed}, ${row.sealed})`.execute(transaction.tables())
}
