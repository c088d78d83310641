import type { RevisionLine } from '../../../cases/revision-line.ts'
import { sayDay } from '../../../foundation/calendar-day.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { details } from '../../../web/components/details.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { pagination } from '../../../web/components/pagination.ts'
import { startForm } from '../../../web/form.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'
import type { LeakLogChange } from '../../leaks/leak-change.ts'
import { daysThatCount } from '../../leaks/leak-log.ts'
import { listReadingPlaces } from '../../leaks/reading-places.ts'
import type { LeakFile } from '../../operations/load-leaks.ts'
import { leakDayFieldsView } from '../parts/leak-day-view.ts'
import { gridView, type LeakGrid } from './grid-view.ts'

export type LeaksView = {
  readonly file: LeakFile
  readonly lines: readonly RevisionLine<LeakLogChange>[]
  readonly grid: LeakGrid
  readonly page: number
  readonly pages: number
  readonly mayChange: boolean
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
  readonly once: string
  /** Set when an earlier revision is shown. */
  readonly asOf: string | null
}

const changes: Readonly<Record<LeakLogChange, string>> = {
  'days-entered': 'Entered days',
  'day-corrected': 'Corrected a day',
  'day-taken-away': 'Took a day away',
  'day-put-back': 'Put a day back',
  'carriers-recorded': 'Recorded what carried it',
  'ranking-asked-for': 'Asked for the ranking',
  'test-ruled-on': 'Decided about a method to find out more',
}

/** The days on which they knew something, or did not, and what carried it, before anything is ranked. */
export function leaksView(visit: CaseVisit, view: LeaksView): Html {
  const { file, problems, mayChange, asOf } = view
  const map = `/cases/${visit.caseId}/map`
  const base = `${map}/leaks`
  const hasThings = file.context.inventory.things.some(each => !each.isGone)
  return staffPage(visit, {
    title: titleWithProblems('Leak finder', problems),
    wide: true,
    back:
      asOf === null
        ? { href: map, text: 'Back to the map' }
        : { href: base, text: 'Back to the days of now' },
    body: html`${caseNavigation(visit, 'map')}${problemSummary(problems)}
<h1 class="govuk-heading-l">Leak finder</h1>
${asOf !== null && insetText({ text: `These are the days as they were on ${asOf}. They are not the days of today.` })}
<p class="govuk-body">Enter the days on which the suspected person knew something, and just as much the uneventful days on which they did not, although there was something to know. Say what carried it, and only then ask for the ranking.</p>
${!hasThings && insetText({ html: html`Nothing is on the map yet, so nothing can have carried anything. <a class="govuk-link" href="${map}">Tick what the client has</a> first.` })}
${mayChange && enterForm(visit, view, base)}
${daysView(visit, view, base)}
${asOf === null && historyView(view, base)}`,
  })
}

function enterForm(visit: CaseVisit, { file, typed, problems, once }: LeaksView, base: string): Html {
  return html`<h2 class="govuk-heading-m">Enter a day</h2>${
    visit.sees('chronology', 'read') &&
    html`<p class="govuk-body"><a class="govuk-link" href="${base}/chronology">Take days over from the incidents of the chronology</a>, or enter one here.</p>`
  }${startForm(
    { action: base, csrfToken: visit.csrfToken, once },
    leakDayFieldsView(
      typed,
      problems,
      listReadingPlaces(file.context.inventory, file.context.catalogue),
      button({ text: 'Enter this day', preventDoubleClick: true }),
    ),
  )}`
}

