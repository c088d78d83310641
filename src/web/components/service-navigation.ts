import { type Attributes, joinClasses, writeAttributes } from '../attributes.ts'
import { hasContent, type OptionalContent, writeContent } from '../content.ts'
import { type Html, html } from '../html.ts'

export type NavigationItem = OptionalContent & {
  readonly href?: string | undefined
  /** The page itself. */
  readonly current?: boolean | undefined
  /** A page below this item. */
  readonly active?: boolean | undefined
  readonly attributes?: Attributes | undefined
}

export type ServiceNavigationOptions = {
  readonly serviceName?: string | undefined
  readonly serviceUrl?: string | undefined
  readonly navigation?: readonly NavigationItem[] | undefined
  readonly navigationLabel?: string | undefined
  readonly navigationId?: string | undefined
  readonly navigationClasses?: string | undefined
  readonly collapseNavigationOnMobile?: boolean | undefined
  readonly menuButtonText?: string | undefined
  readonly menuButtonLabel?: string | undefined
  readonly ariaLabel?: string | undefined
  /** What follows the navigation, such as a sign-out button. */
  readonly end?: { readonly html: Html; readonly inline?: boolean | undefined } | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

function writeItem(item: NavigationItem): Html {
  const here = item.active || item.current
  const words = here
    ? html`<strong class="govuk-service-navigation__active-fallback">${writeContent(item)}</strong>`
    : writeContent(item)
  const current = here ? (item.current ? 'page' : 'true') : undefined
  const inside = item.href
    ? html`<a${writeAttributes({
        class: 'govuk-service-navigation__link',
        href: item.href,
        'aria-current': current,
        ...item.attributes,
      })}>${words}</a>`
    : hasContent(item) &&
      html`<span${writeAttributes({
        class: 'govuk-service-navigation__text',
        'aria-current': current,
      })}>${words}</span>`
  return html`<li class="${joinClasses(
    'govuk-service-navigation__item',
    here && 'govuk-service-navigation__item--active',
  )}">${inside}</li>`
}

function writeNavigation(options: ServiceNavigationOptions): Html {
  const items = options.navigation ?? []
  if (items.length === 0) return html``
  const menu = options.menuButtonText || 'Menu'
  const id = options.navigationId || 'navigation'
  const collapses = options.collapseNavigationOnMobile ?? items.length > 1
  const label = options.menuButtonLabel !== menu ? options.menuButtonLabel : undefined
  return html`<nav${writeAttributes({
    'aria-label': options.navigationLabel || menu,
    class: joinClasses('govuk-service-navigation__wrapper', options.navigationClasses),
  })}>${
    collapses &&
    html`<button${writeAttributes({
      type: 'button',
      class: 'govuk-service-navigation__toggle govuk-js-service-navigation-toggle',
      'aria-controls': id,
      'aria-label': label || undefined,
      hidden: true,
      'aria-hidden': 'true',
    })}>${menu}</button>`
  }<ul${writeAttributes({ class: 'govuk-service-navigation__list', id })}>${items.map(writeItem)}</ul></nav>`
}

function writeName(options: ServiceNavigationOptions): Html {
  if (!options.serviceName) return html``
  const name = options.serviceUrl
    ? html`<a${writeAttributes({
        href: options.serviceUrl,
        class: 'govuk-service-navigation__link',
      })}>${options.serviceName}</a>`
    : html`<span class="govuk-service-navigation__text">${options.serviceName}</span>`
  return html`<span class="govuk-service-navigation__service-name">${name}</span>`
}

/** The GOV.UK service navigation. */
export function serviceNavigation(options: ServiceNavigationOptions): Html {
  const inner = html`<div class="${joinClasses(
    'govuk-width-container',
    options.end?.inline && 'govuk-service-navigation__inlining-container',
  )}"><div class="govuk-service-navigation__container">${writeName(options)}${writeNavigation(
    options,
  )}</div>${options.end?.html}</div>`
  const common = {
    class: joinClasses('govuk-service-navigation', options.classes),
    'data-module': 'govuk-service-navigation',
    ...options.attributes,
  }
  if (!options.serviceName && !options.end?.html) return html`<div${writeAttributes(common)}>${inner}</div>`
  const label = { 'aria-label': options.ariaLabel ?? 'Service information' }
  return html`<section${writeAttributes({ ...label, ...common })}>${inner}</section>`
}
