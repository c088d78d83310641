import { type Attributes, joinClasses, joinIds, writeAttributes } from '../attributes.ts'
import { type OptionalContent, writeContent } from '../content.ts'
import { type Html, html } from '../html.ts'
import { type ErrorMessageOptions, errorMessage } from './error-message.ts'
import { type HintOptions, hint } from './hint.ts'
import { type LabelOptions, label } from './label.ts'

export type FormGroupOptions = {
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
  readonly beforeInput?: OptionalContent | undefined
  readonly afterInput?: OptionalContent | undefined
}

/** What every field with one label has in common. */
export type LabelledFieldOptions = {
  readonly name: string
  /** Where an error summary lands; the name when not given. */
  readonly id?: string | undefined
  readonly label: LabelOptions
  readonly hint?: HintOptions | undefined
  readonly errorMessage?: ErrorMessageOptions | undefined
  readonly describedBy?: string | undefined
  readonly formGroup?: FormGroupOptions | undefined
  readonly classes?: string | undefined
  readonly disabled?: boolean | undefined
  readonly attributes?: Attributes | undefined
}

/** Wraps parts in the GOV.UK form group. */
export function formGroup(group: FormGroupOptions | undefined, hasError: boolean, parts: Html): Html {
  return html`<div${writeAttributes({
    class: joinClasses('govuk-form-group', hasError && 'govuk-form-group--error', group?.classes),
    ...group?.attributes,
  })}>${parts}</div>`
}

/** Writes hint and error message and says which ids describe the control. */
export function describeControl(
  id: string,
  options: Pick<LabelledFieldOptions, 'hint' | 'errorMessage' | 'describedBy'>,
): { readonly parts: Html; readonly describedBy: string | undefined } {
  const hintId = `${id}-hint`
  const errorId = `${id}-error`
  return {
    parts: html`${options.hint && hint({ ...options.hint, id: hintId })}${
      options.errorMessage && errorMessage({ ...options.errorMessage, id: errorId })
    }`,
    describedBy: joinIds(options.describedBy, options.hint && hintId, options.errorMessage && errorId),
  }
}

/** Writes label, hint and error message around a control, and ties them together by id. */
export function labelledField(
  options: LabelledFieldOptions,
  writeControl: (id: string, describedBy: string | undefined) => Html,
): Html {
  const id = options.id || options.name
  const { parts, describedBy } = describeControl(id, options)
  return formGroup(
    options.formGroup,
    Boolean(options.errorMessage),
    html`${label({ ...options.label, for: id })}${parts}${writeContent(options.formGroup?.beforeInput)}
${writeControl(id, describedBy)}${writeContent(options.formGroup?.afterInput)}`,
  )
}
