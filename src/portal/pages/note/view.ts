import type { FormProblem } from '../../../foundation/decision.ts'
import { button } from '../../../web/components/button.ts'
import { type FieldWriter, fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { problemBeside, problemSummary } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'

export type NoteView = {
  readonly action: string
  readonly csrfToken: string
  readonly once: string
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
}

/**
 * The form of a note: what, when as surely as the client knows, and how they felt. Nothing of it is kept until it is
 * saved.
 */
export function noteFormView({ action, csrfToken, once, typed, problems }: NoteView): Html {
  const write = fieldWriter(typed, problems)
  const asksWhich = problemBeside(problems, 'which') !== undefined || fieldText(typed, 'which') !== ''
  return html`${problemSummary(problems)}
<p class="govuk-body">Nothing is kept until you save it. If you leave before, it is gone.</p>
${startForm(
  { action, csrfToken, once },
  noteFieldsView(write, { asksWhich }),
  button({ text: 'Save', preventDoubleClick: true }),
)}
<p class="govuk-body"><a class="govuk-link" href="/my/notes">Go back without saving</a></p>`
}

/** The fields of a note; which of two hours only where the clocks went back. */
export function noteFieldsView(write: FieldWriter, { asksWhich }: { readonly asksWhich: boolean }): Html {
  return html`${write.words('what', 'What happened?', { rows: 6 })}${write.choose(
    'precision',
    'When did it happen?',
    [
      { value: 'exact', text: 'At the time below' },
      { value: 'about', text: 'About then', hint: 'Leave the time empty if you know only the day' },
      { value: 'unknown', text: 'I do not know' },
    ],
  )}${write.date('date', 'Date', { hint: 'For example, 3 3 2026' })}${write.line('time', 'Time', {
    hint: 'For example, 4:05pm or 16:05',
    width: 'govuk-input--width-5',
  })}${
    asksWhich &&
    write.choose('which', 'Which of the two?', [
      { value: 'earlier', text: 'The first time, before the clocks went back' },
      { value: 'later', text: 'The second time, after the clocks went back' },
    ])
  }${write.words('felt', 'How did you feel? (optional)')}`
}
