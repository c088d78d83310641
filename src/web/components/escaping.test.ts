import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Html } from '../html.ts'
import { normaliseMarkup } from '../test-support/normalise-markup.ts'
import { alert } from './alert.ts'
import { backLink } from './back-link.ts'
import { badge } from './badge.ts'
import { barChart } from './bar-chart.ts'
import { breadcrumbs } from './breadcrumbs.ts'
import { button } from './button.ts'
import { checkboxes } from './checkboxes.ts'
import { dateInput } from './date-input.ts'
import { details } from './details.ts'
import { errorMessage } from './error-message.ts'
import { errorSummary } from './error-summary.ts'
import { exitThisPage } from './exit-this-page.ts'
import { fieldset } from './fieldset.ts'
import { fileUpload } from './file-upload.ts'
import { filter } from './filter.ts'
import { groupedNavigation } from './grouped-navigation.ts'
import { hint } from './hint.ts'
import { hourGrid } from './hour-grid.ts'
import { input } from './input.ts'
import { insetText } from './inset-text.ts'
import { label } from './label.ts'
import { listChoice } from './list-choice.ts'
import { listPages } from './list-pages.ts'
import { listTable } from './list-table.ts'
import { notificationBanner } from './notification-banner.ts'
import { pageHeaderActions } from './page-header-actions.ts'
import { pagination } from './pagination.ts'
import { panel } from './panel.ts'
import { passwordInput } from './password-input.ts'
import { phaseBanner } from './phase-banner.ts'
import { radios } from './radios.ts'
import { scrollingRegion } from './scrolling-region.ts'
import { select } from './select.ts'
import { serviceNavigation } from './service-navigation.ts'
import { skipLink } from './skip-link.ts'
import { subNavigation } from './sub-navigation.ts'
import { summaryList } from './summary-list.ts'
import { table } from './table.ts'
import { tabs } from './tabs.ts'
import { tag } from './tag.ts'
import { textarea } from './textarea.ts'
import { ticketPanel } from './ticket-panel.ts'
import { timeline } from './timeline.ts'
import { warningText } from './warning-text.ts'

const around = (s: string) => ({ classes: s, attributes: { title: s } })
const field = (s: string) => ({
  name: s,
  label: { text: s, ...around(s) },
  hint: { text: s, ...around(s) },
  errorMessage: { text: s, visuallyHiddenText: s, ...around(s) },
  formGroup: { ...around(s), beforeInput: { text: s }, afterInput: { text: s } },
  describedBy: s,
  ...around(s),
})
const group = (s: string) => ({
  name: s,
  fieldset: { legend: { text: s, classes: s }, describedBy: s, ...around(s) },
  hint: { text: s },
  errorMessage: { text: s },
  formGroup: { ...around(s), beforeInputs: { text: s }, afterInputs: { text: s } },
  items: [
    { value: s, text: s, hint: { text: s }, label: around(s), attributes: { title: s }, id: s },
    { divider: s },
    { value: `${s}2`, text: s },
  ],
  ...around(s),
})

