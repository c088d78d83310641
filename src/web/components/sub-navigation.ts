import { type Attributes, joinClasses, writeAttributes } from '../attributes.ts'
import { type OptionalContent, writeContent } from '../content.ts'
import { type Html, html } from '../html.ts'

export type SubNavigationItem = OptionalContent & {
  readonly href: string
  readonly active?: boolean | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

export type SubNavigationOptions = {
  readonly items: readonly SubNavigationItem[]
  readonly label?: string | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** The MoJ sub navigation. */
export function subNavigation(options: SubNavigationOptions): Html {
  const items = options.items.map(
    item =>
      html`<li class="${joinClasses('moj-sub-navigation__item', item.classes)}"><a${writeAttributes({
        class: 'moj-sub-navigation__link',
        'aria-current': item.active ? 'page' : undefined,
        href: item.href,
        ...item.attributes,
      })}>${writeContent(item)}</a></li>`,
  )
  return html`<nav${writeAttributes({
    class: joinClasses('moj-sub-navigation', options.classes),
    'aria-label': options.label || 'Secondary navigation region',
    ...options.attributes,
  })}><ul class="moj-sub-navigation__list">${items}</ul></nav>`
}
