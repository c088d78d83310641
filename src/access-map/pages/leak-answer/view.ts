import type { Belief } from '../../../access-engine/reach/map.ts'
import { sayDay } from '../../../foundation/calendar-day.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { details } from '../../../web/components/details.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { table } from '../../../web/components/table.ts'
import { tag } from '../../../web/components/tag.ts'
import { warningText } from '../../../web/components/warning-text.ts'
import { type Html, html } from '../../../web/html.ts'
import {
  type LeakExplanation,
  type LeakFindings,
  priors,
  type RankedLeak,
  unknownSource,
} from '../../leaks/leak-answer.ts'
import { daysThatCount, isChecked, type LeakDay, type LeakLog } from '../../leaks/leak-log.ts'
import { leakMeaning } from '../../leaks/leak-meaning.ts'
import { sayBand, sayChance } from '../../leaks/say-leak.ts'
import type { LeakFile } from '../../operations/load-leaks.ts'
import { findingView } from './finding-view.ts'
import { testsView } from './tests-view.ts'

export type LeakAnswerView = {
  readonly file: LeakFile
  readonly found: LeakFindings | null
  readonly mayChange: boolean
}

const reached: Readonly<Record<Belief | 'not-reached', readonly [string, string]>> = {
  known: ['Known', 'govuk-tag--red'],
  suspected: ['Suspected', 'govuk-tag--orange'],
  possible: ['Possible', 'govuk-tag--yellow'],
  'not-reached': ['Not known', 'govuk-tag--grey'],
}

/** The ranking with its assumptions, the explanations, and what to find out next. */
export function leakAnswerView(visit: CaseVisit, view: LeakAnswerView): Html {
  const base = `/cases/${visit.caseId}/map/leaks`
  const { found } = view
  return staffPage(visit, {
    title: 'What explains these days',
    wide: true,
    back: { href: `${base}#days`, text: 'Back to the days' },
    body: html`${caseNavigation(visit, 'map')}
<h1 class="govuk-heading-l">What explains these days</h1>
${warningText({ text: leakMeaning })}
${
  found
    ? html`${restsOn(view.file)}${findingView(found, base, view.mayChange)}${rankingView(found, view.file.log.rulings)}${explanationsView(found)}${testsView(visit, view.file.log, found)}${assumptionsView(found)}`
    : html`<p class="govuk-body">There is nothing to rank yet: no day has been entered on which the suspected person knew something.</p>`
}`,
  })
}

/** What the ranking rests on, and where that is weak. */
function restsOn({ log, context: basis }: LeakFile): Html {
  const days = daysThatCount(log)
  const knew = days.filter(each => each.knew)
  const things = basis.inventory.things.filter(each => !each.isGone).map(each => each.thingId)
  const unchecked = days.filter(each => !isChecked(each, things)).length
  const late = days.filter(each => each.isLate).length
  const weak = [
    knew.length < 3 ? 'These are few days: one more can reverse the ranking.' : '',
    knew.length === days.length
      ? 'There is no uneventful day among them, so what is always with the client stands higher than it should.'
      : '',
    unchecked > 0 ? `What carried ${sayDays(unchecked)} is as the map proposes; nobody has checked it.` : '',
    late > 0 ? `Ticks of ${sayDays(late)} were changed after a ranking was shown.` : '',
  ].filter(Boolean)
  return html`<p class="govuk-body">From ${sayDays(knew.length)} on which they knew and ${days.length - knew.length === 1 ? '1 uneventful day' : `${days.length - knew.length} uneventful days`}.</p>${
    weak.length > 0 && insetText({ html: html`${weak.map(each => html`<p class="govuk-body">${each}</p>`)}` })
  }`
}

function rankingView({ ranking, isExact }: LeakFindings, looks: LeakLog['rulings']): Html {
  const inPlay = ranking.filter(each => each.knew > 0)
  const others = ranking.filter(each => each.knew === 0)
  return html`<h2 class="govuk-heading-m">Which source fits best</h2>
${scrollingRegion({
  label: 'Ranking of the sources',
  html: table({
    caption: 'The likeliest first',
    captionClasses: 'govuk-visually-hidden',
    firstCellIsHeader: true,
    head: [
      'Source',
      'Likely to be a leak',
      'From the worst case to the best',
      'Reached, by the map',
      'Carried',
    ].map(text => ({ text })),
    rows: inPlay.map(each => [
      { html: html`<bdi>${each.label}</bdi>` },
      { html: html`${barView(each)}${sayBand(each)}`, classes: 'leak-chance' },
      { text: `${Math.floor(each.low * 100)} to ${Math.ceil(each.high * 100)} in 100` },
      { html: reachedView(each, looks) },
      { text: `${sayDays(each.knew)} on which they knew, ${each.uneventful} uneventful` },
    ]),
  }),
})}
<p class="govuk-body-s">Several may tell at once, so the numbers do not add up to 100. The worst case and the best are those in which something was entered wrongly, as said above, or the odds of every source beforehand are halved or doubled. “Not settled” stands where these do not agree.${
    isExact
      ? ''
      : ' There are so many days that the numbers rest on the weightiest sets of up to four sources. What is said above is no more than is proven for all sets.'
  }</p>
${
  others.length > 0 &&
  html`<p class="govuk-body">Carried none of the days they knew, so nothing that was entered speaks for them: ${others.map((each, index) => html`${index > 0 && ', '}<bdi>${each.label}</bdi>`)}. That does not clear them.</p>`
}`
}

