import { dayAt } from '../../../foundation/calendar-day.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { readWallClock } from '../../../foundation/local-date.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { type Html, html } from '../../../web/html.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'
import { type Order, orderKinds, sayOrderKind } from '../../order.ts'
import { termTemplates } from '../../terms.ts'

/** The terms of a template, for ticking. */
export const templateChoices = termTemplates.map(each => ({
  value: each.template,
  text: each.words,
}))

/** The fields of an order as a whole. */
export function orderFields(typed: FormFields, problems: readonly FormProblem[], zone: string): Html {
  const { choose, line, date } = fieldWriter(typed, problems)
  const asksWhich = problems.some(each => each.field === 'which') || fieldText(typed, 'which') !== ''
  return html`${choose(
    'kind',
    'What kind of order is it?',
    orderKinds.map(value => ({ value, text: sayOrderKind(value) })),
  )}${line('court', 'Court (optional)')}${line('force', 'Police force (optional)', {
    hint: 'The force of the area where the suspected person lives',
  })}${line('reference', 'Reference of the court or the police (optional)', {
    width: 'govuk-input--width-20',
  })}${date('appliedOn', 'When was it applied for? (optional)')}${date(
    'madeOn',
    'When was it made? (optional)',
    {
      hint: 'Leave it empty when it has not been made yet',
    },
  )}${choose('endsHow', 'How long does it last?', [
    { value: 'on', text: 'Until a date' },
    { value: 'until-further-order', text: 'Until further order' },
  ])}${date('endsOn', 'When does it end?', { hint: 'Only where it ends on a date' })}${date(
    'servedOn',
    'When was it served? (optional)',
    { hint: 'It binds from then on. Leave it empty when it has not been served yet' },
  )}${line('servedTime', 'At what time was it served?', {
    hint: `By the clock in ${zone}, for example 4:05pm. Leave it empty when only the day is known: incidents of that day are then said to be uncertain`,
    width: 'govuk-input--width-5',
  })}${
    asksWhich &&
    choose('which', 'Which of the two?', [
      { value: 'earlier', text: 'The first time, before the clocks went back' },
      { value: 'later', text: 'The second time, after the clocks went back' },
    ])
  }`
}

/** An order as a form has it. */
export function fillFromOrder(order: Order, zone: string): FormFields {
  const filled = new Map<string, readonly string[]>([
    ['kind', [order.kind]],
    ['court', [order.court]],
    ['force', [order.force]],
    ['reference', [order.reference]],
    ['endsHow', order.ends.kind === 'not-made' ? [] : [order.ends.kind]],
  ])
  const put = (name: string, day: string | null): void => {
    const [year = '', month = '', date = ''] = day?.split('-') ?? []
    filled.set(`${name}-day`, [date]).set(`${name}-month`, [month]).set(`${name}-year`, [year])
  }
  put('appliedOn', order.appliedOn)
  put('madeOn', order.madeOn)
  put('endsOn', order.ends.kind === 'on' ? order.ends.on : null)
  put('servedOn', order.served && dayAt(new Date(order.served.from), zone))
  if (order.served && order.served.from === order.served.until) {
    const { hour, minute } = readWallClock(Date.parse(order.served.from), zone)
    filled.set('servedTime', [`${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`])
  }
  return filled
}
