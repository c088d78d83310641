import { type Attributes, joinClasses, writeAttributes } from '../attributes.ts'
import { hasContent, type OptionalContent, writeContent } from '../content.ts'
import { type Html, html } from '../html.ts'
import { type LabelledFieldOptions, labelledField } from './form-group.ts'

export type AffixOptions = OptionalContent & {
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

export type InputOptions = LabelledFieldOptions & {
  readonly value?: string | number | undefined
  readonly type?: string | undefined
  readonly inputmode?: string | undefined
  readonly autocomplete?: string | undefined
  readonly autocapitalize?: string | undefined
  readonly spellcheck?: boolean | undefined
  readonly pattern?: string | undefined
  readonly prefix?: AffixOptions | undefined
  readonly suffix?: AffixOptions | undefined
  readonly inputWrapper?:
    | { readonly classes?: string | undefined; readonly attributes?: Attributes | undefined }
    | undefined
}

function affix(kind: 'prefix' | 'suffix', options: AffixOptions | undefined): Html {
  if (!options || !hasContent(options)) return html``
  return html`<div${writeAttributes({
    class: joinClasses(`govuk-input__${kind}`, options.classes),
    'aria-hidden': 'true',
    ...options.attributes,
  })}>${writeContent(options)}</div>`
}

function wrapped(options: InputOptions, control: Html): Html {
  const group = options.formGroup
  const extras = [options.prefix, options.suffix, group?.beforeInput, group?.afterInput]
  if (!extras.some(hasContent)) return control
  return html`<div${writeAttributes({
    class: joinClasses('govuk-input__wrapper', options.inputWrapper?.classes),
    ...options.inputWrapper?.attributes,
  })}>${writeContent(group?.beforeInput)}${affix('prefix', options.prefix)}
${control}
${affix('suffix', options.suffix)}${writeContent(group?.afterInput)}</div>`
}

/** The GOV.UK text input. */
export function input(options: InputOptions): Html {
  const plainGroup = { ...options.formGroup, beforeInput: undefined, afterInput: undefined }
  return labelledField({ ...options, formGroup: plainGroup }, (id, describedBy) =>
    wrapped(
      options,
      html`<input${writeAttributes({
        class: joinClasses('govuk-input', options.classes, options.errorMessage && 'govuk-input--error'),
        id,
        name: options.name,
        type: options.type || 'text',
        spellcheck: options.spellcheck === undefined ? undefined : String(options.spellcheck),
        value: options.value,
        disabled: options.disabled,
        'aria-describedby': describedBy,
        autocomplete: options.autocomplete,
        autocapitalize: options.autocapitalize,
        pattern: options.pattern,
        inputmode: options.inputmode,
        ...options.attributes,
      })}>`,
    ),
  )
}
