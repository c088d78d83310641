import { z } from 'zod'
import { recordAct } from '../../audit/operations/record-act.ts'
import { openCaseSeal } from '../../cases/operations/open-case-seal.ts'
import { type CaseId, makeId, type OrderId, type PersonId, type TermId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { doOnce } from '../../platform/do-once.ts'
import { findKnownAt, orderSchema } from '../order.ts'
import { decideOrderChange, type OrderChange, orderRefusals } from '../order-change.ts'
import { addOrderRevision, loadOrderRevisions, lockOrders } from '../store.ts'
import { fieldOfOrder } from './load-orders.ts'

const resultSchema = z.union([
  z.object({ allowed: z.literal(true), orderId: z.uuid().transform(text => text as OrderId) }),
  z.object({ allowed: z.literal(false), because: z.enum(orderRefusals) }),
])
export type OrderResult = z.output<typeof resultSchema>

/**
 * Records an order, or changes one, as a new revision, on a case that is open for writing its orders. `which` is null
 * for a new order; `seen` is the revision the person had before them.
 */
export async function changeOrder(
  clinic: Clinic,
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  which: { readonly orderId: OrderId; readonly seen: number } | null,
  change: OrderChange,
  formToken: string | null,
): Promise<OrderResult> {
  return doOnce(
    transaction,
    'change-order',
    formToken,
    kept => resultSchema.parse(kept),
    async () => {
      await lockOrders(transaction, caseId)
      const seal = await openCaseSeal(clinic, transaction, caseId)
      const [newest] = which ? await loadOrderRevisions(transaction, caseId, which.orderId) : []
      const current = newest && {
        revision: newest.revision,
        order: orderSchema.parse(
          JSON.parse(await seal.open(fieldOfOrder(newest.orderId, newest.revision), newest.sealed)),
        ),
      }
      const decision = decideOrderChange(current ?? null, change, which?.seen ?? 0, () =>
        makeId<TermId>(transaction.now),
      )
      if (!decision.allowed) return decision
      const orderId = which?.orderId ?? makeId<OrderId>(transaction.now)
      const revision = (newest?.revision ?? 0) + 1
      const { order, code } = decision
      await addOrderRevision(transaction, caseId, by, {
        orderId,
        revision,
        change: code,
        servedAt: findKnownAt(order, transaction.now),
        endsOn: order.ends.kind === 'on' ? order.ends.on : null,
        sealed: await seal.seal(fieldOfOrder(orderId, revision), JSON.stringify(orderSchema.parse(order))),
      })
      await recordAct(transaction, {
        verb: code,
        caseId,
        part: 'order',
        subject: orderId,
        detail: { revision },
      })
      return { allowed: true, orderId }
    },
  )
}
