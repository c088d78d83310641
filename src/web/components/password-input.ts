import { joinClasses } from '../attributes.ts'
import { writeContent } from '../content.ts'
import { type Html, html } from '../html.ts'
import { button } from './button.ts'
import type { LabelledFieldOptions } from './form-group.ts'
import { input } from './input.ts'

export type PasswordInputOptions = LabelledFieldOptions & {
  readonly value?: string | undefined
  readonly autocomplete?: 'current-password' | 'new-password' | 'off' | undefined
  readonly showPasswordText?: string | undefined
  readonly showPasswordAriaLabelText?: string | undefined
}

/** The GOV.UK password input; its button appears only where scripts run. */
export function passwordInput(options: PasswordInputOptions): Html {
  const group = options.formGroup
  const toggle = button({
    type: 'button',
    classes: 'govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle',
    text: options.showPasswordText ?? 'Show',
    attributes: {
      'aria-controls': options.id || options.name,
      'aria-label': options.showPasswordAriaLabelText ?? 'Show password',
      hidden: true,
    },
  })
  return input({
    ...options,
    formGroup: {
      ...group,
      classes: joinClasses('govuk-password-input', group?.classes),
      attributes: { 'data-module': 'govuk-password-input', ...group?.attributes },
      afterInput: { html: html`${toggle}${writeContent(group?.afterInput)}` },
    },
    inputWrapper: { classes: 'govuk-password-input__wrapper' },
    classes: joinClasses('govuk-password-input__input govuk-js-password-input-input', options.classes),
    type: 'password',
    spellcheck: false,
    autocapitalize: 'none',
    autocomplete: options.autocomplete || 'current-password',
  })
}
