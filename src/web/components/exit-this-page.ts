import { type Attributes, joinClasses, writeAttributes } from '../attributes.ts'
import { hasContent, type OptionalContent } from '../content.ts'
import { type Html, html } from '../html.ts'
import { button } from './button.ts'

export type ExitThisPageOptions = OptionalContent & {
  /** Where the control leads without scripts; the page behind it decides the neutral site. */
  readonly redirectUrl: string
  readonly id?: string | undefined
  readonly classes?: string | undefined
  readonly activatedText?: string | undefined
  readonly timedOutText?: string | undefined
  readonly pressTwoMoreTimesText?: string | undefined
  readonly pressOneMoreTimeText?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** The GOV.UK "Exit this page" control. */
export function exitThisPage(options: ExitThisPageOptions): Html {
  const words = hasContent(options)
    ? options
    : { html: html`<span class="govuk-visually-hidden">Emergency</span> Exit this page` }
  return html`<div${writeAttributes({
    id: options.id || undefined,
    class: joinClasses('govuk-exit-this-page', options.classes),
    'data-module': 'govuk-exit-this-page',
    ...options.attributes,
    'data-i18n.activated': options.activatedText || undefined,
    'data-i18n.timed-out': options.timedOutText || undefined,
    'data-i18n.press-two-more-times': options.pressTwoMoreTimesText || undefined,
    'data-i18n.press-one-more-time': options.pressOneMoreTimeText || undefined,
  })}>${button({
    ...words,
    classes: 'govuk-button--warning govuk-exit-this-page__button govuk-js-exit-this-page-button',
    href: options.redirectUrl,
    id: undefined,
    attributes: { rel: 'nofollow noreferrer' },
  })}</div>`
}
