import { type Attributes, joinClasses, writeAttributes } from '../attributes.ts'
import { hasContent, type OptionalContent, writeContent } from '../content.ts'
import { type Html, html } from '../html.ts'

export type PaginationLink = OptionalContent & {
  readonly href: string
  readonly labelText?: string | undefined
  readonly attributes?: Attributes | undefined
}

export type PaginationItem =
  | { readonly ellipsis: true }
  | {
      readonly ellipsis?: undefined
      readonly number: string | number
      readonly href: string
      readonly current?: boolean | undefined
      readonly visuallyHiddenText?: string | undefined
      readonly attributes?: Attributes | undefined
    }

export type PaginationOptions = {
  readonly previous?: PaginationLink | undefined
  readonly next?: PaginationLink | undefined
  readonly items?: readonly PaginationItem[] | undefined
  readonly landmarkLabel?: string | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

const arrows = {
  prev: html`<svg class="govuk-pagination__icon govuk-pagination__icon--prev" xmlns="http://www.w3.org/2000/svg" height="13" width="15" aria-hidden="true" focusable="false" viewBox="0 0 15 13"><path d="m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z"></path></svg>`,
  next: html`<svg class="govuk-pagination__icon govuk-pagination__icon--next" xmlns="http://www.w3.org/2000/svg" height="13" width="15" aria-hidden="true" focusable="false" viewBox="0 0 15 13"><path d="m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z"></path></svg>`,
}

const words = { prev: 'Previous', next: 'Next' }

function writeArrow(kind: 'prev' | 'next', link: PaginationLink | undefined, block: boolean): Html {
  if (!link?.href) return html``
  const title = hasContent(link)
    ? writeContent(link)
    : html`${words[kind]}<span class="govuk-visually-hidden"> page</span>`
  const decorated = block && !link.labelText && 'govuk-pagination__link-title--decorated'
  return html`<div class="govuk-pagination__${kind}"><a${writeAttributes({
    class: 'govuk-link govuk-pagination__link',
    href: link.href,
    rel: kind,
    ...link.attributes,
  })}>${(block || kind === 'prev') && arrows[kind]}
<span class="${joinClasses('govuk-pagination__link-title', decorated)}">${title}</span>${
    block &&
    link.labelText &&
    html`
<span class="govuk-visually-hidden">:</span>
<span class="govuk-pagination__link-label">${link.labelText}</span>`
  }${!block && kind === 'next' && arrows.next}</a></div>`
}

function writeItem(item: PaginationItem): Html {
  if (item.ellipsis)
    return html`<li class="govuk-pagination__item govuk-pagination__item--ellipsis">&ctdot;</li>`
  return html`<li class="${joinClasses(
    'govuk-pagination__item',
    item.current && 'govuk-pagination__item--current',
  )}"><a${writeAttributes({
    class: 'govuk-link govuk-pagination__link',
    href: item.href,
    'aria-label': item.visuallyHiddenText ?? `Page ${item.number}`,
    'aria-current': item.current ? 'page' : undefined,
    ...item.attributes,
  })}>${item.number}</a></li>`
}

/** The GOV.UK pagination. */
export function pagination(options: PaginationOptions): Html {
  const block = !options.items && Boolean(options.next || options.previous)
  return html`<nav${writeAttributes({
    class: joinClasses('govuk-pagination', block && 'govuk-pagination--block', options.classes),
    'aria-label': options.landmarkLabel || 'Pagination',
    ...options.attributes,
  })}>${writeArrow('prev', options.previous, block)}${
    options.items && html`<ul class="govuk-pagination__list">${options.items.map(writeItem)}</ul>`
  }${writeArrow('next', options.next, block)}</nav>`
}
