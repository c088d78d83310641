import type { FormProblem } from '../../../foundation/decision.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { table } from '../../../web/components/table.ts'
import { tag } from '../../../web/components/tag.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'
import { type CatalogueEntry, entryGroups } from '../../inventory/catalogue-entry.ts'
import { findExposure, findReachOfThing, type ReachOfThing } from '../../inventory/exposure.ts'
import type { Inventory, Thing } from '../../inventory/inventory.ts'
import type { KeepBy } from '../../inventory/keep-by.ts'
import type { Catalogue } from '../../inventory/load-catalogue.ts'
import type { Glance } from '../../operations/load-glance.ts'
import type { AskNext } from '../../picture/ask-next.ts'
import { changedView, glanceView } from '../parts/glance-view.ts'
import { keepByView } from '../parts/keep-by-view.ts'
import { askNextView } from './ask-next-view.ts'
import { tickListView } from './tick-list-view.ts'

export type MapView = {
  readonly revision: number
  readonly inventory: Inventory
  readonly catalogue: Catalogue
  readonly mayChange: boolean
  readonly typed: FormFields
  readonly once: string
  readonly problems: readonly FormProblem[]
  /** What was looked for among the kinds of things; empty for all. */
  readonly find: string
  /** What is reached and what to ask, for the map of today. */
  readonly now?:
    | { readonly glance: Glance; readonly asks: readonly AskNext[]; readonly keepBy: readonly KeepBy[] }
    | undefined
  /** Set when an old revision is shown: when it was made. */
  readonly asOf?: string | undefined
}

const levels: Readonly<Record<ReachOfThing, readonly [string, string]>> = {
  yes: ['They reach it', 'govuk-tag--red'],
  probably: ['They probably reach it', 'govuk-tag--orange'],
  unknown: ['Not known', 'govuk-tag--yellow'],
  part: ['They have part of what it takes', 'govuk-tag--yellow'],
  no: ['Not that we know', 'govuk-tag--green'],
}
/** Of a map of an earlier day only the answers are shown. What other things opened is not looked at, so nothing is green. */
const notByAnswers = ['Not by its answers alone', 'govuk-tag--grey'] as const

/** What the client has, who can get at it, and what to add. */
export function mapView(visit: CaseVisit, view: MapView): Html {
  const { inventory, problems } = view
  const there = inventory.things.filter(each => !each.isGone)
  const gone = inventory.things.filter(each => each.isGone)
  const base = `/cases/${visit.caseId}/map`
  return staffPage(visit, {
    title: titleWithProblems('Access map', problems),
    wide: true,
    body: html`${caseNavigation(visit, 'map')}${problemSummary(problems)}
<h1 class="govuk-heading-l">Access map</h1>
${changedView(view.now?.glance.changed ?? null)}
${view.asOf !== undefined && insetText({ text: `This is the map as it was on ${view.asOf}. It is not the map of today.` })}
<p class="govuk-body">What the client has, and who can get at it. Nobody can prove that a device is clean: the map says what was looked at and what was said.</p>
${
  there.length === 0
    ? html`<p class="govuk-body">Nothing is on the map yet. Begin with what troubles the client, then tick what they have.</p>`
    : view.now
      ? mapOfToday(visit, view, there, view.now)
      : thingTable(visit, view, there)
}
${
  gone.length > 0 &&
  html`<h2 class="govuk-heading-m">No longer theirs</h2><ul class="govuk-list govuk-list--bullet">${gone.map(
    each =>
      html`<li><a class="govuk-link" href="${base}/things/${each.thingId}"><bdi>${each.label}</bdi></a></li>`,
  )}</ul>`
}
${view.mayChange ? changeForms(visit, view) : inventory.words !== '' && html`<h2 class="govuk-heading-m">In their words</h2><p class="govuk-body keeps-lines"><bdi>${inventory.words}</bdi></p>`}
<p class="govuk-body"><a class="govuk-link" href="${base}/history">Earlier states of this map</a></p>`,
  })
}