/** Every component with the same text in every place where it takes one. */
const everyText: Readonly<Record<string, (s: string) => Html>> = {
  'list-choice': s =>
    listChoice({
      address: s,
      hidden: { [`h${s}`]: `v${s}` },
      choices: [{ name: s, label: s, value: s, items: [{ value: s, text: s }] }],
    }),
  'list-pages': s =>
    listPages({
      list: { page: 2, pages: 3, from: 26, count: 60, isMore: true, after: s, next: s },
      one: s,
      many: s,
      address: s,
      chosen: { [`c${s}`]: s },
    }),
  'list-table': s => listTable({ caption: s, head: [s], rows: [[{ text: s }]] }),
  alert: s => alert({ title: s, text: s, showTitleAsHeading: true, ...around(s) }),
  'back-link': s => backLink({ text: s, href: s, ...around(s) }),
  badge: s => badge({ text: s, ...around(s) }),
  'bar-chart': s => barChart({ id: s, title: s, description: s, bars: [{ label: s, words: s, count: 2 }] }),
  breadcrumbs: s =>
    breadcrumbs({
      items: [{ text: s, href: s, attributes: { title: s } }, { text: s }],
      labelText: s,
      ...around(s),
    }),
  button: s => button({ text: s, name: s, value: s, id: s, ...around(s) }),
  'button link': s => button({ text: s, href: s, id: s, isStartButton: true, ...around(s) }),
  checkboxes: s => checkboxes({ ...group(s), values: [s], describedBy: s }),
  'date-input': s =>
    dateInput({
      id: s,
      namePrefix: s,
      fieldset: { legend: { text: s } },
      hint: { text: s },
      errorMessage: { text: s },
      items: [
        { name: s, label: s, value: s, id: s, autocomplete: s, inputmode: s, pattern: s, ...around(s) },
      ],
      ...around(s),
    }),
  details: s => details({ summary: { text: s }, text: s, id: s, ...around(s) }),
  'error-message': s => errorMessage({ text: s, id: s, visuallyHiddenText: s, ...around(s) }),
  'error-summary': s =>
    errorSummary({
      title: { text: s },
      description: { text: s },
      errorList: [{ text: s, href: s, attributes: { title: s } }, { text: s }],
      ...around(s),
    }),
  'exit-this-page': s =>
    exitThisPage({
      text: s,
      redirectUrl: s,
      id: s,
      activatedText: s,
      timedOutText: s,
      pressOneMoreTimeText: s,
      pressTwoMoreTimesText: s,
      ...around(s),
    }),
  fieldset: s =>
    fieldset({ legend: { text: s, classes: s, isPageHeading: true }, describedBy: s, role: s, ...around(s) }),
  'file-upload': s =>
    fileUpload({ ...field(s), javascript: true, wrapperClasses: s, wrapperAttributes: { title: s } }),
  filter: s =>
    filter({
      heading: { text: s },
      optionsHtml: hint({ text: s }),
      submit: { text: s, attributes: { title: s } },
      selectedFilters: {
        heading: { text: s },
        clearLink: { href: s, text: s },
        categories: [{ heading: { text: s }, items: [{ href: s, text: s }] }],
      },
      attributes: { title: s },
    }),
  'grouped-navigation': s =>
    groupedNavigation({
      label: s,
      summary: s,
      groups: [{ title: s, items: [{ text: s, href: s, current: true }] }],
      classes: s,
    }),
  hint: s => hint({ text: s, id: s, ...around(s) }),
  'hour-grid': s => hourGrid({ id: s, title: s, description: s, days: [{ name: s, counts: [1, 2] }] }),
  input: s =>
    input({
      ...field(s),
      value: s,
      type: s,
      inputmode: s,
      autocomplete: s,
      autocapitalize: s,
      pattern: s,
      prefix: { text: s, ...around(s) },
      suffix: { text: s, ...around(s) },
      inputWrapper: around(s),
    }),
  'inset-text': s => insetText({ text: s, id: s, ...around(s) }),
  label: s => label({ text: s, for: s, isPageHeading: true, ...around(s) }),
  'notification-banner': s => notificationBanner({ text: s, title: { text: s }, titleId: s, ...around(s) }),
  'page-header-actions': s =>
    pageHeaderActions({ heading: { text: s, classes: s }, items: [{ text: s, href: s }], ...around(s) }),
  pagination: s =>
    pagination({
      previous: { href: s, text: s, labelText: s, attributes: { title: s } },
      next: { href: s, text: s, labelText: s },
      landmarkLabel: s,
      ...around(s),
    }),
  'pagination with pages': s =>
    pagination({
      items: [{ number: s, href: s, visuallyHiddenText: s, attributes: { title: s } }, { ellipsis: true }],
    }),
  panel: s =>
    panel({
      title: { text: s },
      text: s,
      actions: { items: [{ text: s, href: s, ...around(s) }, { text: s }], ...around(s) },
      classes: `govuk-panel--interruption ${s}`,
      attributes: { title: s },
    }),
  'password-input': s =>
    passwordInput({ ...field(s), value: s, showPasswordText: s, showPasswordAriaLabelText: s }),
  'phase-banner': s => phaseBanner({ tag: { text: s, classes: s }, text: s, ...around(s) }),
  radios: s => radios({ ...group(s), value: s }),
  select: s => select({ ...field(s), items: [{ text: s, value: s, attributes: { title: s } }], value: s }),
  'scrolling-region': s => scrollingRegion({ label: s, html: hint({ text: s }) }),
  'service-navigation': s =>
    serviceNavigation({
      serviceName: s,
      serviceUrl: s,
      navigation: [
        { text: s, href: s, current: true, attributes: { title: s } },
        { text: s, active: true },
      ],
      navigationLabel: s,
      navigationId: s,
      navigationClasses: s,
      menuButtonText: s,
      menuButtonLabel: `${s}2`,
      ariaLabel: s,
      ...around(s),
    }),
  'skip-link': s => skipLink({ text: s, href: s, ...around(s) }),
  'sub-navigation': s =>
    subNavigation({ items: [{ text: s, href: s, active: true, ...around(s) }], label: s, ...around(s) }),
  'summary-list': s =>
    summaryList({
      rows: [
        {
          key: { text: s, classes: s },
          value: { text: s, classes: s },
          actions: { items: [{ text: s, href: s, visuallyHiddenText: s, ...around(s) }], classes: s },
          classes: s,
        },
      ],
      card: { title: { text: s, classes: s }, actions: { items: [{ text: s, href: s }] }, ...around(s) },
      ...around(s),
    }),
  table: s =>
    table({
      caption: s,
      captionClasses: s,
      head: [{ text: s, ...around(s) }],
      rows: [
        [
          { text: s, ...around(s) },
          { text: s, ...around(s) },
        ],
      ],
      firstCellIsHeader: true,
      ...around(s),
    }),
  tabs: s =>
    tabs({
      items: [{ label: s, id: s, panel: { text: s, attributes: { title: s } }, attributes: { title: s } }],
      id: s,
      title: s,
      ...around(s),
    }),
  tag: s => tag({ text: s, ...around(s) }),
  textarea: s => textarea({ ...field(s), value: s, autocomplete: s }),
  'ticket-panel': s => ticketPanel({ items: [{ text: s, ...around(s) }], ...around(s) }),
  timeline: s =>
    timeline({
      items: [
        {
          label: { text: s },
          text: s,
          byline: { text: s },
          datetime: { timestamp: s, words: s },
          id: s,
          ...around(s),
        },
      ],
      ...around(s),
    }),
  'warning-text': s => warningText({ text: s, iconFallbackText: s, ...around(s) }),
}

