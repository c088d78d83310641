import { type Attributes, joinClasses, writeAttributes } from '../attributes.ts'
import { type Html, html } from '../html.ts'
import { type LabelledFieldOptions, labelledField } from './form-group.ts'

export type SelectItem = {
  readonly text: string
  readonly value?: string | number | undefined
  readonly selected?: boolean | undefined
  readonly disabled?: boolean | undefined
  readonly attributes?: Attributes | undefined
}

export type SelectOptions = LabelledFieldOptions & {
  readonly items: readonly SelectItem[]
  readonly value?: string | number | undefined
}

/** The GOV.UK select. */
export function select(options: SelectOptions): Html {
  const chosen = (item: SelectItem): boolean =>
    item.selected ?? (Boolean(options.value) && (item.value ?? item.text) === options.value)
  const items = options.items.map(
    item =>
      html`<option${writeAttributes({
        value: item.value,
        selected: chosen(item),
        disabled: item.disabled,
        ...item.attributes,
      })}>${item.text}</option>`,
  )
  return labelledField(
    options,
    (id, describedBy) =>
      html`<select${writeAttributes({
        class: joinClasses('govuk-select', options.classes, options.errorMessage && 'govuk-select--error'),
        id,
        name: options.name,
        disabled: options.disabled,
        'aria-describedby': describedBy,
        ...options.attributes,
      })}>${items}</select>`,
  )
}
