import { type CalendarDay, dayAt } from '../../../foundation/calendar-day.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { findUnread } from '../../../foundation/law-reading.ts'
import { readWallClock } from '../../../foundation/local-date.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { button } from '../../../web/components/button.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { newOnce, readOnce, startForm } from '../../../web/form.ts'
import { type Html, html } from '../../../web/html.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'
import type { Order, OrderKind } from '../../order.ts'
import { lawOf, orderLaws } from '../../order-law.ts'
import { limitsHint } from '../../terms.ts'
import { sayEndsHow } from '../../verify-order.ts'
import { orderFormView, type ShownForm } from '../parts/order-form.ts'
import type { OrderOfCase } from '../parts/order-frame.ts'
import { templateChoices } from '../parts/term-templates.ts'
import { parseKind } from './form.ts'

/** The first question, because the others depend on it: what kind of order it is. */
export function kindsView(path: string): Html {
  return html`<p class="govuk-body">What is asked next depends on the kind: each binds, ends and is broken by its own rule.</p>
<h2 class="govuk-heading-m">What kind of order is it?</h2>
<ul class="govuk-list govuk-list--spaced">${orderLaws.map(
    ({ kind, name, who }) =>
      html`<li><a class="govuk-link" href="${path}/new?kind=${kind}">${name}</a><br><span class="govuk-hint">${who}</span></li>`,
  )}</ul>`
}

type NewOrder = {
  readonly kind: OrderKind
  readonly zone: string
  readonly today: CalendarDay
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
}

/** The form that records an order of the chosen kind. */
export function newOrderView(visit: CaseVisit, shown: NewOrder): Html {
  const { kind, zone, today, typed, problems } = shown
  const { tick } = fieldWriter(typed, problems)
  return html`<h2 class="govuk-heading-m" id="kind">${lawOf(kind).name}</h2>${startForm(
    {
      action: `/cases/${visit.caseId}/orders/new`,
      csrfToken: visit.csrfToken,
      once: readOnce(typed) ?? newOnce(),
    },
    html`<input type="hidden" name="kind" value="${kind}">`,
    orderFieldsView(typed, problems, { kind, zone, today }),
    tick('templates', 'Which terms does it have? (optional)', templateChoices, {
      hint: `In our words, to be found by. Terms in the court’s own words are added on the next page. ${limitsHint}`,
    }),
    button({ text: 'Record the order', preventDoubleClick: true }),
  )}`
}

/** The form that corrects or completes an order. */
export function correctionView(shown: ShownForm<OrderOfCase>): Html {
  const { found, problems } = shown
  const { file, all } = found
  const filled = shown.typed ?? fillFromOrder(file.order, all.zone)
  const kind = parseKind(fieldText(filled, 'kind')) ?? file.order.kind
  const { choose } = fieldWriter(filled, problems)
  return orderFormView(
    shown,
    choose('kind', 'What kind of order is it?', kindChoices),
    orderFieldsView(filled, problems, { kind, zone: all.zone, today: all.today }),
    button({ text: 'Save', preventDoubleClick: true }),
  )
}

/** The kinds, for changing what was selected. */
const kindChoices = orderLaws.map(({ kind, name }) => ({ value: kind, text: name }))

const yesNo = [
  { value: 'yes', text: 'Yes' },
  { value: 'no', text: 'No' },
  { value: 'not-known', text: 'Not known' },
]

