import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import type { Html } from '../html.ts'
import { adaptFixture } from '../test-support/adapt-fixture.ts'
import { normaliseMarkup } from '../test-support/normalise-markup.ts'
import { backLink } from './back-link.ts'
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
import { hint } from './hint.ts'
import { input } from './input.ts'
import { insetText } from './inset-text.ts'
import { label } from './label.ts'
import { notificationBanner } from './notification-banner.ts'
import { pagination } from './pagination.ts'
import { panel } from './panel.ts'
import { passwordInput } from './password-input.ts'
import { phaseBanner } from './phase-banner.ts'
import { radios } from './radios.ts'
import { select } from './select.ts'
import { serviceNavigation } from './service-navigation.ts'
import { skipLink } from './skip-link.ts'
import { summaryList } from './summary-list.ts'
import { table } from './table.ts'
import { tabs } from './tabs.ts'
import { tag } from './tag.ts'
import { textarea } from './textarea.ts'
import { warningText } from './warning-text.ts'

type Fixture = { readonly name: string; readonly options: Record<string, unknown>; readonly html: string }

const require = createRequire(import.meta.url)

// a fixture's options are data of another project: the one place where a component takes them unchecked
const write = (component: (options: never) => Html, options: unknown): string =>
  component(options as never).markup

const components: Readonly<Record<string, (options: never) => Html>> = {
  'back-link': backLink,
  breadcrumbs,
  button,
  checkboxes,
  'date-input': dateInput,
  details,
  'error-message': errorMessage,
  'error-summary': errorSummary,
  'exit-this-page': exitThisPage,
  fieldset,
  'file-upload': fileUpload,
  hint,
  input,
  'inset-text': insetText,
  label,
  'notification-banner': notificationBanner,
  pagination,
  panel,
  'password-input': passwordInput,
  'phase-banner': phaseBanner,
  radios,
  select,
  'service-navigation': serviceNavigation,
  'skip-link': skipLink,
  'summary-list': summaryList,
  table,
  tabs,
  tag,
  textarea,
  'warning-text': warningText,
}

const noEmptyEntries = 'a typed list has no empty entries to step over'
const oneLanguage = 'the script speaks English, as every page does'
const noPhase = 'a phase banner without its phase says nothing'

/** Fixtures of options that we do not offer, each with the reason. */
const notOffered: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  checkboxes: { 'with falsy values': noEmptyEntries },
  'date-input': { 'with field value and items': 'a part has one place for its value' },
  'file-upload': { translated: oneLanguage },
  pagination: { 'with empty items': noEmptyEntries },
  'password-input': { 'with translations': oneLanguage },
  'phase-banner': {
    classes: noPhase,
    text: noPhase,
    'html as text': noPhase,
    attributes: noPhase,
  },
  radios: { 'with falsy items': noEmptyEntries },
  select: { 'with falsy values': noEmptyEntries },
  'service-navigation': { 'with slotted content': 'only the end takes content of the caller' },
}

for (const [name, component] of Object.entries(components)) {
  describe(`the typed ${name} is the published one`, () => {
    const file = require.resolve(`govuk-frontend/dist/govuk/components/${name}/fixtures.json`)
    const { fixtures }: { fixtures: readonly Fixture[] } = JSON.parse(readFileSync(file, 'utf8'))
    const left = notOffered[name] ?? {}
    test('every fixture left out is one that ships', () => {
      const names = fixtures.map(fixture => fixture.name)
      expect(Object.keys(left).filter(each => !names.includes(each))).toEqual([])
    })
    test.each(fixtures.filter(fixture => !(fixture.name in left)))('$name', fixture => {
      const written = write(component, adaptFixture(name, fixture.options))
      expect(normaliseMarkup(written)).toEqual(normaliseMarkup(fixture.html))
    })
  })
}
