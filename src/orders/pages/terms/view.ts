import { actCodes, sayActCode } from '../../../chronology/act-codes.ts'
import { button } from '../../../web/components/button.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import type { Html } from '../../../web/html.ts'
import { orderFormView, type ShownForm } from '../parts/order-form.ts'
import type { OrderOfCase } from '../parts/order-frame.ts'

/** The form that adds a term in the court's own words. */
export function termView(shown: ShownForm<OrderOfCase>): Html {
  const { choose, words, tick, date } = fieldWriter(shown.typed ?? new Map(), shown.problems)
  return orderFormView(
    shown,
    choose('termKind', 'What does it do?', [
      { value: 'prohibition', text: 'It forbids something' },
      { value: 'requirement', text: 'It requires something' },
    ]),
    words('words', 'The term, as it stands in the order', { rows: 3 }),
    tick(
      'codes',
      'Which acts may breach it? (optional)',
      actCodes.map(({ code, hint }) => ({ value: code, text: sayActCode(code), hint })),
      { hint: 'Select none, and every incident after the making is shown for a person to look at' },
    ),
    date('from', 'When was it put in? (optional)', { hint: 'Only where a variation put it in later' }),
    button({ text: 'Add the term', preventDoubleClick: true }),
  )
}