function reachedView({ belief, source }: RankedLeak, looks: LeakLog['rulings']): Html {
  if (belief === null) return html`Not on the map`
  const [text, classes] = reached[belief]
  const look = looks[`look:${source}`]
  return html`${tag({ text, classes })}${look === 'showed' && html`<br>Looked at: they use it`}${look === 'showed-nothing' && html`<br>Looked at: it showed nothing`}`
}

/** From the worst case to the best, as a bar. The words beside it say the same. */
function barView({ low, high }: RankedLeak): Html {
  const from = Math.min(117, Math.round(low * 120))
  const to = Math.max(from + 3, Math.round(high * 120))
  return html`<svg class="leak-bar" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 12" width="120" height="12" aria-hidden="true" focusable="false"><rect class="leak-bar__whole" x="0" y="0" width="120" height="12"/><rect class="leak-bar__part" x="${String(from)}" y="0" width="${String(to - from)}" height="12"/></svg>`
}

/** This many explanations are shown. The others weigh little. */
const mostExplanations = 5

function explanationsView({ explanations, ranking }: LeakFindings): Html {
  const label = (id: string): string => ranking.find(each => each.source === id)?.label ?? unknownSource.label
  const shown = explanations
    .filter((each, index) => index === 0 || each.share >= 0.02)
    .slice(0, mostExplanations)
  return html`<h2 class="govuk-heading-m">The smallest explanations</h2>
<p class="govuk-body">Each names as few sources as can be. The uneventful days count in their order.</p>
<ol class="govuk-list govuk-list--number">${shown.map(
    each => html`<li>${explanationView(each, label)}</li>`,
  )}</ol>`
}

function explanationView(each: LeakExplanation, label: (id: string) => string): Html {
  const { sources, unexplained } = each
  if (sources.length === 0) return html`No source at all: everything was guessed or known in another way.`
  const names = sources.map(
    (id, index) =>
      html`${index > 0 && (index === sources.length - 1 ? ' and ' : ', ')}<bdi>${label(id)}</bdi>`,
  )
  const does = sources.length === 1 ? 'alone carried' : 'together carried'
  if (unexplained.length === 0) return html`${names} ${does} everything they knew.`
  return html`${names} ${does} all they knew but this, which stays unexplained: ${unexplained.map(
    (day, index) => html`${index > 0 && '; '}${sayUnexplained(day)}`,
  )}.`
}

function sayUnexplained(day: LeakDay): Html {
  return html`<bdi>${day.what}</bdi> (${sayDay(day.on)})`
}

function assumptionsView({ ranking }: LeakFindings): Html {
  return details({
    summary: { text: 'What the ranking assumes' },
    html: html`<ul class="govuk-list govuk-list--bullet">
<li>Before any day is looked at, a source that the map says is known to be reached is a leak in ${percent(priors.known)} of 100 cases, a suspected one in ${percent(priors.suspected)}, a possible one in ${percent(priors.possible)}, and any other in ${percent(priors['not-reached'])}. To reach something is not to use it.</li>
<li>What a look at a source showed is counted in beforehand, by how often such a look finds a leak and how often it takes another for one.</li>
<li>Each source is a leak or is none, independently of the others.</li>
<li>The worst cases are these: one tick in ten is wrong; a thing that could hardly be guessed was guessed in 15 of 100 cases; something that is not on the map tells in 90 of 100 cases, and all that is on it is a quarter as likely; two sources tell for certain; or one tick is wrong, and it is the weightiest.</li>
<li>Nothing is assumed about how often a leak is used; the days say that.</li>
<li>“${unknownSource.label}” is always in the list. It may have carried everything.</li>
<li>There is a small chance that each thing was guessed or known in another way, larger where the day says so.</li>
</ul>${table({
      caption: 'Beforehand',
      captionClasses: 'govuk-table__caption--s',
      head: [{ text: 'Source' }, { text: 'Likely to be a leak' }],
      firstCellIsHeader: true,
      rows: ranking.map(each => [{ html: html`<bdi>${each.label}</bdi>` }, { text: sayChance(each.prior) }]),
    })}`,
  })
}

const percent = (share: number): string => String(Math.round(share * 100))

function sayDays(count: number): string {
  return count === 1 ? '1 day' : `${count} days`
}
