import type { FormProblem } from '../../../foundation/decision.ts'
import { button } from '../../../web/components/button.ts'
import { checkboxes } from '../../../web/components/checkboxes.ts'
import { input } from '../../../web/components/input.ts'
import { textarea } from '../../../web/components/textarea.ts'
import { startForm } from '../../../web/form.ts'
import { problemBeside } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'
import { type CatalogueEntry, type EntryGroup, entryGroups } from '../../inventory/catalogue-entry.ts'
import { findCatalogueKinds } from '../../inventory/find-kinds.ts'
import { sayGroup } from '../../inventory/say-inventory.ts'
import { namesField } from './form.ts'

export type TickList = {
  readonly base: string
  readonly csrfToken: string
  readonly once: string
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
  readonly entries: ReadonlyMap<string, CatalogueEntry>
  /** What was looked for among the kinds; empty for all. */
  readonly find: string
}

/** Every kind of thing a client may have, by group, each with a line that explains it and a field for names. */
export function tickListView(list: TickList): Html {
  const { base, entries, find, typed } = list
  // What is ticked already stays, whatever is looked for.
  const ticked = new Set(typed.get('entries') ?? [])
  const found = new Set(findCatalogueKinds([...entries.values()], find).map(({ id }) => id))
  const shown = [...entries.values()].filter(({ id }) => found.has(id) || ticked.has(id))
  const groups = entryGroups
    .map(group => ({
      group,
      kinds: shown
        .filter(each => each.group === group)
        .sort((one, other) => one.title.localeCompare(other.title, 'en-GB')),
    }))
    .filter(({ kinds }) => kinds.length > 0)
  return html`<h2 class="govuk-heading-m" id="tick">Tick what they have</h2>
<form method="get" action="${base}#tick" class="kinds-find" data-finds-kinds>${input({
    id: 'find',
    name: 'find',
    label: { text: 'Find a kind', classes: 'govuk-label--s' },
    hint: {
      text: 'A maker or a word, such as “doorbell”. Without a script: put what you ticked on the map before you look for the next',
    },
    value: find,
    autocomplete: 'off',
    spellcheck: false,
    classes: 'govuk-input--width-20',
  })}${button({ text: 'Find', classes: 'govuk-button--secondary' })}</form>
<p class="govuk-body" role="status" data-kinds-found>${sayFound(found.size, find)}${find !== '' && html` <a class="govuk-link" href="${base}#tick">Show all kinds</a>`}</p>
<nav aria-label="Groups of things" class="kinds-jump"><ul class="govuk-list">${groups.map(
    ({ group, kinds }) =>
      html`<li data-kinds-of="kinds-${group}"><a class="govuk-link" href="#kinds-${group}">${sayGroup(group)}</a> (${kinds.length})</li>`,
  )}</ul></nav>
${
  groups.length > 0 &&
  startForm(
    { action: base, csrfToken: list.csrfToken, once: list.once },
    html`<div class="kinds">${groups.map((each, index) => groupView(list, each, index === 0))}</div>`,
    button({ text: 'Put these on the map', preventDoubleClick: true }),
  )
}`
}

function sayFound(count: number, find: string): string {
  if (find === '') return ''
  return count === 0
    ? `No kind has “${find}”. Take “Another account”, or the kind that is nearest.`
    : `${count === 1 ? '1 kind has' : `${count} kinds have`} “${find}”.`
}

function groupView(
  { typed, problems }: TickList,
  { group, kinds }: { readonly group: EntryGroup; readonly kinds: readonly CatalogueEntry[] },
  isFirst: boolean,
): Html {
  const wrong = problems.find(each => each.field === 'entries')
  return html`<section id="kinds-${group}" aria-labelledby="kinds-${group}-heading"><h3 class="govuk-heading-s" id="kinds-${group}-heading">${sayGroup(group)}</h3>${checkboxes(
    {
      name: 'entries',
      idPrefix: isFirst ? 'entries' : `entries-${group}`,
      fieldset: { legend: { text: sayGroup(group), classes: 'govuk-visually-hidden' } },
      classes: 'govuk-checkboxes--small',
      items: kinds.map(kind => ({
        value: kind.id,
        text: kind.title,
        hint: { text: kind.says },
        conditional: { html: namesView(kind, typed, problems) },
      })),
      values: typed.get('entries') ?? [],
      errorMessage: isFirst && wrong ? { text: wrong.message } : undefined,
    },
  )}</section>`
}

/** What the client calls it: one line for each of its kind, so that two are told apart from the start. */
function namesView(kind: CatalogueEntry, typed: FormFields, problems: readonly FormProblem[]): Html {
  const name = namesField(kind.id)
  return textarea({
    name,
    id: name,
    label: {
      html: html`What do they call it?<span class="govuk-visually-hidden"> ${kind.title}</span> One line for each`,
    },
    rows: 2,
    value: fieldText(typed, name),
    autocomplete: 'off',
    spellcheck: false,
    errorMessage: problemBeside(problems, name),
    attributes: { dir: 'auto', autocapitalize: 'off' },
  })
}
