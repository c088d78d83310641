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

/** The newest revision of each order of a case, in the order they were recorded, and every decision, the oldest first. */
export async function loadSealedOrders(
  transaction: Transaction,
  caseId: CaseId,
): Promise<{ readonly orders: readonly SealedOrder[]; readonly decisions: readonly SealedDecision[] }> {
  const { clinicId } = transaction.actor
  const { rows } = await sql<OrderOrDecisionRow>`
    select * from (
      select o.order_id, o.at, p.name, o.sealed, o.revision,
             null::uuid as incident_id, null::integer as decision, null::boolean as is_confirmed
      from unwatched.order_revision o
      join unwatched.person p on p.clinic_id = o.clinic_id and p.person_id = o.by_person
      where o.clinic_id = ${clinicId} and o.case_id = ${caseId}
        and o.revision = (select max(n.revision) from unwatched.order_revision n where n.clinic_id = o.clinic_id
                          and n.case_id = o.case_id and n.order_id = o.order_id)
      union all
      select b.order_id, b.at, p.name, b.sealed, null, b.incident_id, b.decision, b.is_confirmed
      from unwatched.breach_decision b
      join unwatched.person p on p.clinic_id = b.clinic_id and p.person_id = b.by_person
      where b.clinic_id = ${clinicId} and b.case_id = ${caseId}
    ) f order by case when f.decision is null then f.order_id end, f.at, f.decision`.execute(
    transaction.tables(),
  )
  const orders: SealedOrder[] = []
  const decisions: SealedDecision[] = []
  for (const { order_id: orderId, at, name: byName, sealed, ...row } of rows)
    if (row.decision === null) orders.push({ orderId, at, byName, sealed, revision: row.revision })
    else
      decisions.push({
        orderId,
        at,
        byName,
        sealed,
        incidentId: row.incident_id,
        decision: row.decision,
        isConfirmed: row.is_confirmed,
      })
  return { orders, decisions }
}

type OrderOrDecisionRow = Pick<Row<'order_revision'>, 'order_id' | 'at' | 'sealed'> &
  Pick<Row<'person'>, 'name'> &
  (
    | (Pick<Row<'order_revision'>, 'revision'> & { decision: null })
    | (Pick<Row<'breach_decision'>, 'incident_id' | 'decision' | 'is_confirmed'> & { revision: null })
  )

/** Every revision of an order, the newest first. */
export async function loadOrderRevisions(
  transaction: Transaction,
  caseId: CaseId,
  orderId: OrderId,
): Promise<readonly (SealedOrder & { readonly change: string })[]> {
  const found = await sql<
    Pick<Row<'order_revision'>, 'revision' | 'at' | 'change' | 'sealed'> & Pick<Row<'person'>, 'name'>
  >`
    select o.revision, o.at, p.name, o.change, o.sealed from unwatched.order_revision o
    join unwatched.person p on p.clinic_id = o.clinic_id and p.person_id = o.by_person
    where o.clinic_id = ${transaction.actor.clinicId} and o.case_id = ${caseId} and o.order_id = ${orderId}
    order by o.revision desc`.execute(transaction.tables())
  return found.rows.map(({ name, ...row }) => ({ ...row, orderId, byName: name }))
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