function daysView(visit: CaseVisit, view: LeaksView, base: string): Html {
  const { file, grid, mayChange } = view
  const days = daysThatCount(file.log)
  const gone = file.log.days.filter(each => each.isGone)
  const knew = days.filter(each => each.knew).length
  const seen = html`<input type="hidden" name="seen" value="${String(file.revision)}"><input type="hidden" name="page" value="${String(view.page)}">${grid.days.map(
    day => html`<input type="hidden" name="day" value="${day.dayId}">`,
  )}${grid.columns.map(thing => html`<input type="hidden" name="thing" value="${thing.thingId}">`)}`
  return html`<h2 class="govuk-heading-m govuk-!-padding-top-4" id="days">What carried it, day by day</h2>${
    days.length === 0
      ? html`<p class="govuk-body">No day has been entered yet.</p>`
      : html`<p class="govuk-body">${count(knew, 'day')} on which they knew, ${count(days.length - knew, 'uneventful day')}. A tick says that the thing carried what there was to know that day. The map proposes the ticks, from what each thing learns and where the client was; correct them now, before the ranking is looked at.${knew > 0 && days.length === knew ? ' Without uneventful days the ranking misleads: it singles out what is always with the client.' : ''}</p>${
          mayChange
            ? startForm(
                { action: `${base}/ticks`, csrfToken: visit.csrfToken },
                seen,
                gridView(grid, base, true),
                button({
                  text: 'Keep these ticks',
                  classes: 'govuk-button--secondary',
                  preventDoubleClick: true,
                }),
              )
            : gridView(grid, base, false)
        }${othersView(grid)}${pagesView(view, base)}${rankingView(visit, view, base)}`
  }${
    gone.length > 0 &&
    html`<h2 class="govuk-heading-m">Taken away</h2><ul class="govuk-list govuk-list--bullet">${gone.map(
      each =>
        html`<li>${mayChange ? html`<a class="govuk-link" href="${base}/days/${each.dayId}">${sayDay(each.on)}: <bdi>${each.what}</bdi></a>` : html`${sayDay(each.on)}: <bdi>${each.what}</bdi>`}</li>`,
    )}</ul>`
  }`
}

/**
 * The person who records the days has to ask for the ranking, so that it is known what was recorded before it was
 * seen.
 */
function rankingView(visit: CaseVisit, { mayChange, asOf }: LeaksView, base: string): Html {
  if (asOf !== null) return html``
  if (!mayChange)
    return html`<p class="govuk-body"><a class="govuk-link" href="${base}/answer">What explains these days</a></p>`
  return startForm(
    { action: `${base}/answer`, csrfToken: visit.csrfToken },
    html`<p class="govuk-body">Keep the ticks first: a tick that is changed after a ranking was shown says so for good.</p>`,
    button({ text: 'Show what explains these days', preventDoubleClick: true }),
  )
}

function othersView(grid: LeakGrid): Html {
  if (grid.others.length === 0) return html``
  return html`<p class="govuk-body-s">Not in the table, because by the map they learn nothing of this kind: ${grid.others.map(
    (each, index) => html`${index > 0 && ', '}<bdi>${each.label}</bdi>`,
  )}. A day’s own page has them all.</p>`
}

function pagesView({ page, pages }: LeaksView, base: string): Html {
  if (pages < 2) return html``
  const link = (to: number) => ({ href: `${base}?page=${to}#days` })
  return pagination({
    ...(page > 1 ? { previous: link(page - 1) } : {}),
    ...(page < pages ? { next: link(page + 1) } : {}),
    landmarkLabel: 'Pages of days',
    items: Array.from({ length: pages }, (_, index) => ({
      number: index + 1,
      href: link(index + 1).href,
      current: index + 1 === page,
    })),
  })
}

function historyView({ lines, file }: LeaksView, base: string): Html {
  if (lines.length === 0) return html``
  return details({
    summary: { text: 'Who changed these days, and earlier states' },
    html: html`<ul class="govuk-list govuk-list--bullet">${lines.map(
      line =>
        html`<li><a class="govuk-link" href="${base}/history/${String(line.revision)}">State ${line.revision}</a>, ${sayMoment(line.at, file.zone)}, <bdi>${line.byName}</bdi>: ${changes[line.change].toLowerCase()}</li>`,
    )}</ul>`,
  })
}

function count(number: number, thing: string): string {
  return number === 1 ? `1 ${thing}` : `${number} ${thing}s`
}
