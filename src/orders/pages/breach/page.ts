import type { CaseVisit } from '../../../identity/route.ts'
import type { Answer } from '../../../web/answer.ts'
import type { PageRequest } from '../../../web/request.ts'
import { decideBreach } from '../../operations/decide-breach.ts'
import { makeLine } from '../../operations/load-orders.ts'
import { type OrderForm, showOrderForm, takeOrderForm } from '../parts/order-form.ts'
import { findOrder, seenIn } from '../parts/order-frame.ts'
import { type ReadBreach, readBreach } from './form.ts'
import { breachView, type FoundBreach } from './view.ts'

const breachForm: OrderForm<FoundBreach, ReadBreach> = {
  find: findBreach,
  title: ({ line }) =>
    line.isFound ? `Possible breach, incident ${line.number}` : `Incident ${line.number}, beside this order`,
  at: ({ line }) => `breaches/${line.incidentId}`,
  seen: ({ line }) => line.decisions.length,
  view: breachView,
  read: (form, { all }) => readBreach(form, all.today),
  keep: async ({ clinic, staff, caseId }, transaction, { line }, read, form) => {
    const { orderId, incidentId } = line
    const breach = { orderId, incidentId, seen: seenIn(form) }
    const result = await decideBreach(clinic, transaction, staff.personId, caseId, breach, read)
    if (result.allowed) return 'kept'
    if (result.because === 'not-found') return 'not-there'
    const message =
      'A colleague decided on this while you were writing. What they wrote is below; yours is still here'
    return { field: 'taken', message }
  },
}

/** One incident beside an order, for a person to decide on. */
export function showBreach(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return showOrderForm(breachForm, request, visit)
}

/** Keeps what the person made of it, with the reason. */
export function takeBreach(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return takeOrderForm(breachForm, request, visit)
}

async function findBreach(request: PageRequest, visit: CaseVisit): Promise<FoundBreach | null> {
  const found = await findOrder(request, visit)
  const incident = found?.all.incidents.find(each => each.incidentId === request.params['incident'])
  if (!found || !incident) return null
  const { orderId } = found.file
  const line =
    found.all.breaches.find(each => each.orderId === orderId && each.incidentId === incident.incidentId) ??
    makeLine(orderId, incident)
  return { ...found, line, incident }
}
