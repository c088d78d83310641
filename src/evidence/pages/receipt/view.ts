import { sayMoment } from '../../../foundation/say-date.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { details } from '../../../web/components/details.ts'
import { summaryList } from '../../../web/components/summary-list.ts'
import { type Html, html } from '../../../web/html.ts'
import { keyIdOf } from '../../checkpoint-key.ts'
import { hashMeaning } from '../../hash-meaning.ts'
import type { Arrival, CaseContext, Item } from '../../item.ts'
import type { Receipt } from '../../receipt.ts'
import { saySize } from '../../say-account.ts'
import { originalName } from '../parts/original-name.ts'

export type ReceiptView = {
  readonly context: CaseContext | null
  readonly item: Item
  readonly arrival: Arrival
  readonly receipt: Receipt
  /** The whole receipt as a picture that a phone can read. */
  readonly code: Html
}

/**
 * A slip that belongs to the client. It names nobody and says nothing of what is in the file: somebody may find it.
 * The name of the file stands outside the slip and is not printed.
 */
export function receiptView(visit: CaseVisit, view: ReceiptView): Html {
  const { item, arrival, receipt } = view
  const path = `/cases/${visit.caseId}/evidence`
  const row = (key: string, value: Html | string) => ({ key: { text: key }, value: { html: html`${value}` } })
  const body = html`<h1 class="govuk-heading-l not-printed">Receipt for ${item.exhibitRef}</h1>
<p class="govuk-body not-printed">${originalName(arrival.originalName)} is kept. Print this slip for the client, or let them photograph the code. It proves later that no line of the custody log was changed or taken out since. It cannot prove what happens to the log afterwards.</p>
<section class="print-slip" aria-label="Receipt">
${summaryList({
  rows: [
    row('Exhibit', item.exhibitRef),
    row('Handed in', sayMoment(arrival.arrivedAt, view.context?.zone ?? 'Europe/London')),
    row('Size', saySize(item.size)),
    row('SHA-256', html`<code>${item.sha256}</code>`),
    row('Lines in the log', String(receipt.size)),
    row('Key', html`<code>${keyIdOf(receipt.clinicKey)}</code>`),
  ],
})}
<div class="receipt-code" role="img" aria-label="The receipt as a code that a phone can read">${view.code}</div>
</section>
<p class="govuk-body not-printed">${hashMeaning}</p>
${details({
  classes: 'not-printed',
  summary: { text: 'The receipt as text' },
  html: html`<p class="govuk-body">Save this as a file for <code>unwatched verify --receipt</code>.</p><pre class="receipt-text" tabindex="0">${arrival.receipt}</pre>`,
})}
<p class="govuk-body not-printed"><a class="govuk-link" href="${path}/${item.itemId}">${item.exhibitRef}</a> or <a class="govuk-link" href="${path}">all evidence of this case</a></p>`
  return staffPage(visit, { title: 'Receipt', body, back: { href: path } })
}
