import { joinClasses, writeAttributes } from '../attributes.ts'
import { type Html, html } from '../html.ts'
import { details } from './details.ts'

export type GroupedNavigationItem = {
  readonly text: string
  readonly href: string
  /** The page itself. */
  readonly current?: boolean | undefined
  /** A page below this item. */
  readonly active?: boolean | undefined
}

export type GroupedNavigationOptions = {
  /** What all of it leads around, for people who hear the page. */
  readonly label: string
  /** What a small screen shows while the groups are closed: what opens, and where the reader is. */
  readonly summary: string
  /** A group without items is not shown. */
  readonly groups: readonly { readonly title: string; readonly items: readonly GroupedNavigationItem[] }[]
  readonly classes?: string | undefined
}

/**
 * Links in named groups. A small screen shows one line that opens, which is the GOV.UK details and works without
 * scripts; a wide screen shows every group at once. Paper shows nothing of it.
 */
export function groupedNavigation(options: GroupedNavigationOptions): Html {
  const groups = options.groups
    .filter(({ items }) => items.length > 0)
    .map(
      ({ title, items }) =>
        html`<li class="grouped-navigation__group"><span class="grouped-navigation__title">${title}</span><ul class="grouped-navigation__list">${items.map(writeItem)}</ul></li>`,
    )
  return html`<nav${writeAttributes({
    class: joinClasses('grouped-navigation not-printed', options.classes),
    'aria-label': options.label,
  })}>${details({
    summary: { text: options.summary },
    classes: 'grouped-navigation__parts',
    html: html`<ul class="grouped-navigation__groups">${groups}</ul>`,
  })}</nav>`
}

function writeItem({ text, href, current, active }: GroupedNavigationItem): Html {
  return html`<li class="grouped-navigation__item"><a${writeAttributes({
    class: 'grouped-navigation__link',
    href,
    'aria-current': current ? 'page' : active ? 'true' : undefined,
  })}>${text}</a></li>`
}
