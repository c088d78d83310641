import { type Attributes, joinClasses, writeAttributes } from '../attributes.ts'
import { hasContent, type OptionalContent, writeContent } from '../content.ts'
import { type Html, html, trusted } from '../html.ts'

export type NotificationBannerOptions = OptionalContent & {
  readonly type?: 'success' | undefined
  readonly title?: OptionalContent | undefined
  readonly titleHeadingLevel?: 1 | 2 | 3 | 4 | undefined
  readonly titleId?: string | undefined
  readonly role?: 'alert' | 'region' | undefined
  readonly disableAutoFocus?: boolean | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** The GOV.UK notification banner. */
export function notificationBanner(options: NotificationBannerOptions): Html {
  const success = options.type === 'success'
  const id = options.titleId || 'govuk-notification-banner-title'
  const heading = trusted(`h${options.titleHeadingLevel || 2}`)
  const title = hasContent(options.title) ? writeContent(options.title) : success ? 'Success' : 'Important'
  return html`<div${writeAttributes({
    class: joinClasses(
      'govuk-notification-banner',
      success && 'govuk-notification-banner--success',
      options.classes,
    ),
    role: options.role || (success ? 'alert' : 'region'),
    'aria-labelledby': id,
    'data-module': 'govuk-notification-banner',
    'data-disable-auto-focus':
      options.disableAutoFocus === undefined ? undefined : String(options.disableAutoFocus),
    ...options.attributes,
  })}><div class="govuk-notification-banner__header"><${heading}${writeAttributes({
    class: 'govuk-notification-banner__title',
    id,
  })}>${title}</${heading}></div><div class="govuk-notification-banner__content">${
    options.html ?? (options.text && html`<p class="govuk-notification-banner__heading">${options.text}</p>`)
  }</div></div>`
}
