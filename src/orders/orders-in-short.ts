import { z } from 'zod'
import type { IncidentInShort } from '../chronology/incident.ts'
import type { IncidentId, OrderId } from '../foundation/ids.ts'
import { findPossibleBreaches, type PossibleBreach } from './breach.ts'
import { type Order, orderSchema } from './order.ts'

/** The orders of a case as far as their days and terms go, and beside which incidents somebody has decided on a breach. */
export const ordersInShortSchema = z.object({
  orders: z
    .array(z.object({ orderId: z.uuid().transform(text => text as OrderId), order: orderSchema }))
    .readonly(),
  decided: z
    .array(
      z.object({
        orderId: z.uuid().transform(text => text as OrderId),
        incidentId: z.uuid().transform(text => text as IncidentId),
      }),
    )
    .readonly(),
})
export type OrdersInShort = z.output<typeof ordersInShortSchema>

/** An order without the words that people wrote of it. */
export function orderInShort(order: Order): Order {
  return {
    ...order,
    court: '',
    force: '',
    reference: '',
    necessity: '',
    limits: '',
    terms: order.terms.map(term => ({ ...term, words: '' })),
    events: order.events.map(event => ({ ...event, note: '' })),
  }
}

/** The possible breaches on which nobody has decided; none for somebody who may not see the incidents. */
export function findOpenBreaches(
  { orders, decided }: OrdersInShort,
  incidents: readonly IncidentInShort[],
  zone: string,
): readonly PossibleBreach[] {
  const isDecided = new Set(decided.map(each => `${each.orderId} ${each.incidentId}`))
  return findPossibleBreaches(orders, incidents, zone).filter(
    each => !isDecided.has(`${each.orderId} ${each.incidentId}`),
  )
}
