import { type Attributes, joinClasses, writeAttributes } from '../attributes.ts'
import { hasContent, type OptionalContent, writeContent } from '../content.ts'
import { type Html, html } from '../html.ts'

export type ErrorSummaryItem = OptionalContent & {
  readonly href?: string | undefined
  readonly attributes?: Attributes | undefined
}

export type ErrorSummaryOptions = {
  readonly title?: OptionalContent | undefined
  readonly description?: OptionalContent | undefined
  readonly errorList: readonly ErrorSummaryItem[]
  readonly disableAutoFocus?: boolean | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** The GOV.UK error summary. */
export function errorSummary(options: ErrorSummaryOptions): Html {
  const items = options.errorList.map(item => {
    const words = writeContent(item)
    const link = item.href && html`<a${writeAttributes({ href: item.href, ...item.attributes })}>${words}</a>`
    return html`<li>${link || words}</li>`
  })
  return html`<div${writeAttributes({
    class: joinClasses('govuk-error-summary', options.classes),
    'data-disable-auto-focus':
      options.disableAutoFocus === undefined ? undefined : String(options.disableAutoFocus),
    ...options.attributes,
    'data-module': 'govuk-error-summary',
  })}><div role="alert"><h2 class="govuk-error-summary__title">${writeContent(
    options.title ?? { text: 'There is a problem' },
  )}</h2><div class="govuk-error-summary__body">${
    hasContent(options.description) && html`<p>${writeContent(options.description)}</p>`
  }${items.length > 0 && html`<ul class="govuk-list govuk-error-summary__list">${items}</ul>`}</div></div></div>`
}
