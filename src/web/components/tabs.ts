import { type Attributes, joinClasses, writeAttributes } from '../attributes.ts'
import { type OptionalContent, writeContent } from '../content.ts'
import { type Html, html } from '../html.ts'

export type TabItem = {
  readonly label: string
  readonly id?: string | undefined
  readonly panel: OptionalContent & { readonly attributes?: Attributes | undefined }
  readonly attributes?: Attributes | undefined
}

export type TabsOptions = {
  readonly items: readonly TabItem[]
  readonly id?: string | undefined
  readonly idPrefix?: string | undefined
  readonly title?: string | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** The GOV.UK tabs; without scripts they are a list of links to the parts below. */
export function tabs(options: TabsOptions): Html {
  const withIds = options.items.map((item, index) => ({
    item,
    id: item.id || `${options.idPrefix ?? ''}-${index + 1}`,
    first: index === 0,
  }))
  const list = withIds.map(
    ({ item, id, first }) =>
      html`<li class="${joinClasses(
        'govuk-tabs__list-item',
        first && 'govuk-tabs__list-item--selected',
      )}"><a${writeAttributes({ class: 'govuk-tabs__tab', href: `#${id}`, ...item.attributes })}>${
        item.label
      }</a></li>`,
  )
  const panels = withIds.map(
    ({ item, id, first }) =>
      html`<div${writeAttributes({
        class: joinClasses('govuk-tabs__panel', !first && 'govuk-tabs__panel--hidden'),
        id,
        ...item.panel.attributes,
      })}>${
        item.panel.html
          ? writeContent(item.panel)
          : item.panel.text && html`<p class="govuk-body">${item.panel.text}</p>`
      }</div>`,
  )
  return html`<div${writeAttributes({
    id: options.id || undefined,
    class: joinClasses('govuk-tabs', options.classes),
    ...options.attributes,
    'data-module': 'govuk-tabs',
  })}><h2 class="govuk-tabs__title">${options.title ?? 'Contents'}</h2>${
    list.length > 0 && html`<ul class="govuk-tabs__list">${list}</ul>`
  }${panels}</div>`
}
