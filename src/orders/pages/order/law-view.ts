import type { CalendarDay } from '../../../foundation/calendar-day.ts'
import { citeSaying, findUnread } from '../../../foundation/law-reading.ts'
import { details } from '../../../web/components/details.ts'
import { summaryList } from '../../../web/components/summary-list.ts'
import { type Html, html } from '../../../web/html.ts'
import type { OrderLaw } from '../../order-law.ts'

/** What the law says of this kind of order, where it says so, and which of its rules nobody has read in a year. */
export function lawView(law: OrderLaw, today: CalendarDay): Html {
  const row = (key: string, text: string) => ({ key: { text: key }, value: { text } })
  const unread = findUnread(law.readings, today)
  return html`<h2 class="govuk-heading-m">What the law says of this kind</h2>${summaryList({
    rows: [
      row('When it binds', law.bindsWords),
      row('What a breach is', law.breach.words),
      row('How long it can last', law.length.words),
      row('What ends it', law.endsWords),
      row('Where it counts', law.reachWords),
      row('Who may ask to change it', law.vary.words),
      row('To tell the client', law.vary.client),
      ...(law.notification ? [row('What they must tell the police', law.notification.words)] : []),
    ],
  })}<p class="govuk-body">This is information; the police and the court decide.</p>${
    unread.length > 0 &&
    html`<div class="govuk-inset-text"><p class="govuk-body"><strong>Check before relying on it</strong></p><ul class="govuk-list govuk-list--bullet">${unread.map(each => html`<li>${each}</li>`)}</ul></div>`
  }${details({
    summary: { text: 'Where this is in law, and when it was read' },
    html: html`<ul class="govuk-list govuk-list--bullet">${law.readings.map(each => html`<li>${citeSaying(each)}</li>`)}</ul>`,
  })}`
}
