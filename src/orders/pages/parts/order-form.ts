import type { FormProblem } from '../../../foundation/decision.ts'
import { type ActCheck, findActCheck } from '../../../identity/check-act.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import type { Transaction } from '../../../platform/database.ts'
import { type Answer, goTo } from '../../../web/answer.ts'
import { readOnce, startForm } from '../../../web/form.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormResult } from '../../../web/read-form.ts'
import { type FormFields, fieldText, type PageRequest } from '../../../web/request.ts'
import { changeOrder } from '../../operations/change-order.ts'
import type { OrderChange } from '../../order-change.ts'
import { noOrder, type OrderOfCase, orderPage, sayOrderRefusal, seenIn } from './order-frame.ts'

/** What became of what was sent: kept, for something that is not there, or refused with the reason beside a field. */
export type KeptOrder = 'kept' | 'not-there' | FormProblem

/** A form about one order: what it is about, what it asks, how it is read, and what becomes of what was sent. */
export type OrderForm<Found extends OrderOfCase, Read> = {
  readonly find: (request: PageRequest, visit: CaseVisit) => Promise<Found | null>
  readonly title: (found: Found) => string
  /** Where it is sent, below the address of the order. */
  readonly at: (found: Found) => string
  /** How often what it changes was changed before. When two people change it at once, the second one is told. */
  readonly seen: (found: Found) => number
  readonly view: (shown: ShownForm<Found>) => Html
  readonly read: (form: FormFields, found: Found, now: Date) => FormResult<Read>
  /** The page before it, if what was sent is a weighty act. */
  readonly check?: (found: Found, read: Read, sent: SentForm) => ActCheck | null
  readonly keep: (
    visit: CaseVisit,
    transaction: Transaction,
    found: Found,
    read: Read,
    form: FormFields,
  ) => Promise<KeptOrder>
}

/** A form as its view draws it: what it is about, what was typed, what is wrong with that. */
export type ShownForm<Found> = {
  readonly visit: CaseVisit
  readonly found: Found
  /** What was sent, or null before anything was. */
  readonly typed: FormFields | null
  readonly problems: readonly FormProblem[]
  readonly action: string
  readonly seen: string
}

export type SentForm = { readonly form: FormFields; readonly orderPath: string }

const pathOf = (visit: CaseVisit, { file }: OrderOfCase): string =>
  `/cases/${visit.caseId}/orders/${file.orderId}`

/** The form around its fields, with the revision its reader has seen. */
export function orderFormView(shown: ShownForm<OrderOfCase>, ...fields: readonly Html[]): Html {
  const { action, visit, seen } = shown
  return startForm(
    { action, csrfToken: visit.csrfToken },
    html`<input type="hidden" name="seen" value="${seen}">`,
    ...fields,
  )
}

/** Shows the form, empty or again with what was typed. */
export async function showOrderForm<Found extends OrderOfCase, Read>(
  asked: OrderForm<Found, Read>,
  request: PageRequest,
  visit: CaseVisit,
  again?: { readonly problems: readonly FormProblem[]; readonly status: number },
): Promise<Answer> {
  const found = await asked.find(request, visit)
  if (!found) return noOrder()
  const path = pathOf(visit, found)
  const { problems, status } = again ?? { problems: [], status: 200 }
  const typed = again ? request.form : null
  return orderPage(visit, {
    title: asked.title(found),
    problems,
    status,
    back: { href: path, text: 'Back to the order' },
    body: asked.view({
      visit,
      found,
      typed,
      problems,
      action: `${path}/${asked.at(found)}`,
      // Somebody who was told that a colleague was first has now seen what the colleague did.
      seen: typed && status !== 409 ? fieldText(typed, 'seen') : String(asked.seen(found)),
    }),
  })
}

/** Takes what was sent: loads the order, reads the form, shows what follows for a weighty act, keeps it, goes on. */
export async function takeOrderForm<Found extends OrderOfCase, Read>(
  asked: OrderForm<Found, Read>,
  request: PageRequest,
  visit: CaseVisit,
): Promise<Answer> {
  const { form } = request
  const found = await asked.find(request, visit)
  if (!found) return noOrder()
  const read = asked.read(form, found, visit.clinic.clock.now())
  if (!read.ok) return showOrderForm(asked, request, visit, { problems: read.problems, status: 422 })
  const orderPath = pathOf(visit, found)
  const check = asked.check?.(found, read.value, { form, orderPath })
  const page = check && findActCheck(visit, form, check)
  if (page) return page
  const kept = await visit.onCase(transaction => asked.keep(visit, transaction, found, read.value, form))
  if (kept === 'kept') return goTo(orderPath)
  return kept === 'not-there'
    ? noOrder()
    : showOrderForm(asked, request, visit, { problems: [kept], status: 409 })
}

/** Keeps a change of the order itself. A refusal is shown beside `field`. */
export function keepChange<Read>(field: string, changeOf: (read: Read) => OrderChange) {
  return async (
    { clinic, staff, caseId }: CaseVisit,
    transaction: Transaction,
    { file }: OrderOfCase,
    read: Read,
    form: FormFields,
  ): Promise<KeptOrder> => {
    const which = { orderId: file.orderId, seen: seenIn(form) }
    const change = changeOf(read)
    const once = readOnce(form)
    const result = await changeOrder(clinic, transaction, staff.personId, caseId, which, change, once)
    return result.allowed ? 'kept' : { field, message: sayOrderRefusal(result.because) }
  }
}
