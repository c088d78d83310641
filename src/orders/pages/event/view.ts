import { button } from '../../../web/components/button.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import type { Html } from '../../../web/html.ts'
import { sayEventKind } from '../../order.ts'
import { orderFormView, type ShownForm } from '../parts/order-form.ts'
import type { OrderOfCase } from '../parts/order-frame.ts'
import { eventsOf } from './form.ts'

/** The form that says what happened to an order. */
export function eventView(shown: ShownForm<OrderOfCase>): Html {
  const { choose, words, date } = fieldWriter(shown.typed ?? new Map(), shown.problems)
  return orderFormView(
    shown,
    choose(
      'event',
      'What happened?',
      eventsOf(shown.found.file.order).map(value => ({ value, text: sayEventKind(value) })),
    ),
    date('on', 'When did it happen?'),
    date('newEnd', 'When does the order end now?', {
      hint: 'Only where it was renewed, or varied in how long it lasts',
    }),
    words('note', 'What changed (optional)', {
      hint: 'Never an address, and not the client’s: that there is a new one is enough',
    }),
    button({ text: 'Save', preventDoubleClick: true }),
  )
}
