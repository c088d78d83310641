import type { FormProblem } from '../foundation/decision.ts'
import { checkboxes } from './components/checkboxes.ts'
import { dateInput } from './components/date-input.ts'
import { input } from './components/input.ts'
import { radios } from './components/radios.ts'
import { textarea } from './components/textarea.ts'
import { problemBeside } from './form-problems.ts'
import type { Html } from './html.ts'
import { type FormFields, fieldText, fieldValues } from './request.ts'

export type ChoiceOf = { readonly value: string; readonly text: string; readonly hint?: string }

export type FieldWriter = {
  readonly line: (
    name: string,
    label: string,
    options?: { readonly hint?: string; readonly width?: string },
  ) => Html
  readonly words: (
    name: string,
    label: string,
    options?: { readonly hint?: string; readonly rows?: number },
  ) => Html
  /** Three boxes for a date; its problem is that of whichever box it lands on. */
  readonly date: (name: string, legend: string, options?: { readonly hint?: string }) => Html
  readonly choose: (
    name: string,
    legend: string,
    choices: readonly ChoiceOf[],
    options?: { readonly hint?: string; readonly inline?: boolean },
  ) => Html
  readonly tick: (
    name: string,
    legend: string,
    choices: readonly ChoiceOf[],
    options?: { readonly hint?: string },
  ) => Html
}

// Nothing that was typed may wait in a browser's memory for the next person at it (S3).
const forgetful = { dir: 'auto', autocapitalize: 'off' } as const

/** Writes the fields of a form as they were typed, each with its problem beside it. */
export function fieldWriter(typed: FormFields, problems: readonly FormProblem[]): FieldWriter {
  const legendOf = (text: string) => ({ legend: { text, classes: 'govuk-fieldset__legend--s' } })
  const items = (choices: readonly ChoiceOf[]) =>
    choices.map(({ value, text, hint }) => ({
      value,
      text,
      hint: hint === undefined ? undefined : { text: hint },
    }))
  return {
    line: (name, label, options = {}) =>
      input({
        name,
        id: name,
        label: { text: label, classes: 'govuk-label--s' },
        hint: options.hint === undefined ? undefined : { text: options.hint },
        value: fieldText(typed, name),
        autocomplete: 'off',
        spellcheck: false,
        classes: options.width ?? 'govuk-!-width-two-thirds',
        errorMessage: problemBeside(problems, name),
        attributes: forgetful,
      }),
    words: (name, label, options = {}) =>
      textarea({
        name,
        id: name,
        label: { text: label, classes: 'govuk-label--s' },
        hint: options.hint === undefined ? undefined : { text: options.hint },
        value: fieldText(typed, name),
        rows: options.rows ?? 3,
        autocomplete: 'off',
        errorMessage: problemBeside(problems, name),
        attributes: { dir: 'auto' },
      }),
    date: (name, legend, options = {}) => {
      const problem = problems.find(each => each.field.startsWith(`${name}-`))
      return dateInput({
        id: name,
        namePrefix: name,
        fieldset: legendOf(legend),
        hint: options.hint === undefined ? undefined : { text: options.hint },
        values: Object.fromEntries(
          ['day', 'month', 'year'].map(part => [`${name}-${part}`, fieldText(typed, `${name}-${part}`)]),
        ),
        errorMessage: problem && { text: problem.message },
      })
    },
    choose: (name, legend, choices, options = {}) =>
      radios({
        name,
        idPrefix: name,
        fieldset: legendOf(legend),
        hint: options.hint === undefined ? undefined : { text: options.hint },
        classes: options.inline ? 'govuk-radios--inline govuk-radios--small' : 'govuk-radios--small',
        items: items(choices),
        value: fieldText(typed, name),
        errorMessage: problemBeside(problems, name),
      }),
    tick: (name, legend, choices, options = {}) =>
      checkboxes({
        name,
        idPrefix: name,
        fieldset: legendOf(legend),
        hint: options.hint === undefined ? undefined : { text: options.hint },
        classes: 'govuk-checkboxes--small',
        items: items(choices).map(item => ({
          ...item,
          checked: fieldValues(typed, name).includes(item.value),
        })),
        errorMessage: problemBeside(problems, name),
      }),
  }
}
