import { joinClasses, writeAttributes } from '../attributes.ts'
import { type Html, html } from '../html.ts'
import { type LabelledFieldOptions, labelledField } from './form-group.ts'

export type TextareaOptions = LabelledFieldOptions & {
  readonly value?: string | undefined
  readonly rows?: number | undefined
  readonly autocomplete?: string | undefined
  readonly spellcheck?: boolean | undefined
}

/** The GOV.UK textarea. */
export function textarea(options: TextareaOptions): Html {
  return labelledField(options, (id, describedBy) => {
    const attributes = writeAttributes({
      class: joinClasses('govuk-textarea', options.errorMessage && 'govuk-textarea--error', options.classes),
      id,
      name: options.name,
      rows: options.rows || 5,
      spellcheck: options.spellcheck === undefined ? undefined : String(options.spellcheck),
      disabled: options.disabled,
      'aria-describedby': describedBy,
      autocomplete: options.autocomplete,
      ...options.attributes,
    })
    // HTML Living Standard, 13.1.2.5: a parser drops the first newline, so one that was typed needs a second
    const value = options.value?.startsWith('\n') ? `\n${options.value}` : options.value
    return html`<textarea${attributes}>${value}</textarea>`
  })
}