/** The fields of an order as a whole, asked as its kind needs them. */
function orderFieldsView(
  typed: FormFields,
  problems: readonly FormProblem[],
  { kind, zone, today }: { readonly kind: OrderKind; readonly zone: string; readonly today: CalendarDay },
): Html {
  const { choose, line, date } = fieldWriter(typed, problems)
  const law = lawOf(kind)
  const asksWhich = problems.some(each => each.field === 'which') || fieldText(typed, 'which') !== ''
  const isBail = kind === 'bail'
  const unless = law.notification?.unless ?? []
  const unread = findUnread(law.readings, today)
  return html`${line('court', isBail ? 'Police station or court (optional)' : 'Court (optional)')}${line(
    'force',
    'Police force (optional)',
    { hint: 'The force of the area where the suspected person lives' },
  )}${line('reference', 'Reference of the court or the police (optional)', {
    width: 'govuk-input--width-20',
  })}${!isBail && date('appliedOn', 'When was it applied for? (optional)')}${choose(
    'made',
    isBail ? 'Have they been set?' : 'Has it been made?',
    [
      { value: 'on', text: 'Yes, on a day that is known' },
      { value: 'day-not-known', text: 'Yes, and the day is not known' },
      { value: 'not-yet', text: 'Not yet', hint: 'Then leave everything below empty' },
    ],
    { hint: `When it binds: ${law.bindsWords}` },
  )}${date('madeOn', isBail ? 'When were they set?' : 'When was it made?', {
    hint: 'Leave it empty unless the day is known',
  })}${choose(
    'endsHow',
    'How long does it last?',
    (['on', 'until-further-order', 'not-known'] as const)
      .filter(each => each !== 'until-further-order' || law.length.mayBeUntilFurtherOrder)
      .map(value => ({ value, text: sayEndsHow(value) })),
    { hint: law.length.words },
  )}${date('endsOn', 'When does it end?', { hint: 'Only where it ends on a date' })}${choose(
    'knew',
    'Did they know of it apart from the papers?',
    [
      {
        value: 'present',
        text: isBail ? 'Yes, they were told when they were set' : 'Yes, they were there when it was made',
      },
      {
        value: 'told',
        text: 'Yes, they were told in another way',
        hint: 'For example, by the police on the telephone',
      },
      { value: 'no', text: 'No, as far as anybody knows' },
      { value: 'not-known', text: 'Not known, or the day is not known' },
    ],
  )}${date('knewOn', 'When were they told?', { hint: 'Only where they were told in another way' })}${choose(
    'service',
    isBail ? 'Were the conditions given to them in writing?' : 'Were the papers served on them?',
    [
      { value: 'served', text: 'Yes' },
      { value: 'not-yet', text: 'Not yet' },
      { value: 'not-known', text: 'Not known, or the day is not known' },
    ],
  )}${date('servedOn', isBail ? 'When were they given?' : 'When was it served?', {
    hint: 'Only where they were',
  })}${line('servedTime', 'At what time?', {
    hint: `By the clock in ${zone}, for example 4:05pm. Leave it empty when only the day is known: incidents of that day are then said to be uncertain`,
    width: 'govuk-input--width-5',
  })}${
    asksWhich &&
    choose('which', 'Which of the two?', [
      { value: 'earlier', text: 'The first time, before the clocks went back' },
      { value: 'later', text: 'The second time, after the clocks went back' },
    ])
  }${
    unless.includes('replaces-interim') &&
    choose('replacesInterim', 'Does it take the place of an interim order?', yesNo, {
      hint: 'If it does, they do not have to give their names and address again',
    })
  }${
    unless.includes('already-notifies') &&
    choose('alreadyNotifies', 'Do they give the police their names and address already?', yesNo, {
      hint: `Under ${law.notification?.alreadyUnder ?? ''}. If they do, this order asks for nothing more`,
    })
  }${unread.length > 0 && html`<div class="govuk-inset-text">${unread.map(each => html`<p class="govuk-body">${each}</p>`)}</div>`}`
}

/** An order as a form has it. */
function fillFromOrder(order: Order, zone: string): FormFields {
  const isMade = order.madeOn !== null || order.isMadeDayUnknown
  const one = (value: string | null): readonly string[] => (value === null ? [] : [value])
  const filled = new Map<string, readonly string[]>([
    ['kind', [order.kind]],
    ['court', [order.court]],
    ['force', [order.force]],
    ['reference', [order.reference]],
    ['made', [order.madeOn !== null ? 'on' : order.isMadeDayUnknown ? 'day-not-known' : 'not-yet']],
    ['endsHow', order.ends.kind === 'not-made' ? [] : [order.ends.kind]],
    ['knew', one(isMade ? (order.knew?.how ?? 'not-known') : null)],
    ['service', one(isMade ? (order.served ? 'served' : order.isUnserved ? 'not-yet' : 'not-known') : null)],
    ['replacesInterim', [order.replacesInterim]],
    ['alreadyNotifies', [order.alreadyNotifies]],
  ])
  const put = (name: string, day: string | null): void => {
    const [year = '', month = '', date = ''] = day?.split('-') ?? []
    filled.set(`${name}-day`, [date]).set(`${name}-month`, [month]).set(`${name}-year`, [year])
  }
  put('appliedOn', order.appliedOn)
  put('madeOn', order.madeOn)
  put('endsOn', order.ends.kind === 'on' ? order.ends.on : null)
  put('knewOn', order.knew?.how === 'told' ? dayAt(new Date(order.knew.from), zone) : null)
  put('servedOn', order.served && dayAt(new Date(order.served.from), zone))
  if (order.served && order.served.from === order.served.until) {
    const { hour, minute } = readWallClock(Date.parse(order.served.from), zone)
    filled.set('servedTime', [`${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`])
  }
  return filled
}