/** The things with what to ask next under them, and the picture beside them where there is room. */
function mapOfToday(
  visit: CaseVisit,
  view: MapView,
  there: readonly Thing[],
  { glance, asks, keepBy }: NonNullable<MapView['now']>,
): Html {
  const base = `/cases/${visit.caseId}/map`
  const labels = new Map(glance.drawn.map.nodes.map(node => [node.id, node.label]))
  const links = [
    html`<a class="govuk-link" href="${base}/reach">What they reach</a>`,
    ...(view.mayChange && asks.some(each => !each.wasAsked)
      ? [html`<a class="govuk-link" href="${base}/questions">Questions not yet asked, on one screen</a>`]
      : []),
    html`<a class="govuk-link" href="${base}/lock-out">The lock-out plan</a>`,
    html`<a class="govuk-link" href="${base}/channels">The ways to reach the client</a>`,
    html`<a class="govuk-link" href="${base}/leaks">The leak finder</a>: which of these told them`,
  ]
  return html`<ul class="govuk-list reach-choices">${links.map(link => html`<li>${link}</li>`)}</ul>
${keepByView(base, keepBy)}<div class="map-beside"><div>${thingTable(visit, view, there)}${view.mayChange && askNextView(base, asks, info => labels.get(info) ?? info)}</div>${glanceView(base, glance)}</div>`
}

/** How far each thing is reached on the map of today; null for one of an earlier day. */
function reachOnMap({ now }: MapView): ((thing: Thing) => ReachOfThing) | null {
  if (!now) return null
  const { drawn, reached } = now.glance
  const beliefOf = new Map(reached.map(each => [each.node, each.belief]))
  return thing => findReachOfThing(thing.thingId, drawn.map, drawn.cameFrom, beliefOf)
}

function thingTable(visit: CaseVisit, view: MapView, things: readonly Thing[]): Html {
  const entryOf = (thing: Thing): CatalogueEntry | undefined => view.catalogue.entries.get(thing.entry)
  const rank = (thing: Thing): number => entryGroups.indexOf(entryOf(thing)?.group ?? 'public')
  const levelOf = reachOnMap(view)
  return scrollingRegion({
    label: 'What the client has',
    html: table({
      caption: 'What the client has',
      captionClasses: 'govuk-table__caption--m',
      head: ['Thing', 'Kind', 'The suspected person', 'Still to ask'].map(text => ({ text })),
      firstCellIsHeader: true,
      rows: [...things]
        .sort((one, other) => rank(one) - rank(other))
        .map(thing => {
          const entry = entryOf(thing)
          const hands = entry && findExposure(thing, entry)
          const link = html`<a class="govuk-link" href="/cases/${visit.caseId}/map/things/${thing.thingId}"><bdi>${thing.label}</bdi></a>`
          if (!entry || !hands)
            return [
              { html: link },
              { text: 'No longer in the catalogue' },
              { text: 'Not in the picture' },
              { text: '' },
            ]
          const [text, classes] =
            levelOf === null && hands.level === 'no'
              ? notByAnswers
              : levels[levelOf === null ? hands.level : levelOf(thing)]
          return [
            { html: link },
            { text: entry.title },
            {
              html: html`${tag({ text, classes })}${hands.contradicted > 0 && html`<br>Statements disagree`}`,
            },
            {
              text:
                hands.open === 0 ? 'Nothing' : hands.open === 1 ? '1 question' : `${hands.open} questions`,
            },
          ]
        }),
    }),
  })
}

function changeForms(visit: CaseVisit, view: MapView): Html {
  const { words } = fieldWriter(new Map([['words', [view.inventory.words]]]), [])
  const action = `/cases/${visit.caseId}/map`
  return html`<h2 class="govuk-heading-m" id="words-heading">What troubles them, in their words</h2>${startForm(
    { action: `${action}/words`, csrfToken: visit.csrfToken },
    words('words', 'Their words', {
      rows: 4,
      hint: 'What does the suspected person know, and how soon after? Which thing behaves oddly?',
    }),
    button({ text: 'Keep these words', classes: 'govuk-button--secondary', preventDoubleClick: true }),
  )}
${tickListView({
  base: action,
  csrfToken: visit.csrfToken,
  once: view.once,
  typed: view.typed,
  problems: view.problems,
  entries: view.catalogue.entries,
  find: view.find,
})}`
}
