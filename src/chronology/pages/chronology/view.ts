import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { button } from '../../../web/components/button.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { pagination } from '../../../web/components/pagination.ts'
import { startForm } from '../../../web/form.ts'
import { type Html, html } from '../../../web/html.ts'
import type { Timeline, TimelineHits } from '../../operations/list-timeline.ts'
import { type TimelineFilter, wholeTimeline, writeFilter, writeTimelinePlace } from '../../timeline-filter.ts'
import { entriesTableView } from './entries-view.ts'
import { filterFieldsView, filterFormView } from './filter-view.ts'
import { picturesView } from './pictures-view.ts'

export type ChronologyShown = {
  readonly visit: CaseVisit
  readonly line: Timeline
  readonly filter: TimelineFilter
  readonly isFirstPage: boolean
  readonly mayMakeIncidents: boolean
}

/** One timeline: who wrote what when, and what happened, each one click from its source. */
export function chronologyView(shown: ChronologyShown): Html {
  const { visit, line: timeline, filter, isFirstPage, mayMakeIncidents } = shown
  const base = `/cases/${visit.caseId}/chronology`
  const { entries } = timeline.page
  const unknown = filter.time === 'unknown'
  return html`${caseNavigation(visit, 'chronology')}
<h1 class="govuk-heading-l">Chronology</h1>
<p class="govuk-body">Records and incidents on one timeline, in the order of the clock that each source shows. Where a source states no zone, its times are as the exporting phone showed them. Incidents are told in ${timeline.zone}.</p>
${
  mayMakeIncidents &&
  button({
    text: 'Make an incident from what the client tells',
    href: `/cases/${visit.caseId}/incidents/new`,
    classes: 'govuk-button--secondary',
  })
}
${filterFormView(visit, timeline, filter)}
${isFirstPage && !unknown && timeline.pictures && picturesView(timeline.pictures)}
${
  filter.words !== '' &&
  insetText({
    html: html`<p class="govuk-body">Looking for <bdi>${filter.words}</bdi>. ${timeline.hits && hitsView(timeline.hits)} Pictures are not drawn for a search. <a class="govuk-link" href="${base}">Show the whole line</a></p>`,
  })
}
${
  !unknown &&
  timeline.withoutTime > 0 &&
  insetText({
    html: html`<p class="govuk-body">${timeline.withoutTime} ${timeline.withoutTime === 1 ? 'entry has' : 'entries have'} no known time and ${timeline.withoutTime === 1 ? 'stands' : 'stand'} apart from the line. <a class="govuk-link" href="${base}${writeFilter({ ...wholeTimeline, time: 'unknown' })}">See what has no known time</a></p>`,
  })
}
${unknown && html`<h2 class="govuk-heading-m">No known time</h2><p class="govuk-body"><a class="govuk-link" href="${base}">Back to the timeline</a></p>`}
${entries.length === 0 ? (timeline.page.next ? notYetView() : emptyView(filter, unknown)) : entriesTableView(visit.caseId, entries, mayMakeIncidents)}
${nextView(shown, base)}`
}

/** How many entries there are in all, or that there are more than were compared. */
function hitsView({ count, isAll }: TimelineHits): Html {
  const number = count.toLocaleString('en-GB')
  if (!isAll)
    return html`At least ${number} ${count === 1 ? 'entry fits' : 'entries fit'}; not all were compared.`
  if (count === 0) return html`Nothing fits.`
  return html`${number} ${count === 1 ? 'entry fits' : 'entries fit'}.`
}

/** A page is bounded by how much is looked through, so there may be nothing on it and something behind it. */
const notYetView = (): Html =>
  html`<p class="govuk-body">Nothing was found in the stretch of the line that was looked through. There is more behind it: look further.</p>`

function emptyView(filter: TimelineFilter, unknown: boolean): Html {
  const isNarrowed = filter.words !== '' || writeFilter({ ...filter, time: 'known' }) !== ''
  if (isNarrowed) return html`<p class="govuk-body">Nothing on the line fits what you asked for.</p>`
  if (unknown) return html`<p class="govuk-body">Everything has a known time.</p>`
  return html`<p class="govuk-body">Nothing stands on the line yet. Bring in evidence, or make an incident from what the client tells.</p>`
}

function nextView({ visit, line: timeline, filter, isFirstPage }: ChronologyShown, base: string): Html {
  const { next } = timeline.page
  if (filter.words === '') {
    if (!next && isFirstPage) return html``
    return pagination({
      landmarkLabel: 'Pages of the line',
      previous: isFirstPage
        ? undefined
        : {
            text: filter.order === 'newest' ? 'End of the line' : 'Beginning of the line',
            href: `${base}${writeFilter(filter)}`,
          },
      next: next ? { text: nameOfNext(filter), href: `${base}${writeFilter(filter, next)}` } : undefined,
    })
  }
  return next
    ? startForm(
        { action: base, csrfToken: visit.csrfToken },
        filterFieldsView(filter),
        html`<input type="hidden" name="after" value="${writeTimelinePlace(next)}">`,
        button({
          text: nameOfMore(timeline, filter),
          classes: 'govuk-button--secondary',
        }),
      )
    : html`<p class="govuk-body">These are all.</p>`
}

/** Where not all could be compared yet, the next page looks at what comes behind. */
function nameOfMore({ hits, page }: Timeline, { order }: TimelineFilter): string {
  if (page.entries.length === 0 || hits?.isAll === false) return 'Look further'
  return order === 'newest' ? 'Show earlier ones' : 'Show later ones'
}

const nameOfNext = ({ order }: TimelineFilter): string => (order === 'newest' ? 'Earlier' : 'Later')
