import type { CalendarDay } from '../foundation/calendar-day.ts'
import type { Decision } from '../foundation/decision.ts'
import type { TermId } from '../foundation/ids.ts'
import type { EventKind, Order } from './order.ts'
import type { Term } from './terms.ts'

/** What a form says of an order as a whole. */
export type OrderFacts = Pick<
  Order,
  | 'kind'
  | 'court'
  | 'force'
  | 'reference'
  | 'appliedOn'
  | 'madeOn'
  | 'isMadeDayUnknown'
  | 'ends'
  | 'served'
  | 'isUnserved'
  | 'knew'
  | 'replacesInterim'
  | 'alreadyNotifies'
>

/** An order of which only the kind is known. What nobody answered is not known. */
export const nothingAnswered = {
  court: '',
  force: '',
  reference: '',
  appliedOn: null,
  madeOn: null,
  isMadeDayUnknown: false,
  ends: { kind: 'not-made' },
  served: null,
  isUnserved: false,
  knew: null,
  replacesInterim: 'not-known',
  alreadyNotifies: 'not-known',
} as const satisfies Omit<OrderFacts, 'kind'>

export type NewTerm = Pick<Term, 'kind' | 'words' | 'codes'>

/** What somebody does to an order. */
export type OrderChange =
  | {
      readonly kind: 'record'
      readonly facts: OrderFacts
      readonly terms: readonly NewTerm[]
      readonly requestedOn: CalendarDay | null
      readonly necessity: string
      readonly limits: string
    }
  | { readonly kind: 'correct'; readonly facts: OrderFacts }
  | { readonly kind: 'add-term'; readonly term: NewTerm; readonly from: CalendarDay | null }
  | { readonly kind: 'end-term'; readonly termId: TermId; readonly on: CalendarDay }
  | {
      readonly kind: 'event'
      readonly event: { readonly kind: EventKind; readonly on: CalendarDay; readonly note: string }
      readonly ends: Order['ends'] | null
    }

/** What one change did to an order: as the act that is recorded says it, and as the order's own list does. */
export type OrderChangeCode =
  | 'order-recorded'
  | 'order-asked-for'
  | 'order-served'
  | 'order-corrected'
  | 'term-added'
  | 'term-ended'
  | `order-${EventKind}`

export const orderRefusals = ['no-such-order', 'no-such-term', 'changed-meanwhile'] as const
export type OrderRefusal = (typeof orderRefusals)[number]

/**
 * Decides what an order becomes. `seen` is the revision the person had before them. When two people change it at
 * once, the second one is told, and what they wrote stays with them. A new order has none.
 */
export function decideOrderChange(
  current: { readonly order: Order; readonly revision: number } | null,
  change: OrderChange,
  seen: number,
  makeTermId: () => TermId,
): Decision<{ readonly order: Order; readonly code: OrderChangeCode }, OrderRefusal> {
  const give = (term: NewTerm, from: CalendarDay | null): Term => ({
    ...term,
    termId: makeTermId(),
    from,
    until: null,
  })
  if (change.kind === 'record') {
    const { facts, requestedOn, necessity, limits } = change
    const terms = change.terms.map(term => give(term, null))
    return {
      allowed: true,
      order: { ...facts, requestedOn, necessity, limits, terms, events: [] },
      code: requestedOn === null ? 'order-recorded' : 'order-asked-for',
    }
  }
  if (!current) return { allowed: false, because: 'no-such-order' }
  const { order, revision } = current
  if (revision !== seen) return { allowed: false, because: 'changed-meanwhile' }
  switch (change.kind) {
    case 'correct': {
      const isServed = order.served === null && change.facts.served !== null
      return {
        allowed: true,
        order: { ...order, ...change.facts },
        code: isServed ? 'order-served' : 'order-corrected',
      }
    }
    case 'add-term':
      return {
        allowed: true,
        order: { ...order, terms: [...order.terms, give(change.term, change.from)] },
        code: 'term-added',
      }
    case 'end-term': {
      if (!order.terms.some(each => each.termId === change.termId))
        return { allowed: false, because: 'no-such-term' }
      const terms = order.terms.map(each =>
        each.termId === change.termId ? { ...each, until: change.on } : each,
      )
      return { allowed: true, order: { ...order, terms }, code: 'term-ended' }
    }
    case 'event':
      return {
        allowed: true,
        order: {
          ...order,
          ends: change.ends ?? order.ends,
          events: [...order.events, change.event],
        },
        code: `order-${change.event.kind}`,
      }
  }
}
