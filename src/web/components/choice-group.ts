import { type Attributes, joinClasses, writeAttributes } from '../attributes.ts'
import { hasContent, type OptionalContent, writeContent } from '../content.ts'
import { type Html, html } from '../html.ts'
import type { ErrorMessageOptions } from './error-message.ts'
import { type FieldsetOptions, fieldset } from './fieldset.ts'
import { describeControl, type FormGroupOptions, formGroup } from './form-group.ts'
import { type HintOptions, hint } from './hint.ts'
import { label } from './label.ts'

export type ChoiceItem = OptionalContent & {
  readonly value: string
  readonly id?: string | undefined
  readonly divider?: undefined
  readonly checked?: boolean | undefined
  readonly disabled?: boolean | undefined
  readonly hint?: HintOptions | undefined
  readonly label?:
    | { readonly classes?: string | undefined; readonly attributes?: Attributes | undefined }
    | undefined
  /** Shown when this choice is made; without scripts it is always shown. */
  readonly conditional?: { readonly html: Html } | undefined
  readonly attributes?: Attributes | undefined
}

export type ChoiceDivider = { readonly divider: string }

export type ChoiceGroupOptions = {
  readonly name: string
  readonly idPrefix?: string | undefined
  readonly fieldset?: Omit<FieldsetOptions, 'html' | 'role'> | undefined
  readonly hint?: HintOptions | undefined
  readonly errorMessage?: ErrorMessageOptions | undefined
  readonly describedBy?: string | undefined
  readonly formGroup?:
    | (Omit<FormGroupOptions, 'beforeInput' | 'afterInput'> & {
        readonly beforeInputs?: OptionalContent | undefined
        readonly afterInputs?: OptionalContent | undefined
      })
    | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** One radio or checkbox ready to write: what differs between the two is settled by the caller. */
export type PreparedChoice =
  | ChoiceDivider
  | {
      readonly item: ChoiceItem
      readonly name: string
      readonly checked: boolean
      readonly describedBy?: string | undefined
      readonly behaviour?: string | undefined
    }

function writeChoice(kind: 'radios' | 'checkboxes', id: string, choice: PreparedChoice): Html {
  if ('divider' in choice) return html`<div class="govuk-${kind}__divider">${choice.divider}</div>`
  const { item, checked } = choice
  const conditional = hasContent(item.conditional) && item.conditional
  const conditionalId = `conditional-${id}`
  const hintId = hasContent(item.hint) && `${id}-item-hint`
  return html`<div class="govuk-${kind}__item"><input${writeAttributes({
    class: `govuk-${kind}__input`,
    id,
    name: choice.name,
    type: kind === 'radios' ? 'radio' : 'checkbox',
    value: item.value ?? '',
    checked,
    disabled: item.disabled,
    'data-aria-controls': conditional ? conditionalId : undefined,
    'data-behaviour': choice.behaviour,
    'aria-describedby': joinClasses(choice.describedBy, hintId) || undefined,
    ...item.attributes,
  })}>${label({
    ...item.label,
    ...(item.html ? { html: item.html } : { text: item.text ?? '' }),
    classes: joinClasses(`govuk-${kind}__label`, item.label?.classes),
    for: id,
  })}${
    hintId &&
    hint({ ...item.hint, id: hintId, classes: joinClasses(`govuk-${kind}__hint`, item.hint?.classes) })
  }</div>${
    conditional &&
    html`<div class="${joinClasses(
      `govuk-${kind}__conditional`,
      !checked && `govuk-${kind}__conditional--hidden`,
    )}" id="${conditionalId}">${conditional.html}</div>`
  }`
}

/** What radios and checkboxes share: the group, its fieldset, hint, error and the list of choices. */
export function choiceGroup(
  kind: 'radios' | 'checkboxes',
  options: ChoiceGroupOptions,
  prepare: (describedBy: string | undefined) => readonly PreparedChoice[],
): Html {
  const idPrefix = options.idPrefix || options.name
  const from = options.fieldset?.describedBy || options.describedBy
  const { parts, describedBy } = describeControl(idPrefix, { ...options, describedBy: from })
  // the first control keeps the plain id, so that an error summary can land on it
  const choices = prepare(describedBy).map((choice, index) => {
    const own = 'item' in choice ? choice.item.id : undefined
    return writeChoice(kind, own || (index === 0 ? idPrefix : `${idPrefix}-${index + 1}`), choice)
  })
  const group = options.formGroup
  const inner = html`${parts}<div${writeAttributes({
    class: joinClasses(`govuk-${kind}`, options.classes),
    'data-module': `govuk-${kind}`,
    ...options.attributes,
  })}>${writeContent(group?.beforeInputs)}${choices}${writeContent(group?.afterInputs)}</div>`
  const whole = options.fieldset ? fieldset({ ...options.fieldset, describedBy, html: inner }) : inner
  return formGroup(group, Boolean(options.errorMessage), whole)
}
