import type { AnyRoute, CaseRoute } from '../../identity/route.ts'
import { showBreach, takeBreach } from './breach/page.ts'
import { showOtherIncidents } from './breaches/page.ts'
import { askForEvent, takeEvent } from './event/page.ts'
import { askForCorrection, askForOrder, takeOrder, takeOrderCorrection } from './new-order/page.ts'
import { showOrder } from './order/page.ts'
import { showOrders } from './orders/page.ts'
import { askForSpoRequest, showRequest, takeSpoRequest } from './request/page.ts'
import { askForTerm, endTerm, takeTerm } from './terms/page.ts'

const reading = { kind: 'case', part: 'order', mode: 'read' } as const
const work = { kind: 'case', part: 'order', mode: 'write' } as const
// Incidents that may be breaches stand beside an order.
const beside = ['chronology'] as const
// What an order rests on is gathered from the access map as well.
const besideRequest = ['chronology', 'map'] as const
const routes: readonly CaseRoute[] = [
  { ...reading, method: 'GET', path: '/cases/:case/orders', beside, answer: showOrders },
  { ...work, method: 'GET', path: '/cases/:case/orders/new', beside, answer: askForOrder },
  { ...work, method: 'POST', path: '/cases/:case/orders/new', answer: takeOrder },
  {
    ...work,
    method: 'GET',
    path: '/cases/:case/orders/request',
    beside: besideRequest,
    answer: askForSpoRequest,
  },
  { ...work, method: 'POST', path: '/cases/:case/orders/request', answer: takeSpoRequest },
  { ...reading, method: 'GET', path: '/cases/:case/orders/:order', beside, answer: showOrder },
  {
    ...reading,
    method: 'GET',
    path: '/cases/:case/orders/:order/request',
    beside: besideRequest,
    answer: showRequest,
  },
  { ...work, method: 'GET', path: '/cases/:case/orders/:order/correct', beside, answer: askForCorrection },
  { ...work, method: 'POST', path: '/cases/:case/orders/:order/correct', answer: takeOrderCorrection },
  { ...work, method: 'GET', path: '/cases/:case/orders/:order/terms', beside, answer: askForTerm },
  { ...work, method: 'POST', path: '/cases/:case/orders/:order/terms', answer: takeTerm },
  { ...work, method: 'POST', path: '/cases/:case/orders/:order/terms/:term/end', answer: endTerm },
  { ...work, method: 'GET', path: '/cases/:case/orders/:order/event', beside, answer: askForEvent },
  { ...work, method: 'POST', path: '/cases/:case/orders/:order/event', answer: takeEvent },
  { ...work, method: 'GET', path: '/cases/:case/orders/:order/breaches', beside, answer: showOtherIncidents },
  {
    ...work,
    method: 'GET',
    path: '/cases/:case/orders/:order/breaches/:incident',
    beside,
    answer: showBreach,
  },
  { ...work, method: 'POST', path: '/cases/:case/orders/:order/breaches/:incident', answer: takeBreach },
]

/** The pages of orders, with who may see them. */
export const ordersRoutes: readonly AnyRoute[] = routes
