import { type Attributes, writeAttributes } from '../attributes.ts'
import { type OptionalContent, writeContent } from '../content.ts'
import { type Html, html } from '../html.ts'
import { button } from './button.ts'

export type FilterOptions = {
  readonly heading: OptionalContent
  /** The fields to choose by. */
  readonly optionsHtml: Html
  readonly submit?:
    | { readonly text?: string | undefined; readonly attributes?: Attributes | undefined }
    | undefined
  /** What is chosen now, each with the address that shows the list without it. */
  readonly selectedFilters?:
    | {
        readonly heading: OptionalContent
        readonly clearLink: { readonly href: string; readonly text: string }
        readonly categories: readonly {
          readonly heading: OptionalContent
          readonly items: readonly { readonly href: string; readonly text: string }[]
        }[]
      }
    | undefined
  readonly attributes?: Attributes | undefined
}

type Selected = NonNullable<FilterOptions['selectedFilters']>

function writeSelected(selected: Selected): Html {
  const categories = selected.categories.map(
    category => html`<h3 class="govuk-heading-s govuk-!-margin-bottom-0">${writeContent(category.heading)}</h3>
<ul class="moj-filter-tags">${category.items.map(
      item =>
        html`<li><a${writeAttributes({
          class: 'moj-filter__tag',
          href: item.href,
        })}><span class="govuk-visually-hidden">Remove this filter</span> ${item.text}</a></li>`,
    )}</ul>`,
  )
  return html`<div class="moj-filter__selected"><div class="moj-filter__selected-heading">
<div class="moj-filter__heading-title"><h2 class="govuk-heading-m">${writeContent(selected.heading)}</h2></div>
<div class="moj-filter__heading-action"><p><a${writeAttributes({
    class: 'govuk-link govuk-link--no-visited-state',
    href: selected.clearLink.href,
  })}>${selected.clearLink.text}</a></p></div></div>${categories}</div>`
}

/** The MoJ filter. It stands inside a form of the caller that asks with GET. */
export function filter(options: FilterOptions): Html {
  return html`<div${writeAttributes({
    class: 'moj-filter',
    'data-module': 'moj-filter',
    ...options.attributes,
  })}><div class="moj-filter__header"><div class="moj-filter__header-title"><h2 class="govuk-heading-m">${writeContent(
    options.heading,
  )}</h2></div><div class="moj-filter__header-action"></div></div><div class="moj-filter__content">${
    options.selectedFilters && writeSelected(options.selectedFilters)
  }<div class="moj-filter__options">${button({
    text: options.submit?.text || 'Apply filters',
    attributes: options.submit?.attributes,
  })}${options.optionsHtml}</div></div></div>`
}
