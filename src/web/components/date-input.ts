import type { Attributes } from '../attributes.ts'
import { joinClasses, writeAttributes } from '../attributes.ts'
import { type OptionalContent, writeContent } from '../content.ts'
import { type Html, html } from '../html.ts'
import type { ErrorMessageOptions } from './error-message.ts'
import { type FieldsetOptions, fieldset } from './fieldset.ts'
import { describeControl, type FormGroupOptions, formGroup } from './form-group.ts'
import type { HintOptions } from './hint.ts'
import { input } from './input.ts'

export type DatePart = 'day' | 'month' | 'year'

export type DateInputItem = {
  readonly name: string
  readonly id?: string | undefined
  readonly label?: string | undefined
  readonly value?: string | number | undefined
  /** Marks this part alone as the one to correct. */
  readonly error?: boolean | undefined
  readonly classes?: string | undefined
  readonly autocomplete?: string | undefined
  readonly inputmode?: string | undefined
  readonly pattern?: string | undefined
  readonly attributes?: Attributes | undefined
}

export type DateInputOptions = {
  readonly id: string
  readonly namePrefix?: string | undefined
  /** Day, month and year when not given. */
  readonly items?: readonly DateInputItem[] | undefined
  /** What was typed, by field name. */
  readonly values?: Readonly<Record<string, string | number | undefined>> | undefined
  readonly fieldset?: Omit<FieldsetOptions, 'html' | 'role'> | undefined
  readonly hint?: HintOptions | undefined
  readonly errorMessage?: ErrorMessageOptions | undefined
  readonly formGroup?:
    | (Omit<FormGroupOptions, 'beforeInput' | 'afterInput'> & {
        readonly beforeInputs?: OptionalContent | undefined
        readonly afterInputs?: OptionalContent | undefined
      })
    | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

const threeParts: readonly DateInputItem[] = [{ name: 'day' }, { name: 'month' }, { name: 'year' }]

const isWrong = (item: DateInputItem): boolean =>
  item.error === true || Boolean(item.classes?.includes('govuk-input--error'))

/** The GOV.UK date input. */
export function dateInput(options: DateInputOptions): Html {
  const items = options.items?.length ? options.items : threeParts
  const anyWrong = items.some(isWrong)
  const writeItem = (item: DateInputItem): Html => {
    const name = options.namePrefix ? `${options.namePrefix}-${item.name}` : item.name
    const marked = isWrong(item) || (item.error !== false && Boolean(options.errorMessage) && !anyWrong)
    return html`<div class="govuk-date-input__item">${input({
      label: {
        text: item.label || item.name.charAt(0).toUpperCase() + item.name.slice(1).toLowerCase(),
        classes: 'govuk-date-input__label',
      },
      id: item.id || `${options.id}-${item.name}`,
      classes: joinClasses(
        'govuk-date-input__input',
        marked && !item.classes?.includes('govuk-input--error') && 'govuk-input--error',
        !item.classes?.includes('govuk-input--width-') &&
          `govuk-input--width-${/(^|-)year$/.test(item.name) ? 4 : 2}`,
        item.classes,
      ),
      name,
      value: item.value ?? options.values?.[name],
      inputmode: item.inputmode || 'numeric',
      autocomplete: item.autocomplete,
      pattern: item.pattern,
      attributes: item.attributes,
    })}</div>`
  }
  const { parts, describedBy } = describeControl(options.id, {
    ...options,
    describedBy: options.fieldset?.describedBy,
  })
  const group = options.formGroup
  const inner = html`${parts}<div${writeAttributes({
    class: joinClasses('govuk-date-input', options.classes),
    ...options.attributes,
    id: options.id || undefined,
  })}>${writeContent(group?.beforeInputs)}${items.map(writeItem)}${writeContent(group?.afterInputs)}</div>`
  // role group: without it JAWS does not read the description of a fieldset of text inputs
  const whole = options.fieldset
    ? fieldset({ ...options.fieldset, role: 'group', describedBy, html: inner })
    : inner
  return formGroup(group, Boolean(options.errorMessage), whole)
}
