import type { FormProblem } from '../../../foundation/decision.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'
import { checkSubjects, deviceCheckMethods } from '../../device-check/check.ts'
import { sayCheckMethod, sayCheckSubject } from '../../device-check/say-check.ts'

/** How a check or a list was made, as it is chosen. */
export const methodChoices = deviceCheckMethods.map(value => ({ value, text: sayCheckMethod(value) }))

/** The fields in which somebody writes down a check. */
export function checkFieldsView(typed: FormFields, problems: readonly FormProblem[]): Html {
  const { tick, choose, line, date, words } = fieldWriter(typed, problems)
  return html`${tick(
    'looked',
    'What was looked at?',
    checkSubjects.map(value => ({ value, text: sayCheckSubject(value) })),
  )}${choose('way', 'How was it looked at?', methodChoices)}${line('looked-by', 'Who looked?')}${date(
    'day',
    'On which day?',
  )}${choose('outcome', 'Was anything found?', [
    { value: 'found', text: 'Something was found' },
    {
      value: 'nothing',
      text: 'Nothing was found',
      hint: 'That is a finding too: it says what was looked at.',
    },
  ])}${words('words', 'What was found, or what was seen to be in order?', {
    hint: 'What stood there, word for word where it matters: names, times, addresses. Never a password or a code.',
    rows: 4,
  })}`
}
