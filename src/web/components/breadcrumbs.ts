import { type Attributes, joinClasses, writeAttributes } from '../attributes.ts'
import { type OptionalContent, writeContent } from '../content.ts'
import { type Html, html } from '../html.ts'

export type BreadcrumbItem = OptionalContent & {
  /** Without an address the item is the page itself. */
  readonly href?: string | undefined
  readonly attributes?: Attributes | undefined
}

export type BreadcrumbsOptions = {
  readonly items: readonly BreadcrumbItem[]
  readonly collapseOnMobile?: boolean | undefined
  readonly labelText?: string | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** The GOV.UK breadcrumbs. */
export function breadcrumbs(options: BreadcrumbsOptions): Html {
  const items = options.items.map(item =>
    item.href
      ? html`<li class="govuk-breadcrumbs__list-item"><a${writeAttributes({
          class: 'govuk-breadcrumbs__link',
          href: item.href,
          ...item.attributes,
        })}>${writeContent(item)}</a></li>`
      : html`<li class="govuk-breadcrumbs__list-item" aria-current="page">${writeContent(item)}</li>`,
  )
  return html`<nav${writeAttributes({
    class: joinClasses(
      'govuk-breadcrumbs',
      options.classes,
      options.collapseOnMobile && 'govuk-breadcrumbs--collapse-on-mobile',
    ),
    ...options.attributes,
    'aria-label': options.labelText ?? 'Breadcrumb',
  })}><ol class="govuk-breadcrumbs__list">${items}</ol></nav>`
}