/** Elements and the names of their attributes, in order: what a text must never change. */
const skeleton = (markup: string): readonly string[] =>
  normaliseMarkup(markup)
    .filter(line => line.startsWith('<'))
    .map(line => line.replace(/="(?:[^"\\]|\\.)*"/g, ''))

test('every component file is in the list of components that are attacked', () => {
  const shared = ['choice-group', 'form-group']
  const files = readdirSync(new URL('.', import.meta.url))
    .filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map(name => name.replace(/\.ts$/, ''))
    .filter(name => !shared.includes(name))
  expect(files.filter(name => !(name in everyText))).toEqual([])
})

describe.each(Object.entries(everyText))('what is typed into %s stays text', (_name, write) => {
  test('a script, both quotes and a comment open nothing', () => {
    const hostile = `zq"'><script>alert(1)</script><!--</textarea></title>`
    const { markup } = write(hostile)
    expect(markup).not.toContain('<script')
    expect(markup).not.toContain('<!--')
    expect(markup).not.toContain(`zq"`)
    expect(markup).not.toContain(`zq'`)
    expect(skeleton(markup)).toEqual(skeleton(write('x').markup))
  })
  test('no text changes which elements and attributes there are', () => {
    const texts = fc.string({ unit: fc.constantFrom(...`<>"'&;=/!- \`\nab`) }).map(text => `x${text}`)
    fc.assert(
      fc.property(texts, text => {
        expect(skeleton(write(text).markup)).toEqual(skeleton(write('x').markup))
      }),
      { numRuns: 30 },
    )
  })
})
