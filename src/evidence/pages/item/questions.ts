import type { FormProblem } from '../../../foundation/decision.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { button } from '../../../web/components/button.ts'
import { details } from '../../../web/components/details.ts'
import { radios } from '../../../web/components/radios.ts'
import { startForm } from '../../../web/form.ts'
import { problemBeside } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import type { Reading } from '../../item.ts'
import { zoneField } from '../zone-field.ts'
import type { TypedAnswers } from './form.ts'

export type QuestionsView = {
  readonly reading: Reading
  /** The zone of the case. */
  readonly zone: string
  readonly path: string
  readonly typed: TypedAnswers
  readonly problems: readonly FormProblem[]
}

const ordersOfDates = [
  { value: 'day-first', text: 'Day first: 03/04 is 3 April' },
  { value: 'month-first', text: 'Month first: 03/04 is March 4' },
] as const

/**
 * What the file alone cannot tell. A question that keeps the item from being read stands open; an answer that was
 * given, or a zone that nobody asked for, can be changed behind a fold.
 */
export function questionsForm(visit: CaseVisit, view: QuestionsView): Html {
  const { reading, typed, problems } = view
  const asksOrder = reading.questions.find(question => question.id === 'date-order')
  const dated = reading.account?.earliest !== null && (reading.account?.byKind.message ?? 0) > 0
  const knowsOrder = asksOrder !== undefined || reading.answers.dateOrder !== undefined
  if (!knowsOrder && !dated) return html``
  const form = startForm(
    { action: `${view.path}/answers`, csrfToken: visit.csrfToken },
    knowsOrder
      ? radios({
          name: 'date-order',
          fieldset: {
            legend: {
              text: asksOrder?.text ?? 'How are the dates written?',
              classes: 'govuk-fieldset__legend--s',
            },
          },
          items: ordersOfDates,
          value: typed['date-order'],
          errorMessage: problemBeside(problems, 'date-order'),
        })
      : html``,
    zoneField(view.zone, typed, problems),
    button({ text: 'Save and read again', preventDoubleClick: true }),
  )
  if (asksOrder || problems.length > 0)
    return html`<h2 class="govuk-heading-m">Questions to answer first</h2><p class="govuk-body">The file does not say. Ask the client; the answer becomes part of the custody of this item.</p>${form}`
  const summary =
    reading.answers.zone === undefined
      ? 'Say which time zone the phone was set to'
      : 'Change the answers about this file'
  return details({ summary: { text: summary }, html: form })
}
