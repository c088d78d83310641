import { expect, test } from 'vitest'
import { html } from '../html.ts'
import { normaliseMarkup } from '../test-support/normalise-markup.ts'
import { badge } from './badge.ts'
import { subNavigation } from './sub-navigation.ts'
import { ticketPanel } from './ticket-panel.ts'
import { timeline } from './timeline.ts'

// MoJ Frontend ships no fixtures: these are the structures its documentation describes
const check = (written: { readonly markup: string }, documented: string): void =>
  expect(normaliseMarkup(written.markup)).toEqual(normaliseMarkup(documented))

test('a timeline has a title, a time and a description for each item', () => {
  check(
    timeline({
      items: [
        {
          label: { text: 'Received' },
          byline: { text: 'A person' },
          datetime: { timestamp: '2026-03-09T10:00:00Z', words: '9 March 2026, 10am' },
          text: 'By post',
        },
      ],
    }),
    `<div class="moj-timeline">
      <div class="moj-timeline__item">
        <div class="moj-timeline__header">
          <h2 class="moj-timeline__title">Received</h2>
          <p class="moj-timeline__byline">by A person</p>
        </div>
        <p class="moj-timeline__date"><time datetime="2026-03-09T10:00:00Z">9 March 2026, 10am</time></p>
        <div class="moj-timeline__description">By post</div>
      </div>
    </div>`,
  )
})

test('the words of a time are the caller’s, whatever zone the machine is in', () => {
  const { markup } = timeline({
    items: [{ label: { text: 'a' }, text: 'b', datetime: { words: 'between 1 and 3 March' } }],
  })
  expect(markup).toContain('<time>between 1 and 3 March</time>')
})

test('sub navigation says which page is shown', () => {
  check(
    subNavigation({
      label: 'Parts',
      items: [
        { text: 'One', href: '/1', active: true },
        { text: 'Two', href: '/2' },
      ],
    }),
    `<nav class="moj-sub-navigation" aria-label="Parts"><ul class="moj-sub-navigation__list">
      <li class="moj-sub-navigation__item"><a class="moj-sub-navigation__link" aria-current="page" href="/1">One</a></li>
      <li class="moj-sub-navigation__item"><a class="moj-sub-navigation__link" href="/2">Two</a></li>
    </ul></nav>`,
  )
})

test('a badge and a ticket panel are written as documented', () => {
  check(
    badge({ text: 'New', classes: 'moj-badge--green' }),
    '<span class="moj-badge moj-badge--green">New</span>',
  )
  check(
    ticketPanel({ items: [{ html: html`<h2>A</h2>`, classes: 'moj-ticket-panel__content--blue' }] }),
    `<article class="moj-ticket-panel">
      <section class="moj-ticket-panel__content moj-ticket-panel__content--blue"><h2>A</h2></section>
    </article>`,
  )
})
