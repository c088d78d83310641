import type { FormProblem } from '../../../foundation/decision.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'

/** The fields for how the client wants it done, and from which hour. */
export function momentFieldsView(typed: FormFields, problems: readonly FormProblem[]): Html {
  const { choose, date, line } = fieldWriter(typed, problems)
  return html`${choose('mode', 'How does the client want it done?', [
    {
      value: 'quiet',
      text: 'Quietly first',
      hint: 'What nobody notices may be done from now on. What will be noticed waits for the hour',
    },
    {
      value: 'clean-break',
      text: 'A clean break',
      hint: 'Nothing is changed before the hour. Only evidence is kept before',
    },
  ])}${date('hour', 'From which day may something be noticed? (optional)', {
    hint: 'The client chooses. Until the day and the hour are chosen, nothing that will be noticed goes ahead',
  })}${line('time', 'From which hour? (optional)', { hint: 'For example, 9am or 16:30', width: 'govuk-input--width-5' })}`
}
