import { sayWhen } from '../../../chronology/say-when.ts'
import { sayDay } from '../../../foundation/calendar-day.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import { button } from '../../../web/components/button.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { summaryList } from '../../../web/components/summary-list.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { type Html, html } from '../../../web/html.ts'
import { meaningOfBreach, sayBreachTime } from '../../breach.ts'
import type { BreachLine, OrdersOfCase } from '../../operations/load-orders.ts'
import { lawOf } from '../../order-law.ts'
import { sayNotFound } from '../../say-not-found.ts'
import { sayKnew, sayMade, sayServed } from '../../say-served.ts'
import { orderFormView, type ShownForm } from '../parts/order-form.ts'
import type { OrderOfCase } from '../parts/order-frame.ts'

/** An order with one incident beside it. */
export type FoundBreach = OrderOfCase & {
  readonly line: BreachLine
  readonly incident: OrdersOfCase['incidents'][number]
}

/** The incident beside the order, what was made of it before, and the form that says what it is now. */
export function breachView(shown: ShownForm<FoundBreach>): Html {
  const { file, line, incident, all } = shown.found
  const { choose, words, date, line: field } = fieldWriter(shown.typed ?? new Map(), shown.problems)
  const { newest } = incident
  const law = lawOf(file.order.kind)
  const knew = sayKnew(file.order, all.zone)
  const row = (key: string, value: ReturnType<typeof html>) => ({
    key: { text: key },
    value: { html: value },
  })
  return html`${insetText({ text: meaningOfBreach })}${summaryList({
    rows: [
      row(
        'Incident',
        html`<a class="govuk-link" href="/cases/${shown.visit.caseId}/incidents/${incident.incidentId}">Incident ${incident.number}</a>: <bdi>${newest.what}</bdi>`,
      ),
      row('When', html`${sayWhen(newest.when, newest.zone)}`),
      row('Order made', html`${sayMade(file.order)}`),
      ...(knew === '' ? [] : [row('They knew of it', html`${knew}`)]),
      row('Order served', html`${sayServed(file.order, all.zone)}`),
      row('When this kind binds', html`${law.bindsWords}`),
      row('What a breach is', html`${law.breach.words}`),
      row(
        'What the times say',
        line.isFound
          ? html`${sayBreachTime(line.doubts, law).map(each => html`<p class="govuk-body">${each}</p>`)}`
          : html`${sayNotFound(incident, file.order, all.zone)} You can record it all the same: say why`,
      ),
      row(
        'Terms it may be against',
        html`${line.terms.length === 0 && 'None that the program found'}${!line.isCoded && line.terms.length > 0 && html`<p class="govuk-body">The incident names no act, so it may be any of these. Code the incident to narrow it down.</p>`}<ul class="govuk-list govuk-list--bullet">${line.terms.map(term => html`<li><bdi>${term.words}</bdi></li>`)}</ul>`,
      ),
    ],
  })}${line.decisions.map(
    each =>
      html`<p class="govuk-body"><strong>${sayMoment(each.at, all.zone)}, <bdi>${each.byName}</bdi></strong><br>${
        each.isConfirmed ? 'Taken for a breach' : 'Not taken for a breach'
      }: <bdi>${each.reason}</bdi>${each.policeReference !== '' && html`<br>Police reference <bdi>${each.policeReference}</bdi>`}${
        each.toldPoliceOn !== null && html`<br>Police told on ${sayDay(each.toldPoliceOn)}`
      }</p>`,
  )}<h2 class="govuk-heading-m">What do you make of it?</h2>${orderFormView(
    shown,
    choose('taken', 'Does it look like a breach?', [
      { value: 'yes', text: 'Yes, take it for a breach' },
      { value: 'no', text: 'No, do not take it for a breach' },
    ]),
    words('reason', 'Why?'),
    field('policeReference', 'Police reference (optional)', { width: 'govuk-input--width-20' }),
    date('told', 'When were the police told? (optional)'),
    button({ text: 'Save', preventDoubleClick: true }),
  )}`
}
