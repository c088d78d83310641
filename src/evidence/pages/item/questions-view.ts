import type { FormProblem } from '../../../foundation/decision.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { button } from '../../../web/components/button.ts'
import { details } from '../../../web/components/details.ts'
import { radios } from '../../../web/components/radios.ts'
import { startForm } from '../../../web/form.ts'
import { problemBeside } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import type { Question } from '../../importers/importer.ts'
import type { Reading } from '../../item.ts'
import { zoneField } from '../parts/zone-field.ts'
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
export function itemQuestionsView(visit: CaseVisit, view: QuestionsView): Html {
  const { reading, typed, problems } = view
  const { questions, answers } = reading
  const find = (id: Question['id']) => questions.find(question => question.id === id)
  const asksOrder = find('date-order')
  const asksFormat = find('format')
  const kinds = reading.account?.byKind
  const told = (kinds?.message ?? 0) + (kinds?.media ?? 0) + (kinds?.call ?? 0)
  const dated = reading.account?.earliest !== null && told > 0
  const knowsOrder = asksOrder !== undefined || answers.dateOrder !== undefined
  const isChat = ['whatsapp', 'signal', 'chat'].includes(reading.format)
  if (!knowsOrder && !dated && !asksFormat && !isChat) return html``
  const choose = (
    name: 'date-order' | 'program' | 'format',
    text: string,
    items: readonly Choice[],
    hint = '',
  ) =>
    radios({
      name,
      fieldset: { legend: { text, classes: 'govuk-fieldset__legend--s' } },
      ...(hint === '' ? {} : { hint: { text: hint } }),
      items: [...items],
      value: typed[name],
      errorMessage: problemBeside(problems, name),
    })
  const form = startForm(
    { action: `${view.path}/answers`, csrfToken: visit.csrfToken },
    asksFormat ? choose('format', asksFormat.text, asksFormat.choices) : html``,
    knowsOrder
      ? choose('date-order', asksOrder?.text ?? 'How are the dates written?', ordersOfDates)
      : html``,
    isChat
      ? choose(
          'program',
          'Which program is this chat from?',
          programs,
          'Ask the client. Several programs write chats in the same form.',
        )
      : html``,
    asksFormat ? html`` : zoneField(view.zone, typed, problems),
    button({ text: 'Save and read again', preventDoubleClick: true }),
  )
  if (asksOrder || asksFormat || problems.length > 0)
    return html`<h2 class="govuk-heading-m">Questions to answer first</h2><p class="govuk-body">The file does not say. Ask the client; the answer becomes part of the custody of this item.</p>${form}`
  if (find('program'))
    return html`<h2 class="govuk-heading-m">Say which program it is from</h2><p class="govuk-body">It was read, and nothing in it says which program wrote it. The answer becomes part of the custody of this item.</p>${form}`
  const summary =
    answers.zone === undefined
      ? 'Say which time zone the phone was set to'
      : 'Change the answers about this file'
  return details({ summary: { text: summary }, html: form })
}

type Choice = { readonly value: string; readonly text: string }

const programs: readonly Choice[] = [
  { value: 'whatsapp', text: 'WhatsApp' },
  { value: 'signal', text: 'Signal' },
  { value: 'another', text: 'Another program' },
]
