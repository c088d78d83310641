import { expect, test } from 'vitest'
import { normaliseMarkup } from '../test-support/normalise-markup.ts'
import { groupedNavigation } from './grouped-navigation.ts'

test('links stand in a list of groups, each under its name, behind one line that opens without scripts', () => {
  const { markup } = groupedNavigation({
    label: 'Go on',
    summary: 'Menu: Two',
    groups: [
      {
        title: 'Near',
        items: [
          { text: 'One', href: '/1' },
          { text: 'Two', href: '/2', current: true },
        ],
      },
      { title: 'Nothing there', items: [] },
      { title: 'Far', items: [{ text: 'Three', href: '/3', active: true }] },
    ],
  })
  expect(normaliseMarkup(markup)).toEqual(
    normaliseMarkup(`<nav class="grouped-navigation not-printed" aria-label="Go on">
      <details class="govuk-details grouped-navigation__parts">
        <summary class="govuk-details__summary"><span class="govuk-details__summary-text">Menu: Two</span></summary>
        <div class="govuk-details__text"><ul class="grouped-navigation__groups">
          <li class="grouped-navigation__group">
            <span class="grouped-navigation__title">Near</span>
            <ul class="grouped-navigation__list">
              <li class="grouped-navigation__item"><a class="grouped-navigation__link" href="/1">One</a></li>
              <li class="grouped-navigation__item"><a class="grouped-navigation__link" href="/2" aria-current="page">Two</a></li>
            </ul>
          </li>
          <li class="grouped-navigation__group">
            <span class="grouped-navigation__title">Far</span>
            <ul class="grouped-navigation__list">
              <li class="grouped-navigation__item"><a class="grouped-navigation__link" href="/3" aria-current="true">Three</a></li>
            </ul>
          </li></ul>
        </div>
      </details>
    </nav>`),
  )
})
