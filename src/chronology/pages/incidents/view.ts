import type { CalendarDay } from '../../../foundation/calendar-day.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { button } from '../../../web/components/button.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { listChoice } from '../../../web/components/list-choice.ts'
import { listCount, listPages } from '../../../web/components/list-pages.ts'
import { listTable } from '../../../web/components/list-table.ts'
import { type Html, html } from '../../../web/html.ts'
import { sayActCode } from '../../act-codes.ts'
import { type ConductChoice, countUnlooked } from '../../conduct.ts'
import type { Incident } from '../../incident.ts'
import { type IncidentFilter, sayShownIncidents, writeIncidentFilter } from '../../incident-filter.ts'
import type { IncidentsOnPage } from '../../operations/list-incidents.ts'
import { sayWhen } from '../../say-when.ts'
import { limitsView } from '../parts/limits-view.ts'
import { sayNumbers } from '../parts/say-numbers.ts'
import { clipText, textView } from '../parts/text-view.ts'

/** The incidents: when, what, which acts, and what each rests on; with what was chosen of them, and the limits. */
export function incidentsView(
  visit: CaseVisit,
  page: IncidentsOnPage,
  {
    filter,
    mayWork,
    today,
  }: { readonly filter: IncidentFilter; readonly mayWork: boolean; readonly today: CalendarDay },
): Html {
  const base = `/cases/${visit.caseId}/incidents`
  return html`${caseNavigation(visit, 'incidents')}
<h1 class="govuk-heading-l">Incidents</h1>
${conductPart(page, base, mayWork)}
${mayWork && button({ text: 'Make an incident from what the client tells', href: `${base}/new` })}
${
  page.made === 0
    ? html`<p class="govuk-body">There are no incidents yet. Make one from records on the <a class="govuk-link" href="/cases/${visit.caseId}/chronology">chronology</a>, or from what the client tells.</p>`
    : listView(page, filter, base)
}
${limitsView(page.limits, today)}`
}

function listView({ list, conduct }: IncidentsOnPage, filter: IncidentFilter, base: string): Html {
  const pages = {
    list,
    one: 'incident',
    many: 'incidents',
    address: base,
    chosen: writeIncidentFilter(filter),
  }
  const choices = Object.entries(sayShownIncidents).map(([value, text]) => ({ value, text }))
  return html`${listChoice({
    address: base,
    choices: [
      { name: 'show', label: 'Show', value: filter.show, items: choices },
      {
        name: 'order',
        label: 'In the order',
        value: filter.order,
        items: [
          { value: 'by-number', text: 'By number' },
          { value: 'newest', text: 'The last made first' },
        ],
      },
    ],
  })}${listCount(pages)}${
    list.lines.length > 0 &&
    listTable({
      caption: filter.order === 'newest' ? 'Incidents, the last made first' : 'Incidents by number',
      head: ['Incident', 'When', 'What happened', 'Course of conduct', 'Acts', 'Rests on'],
      rows: list.lines.map(({ incidentId, number, newest }) => [
        { html: html`<a class="govuk-link" href="${base}/${incidentId}">Incident ${number}</a>` },
        { text: sayWhen(newest.when, newest.zone) },
        { html: textView(clipText(newest.what, 300).text) },
        { text: sayChosen({ incidentId, number }, conduct) },
        { html: html`${newest.codes.map(code => html`<div>${sayActCode(code)}</div>`)}` },
        {
          text:
            newest.records.length === 0
              ? 'What the client told'
              : `${newest.records.length} ${newest.records.length === 1 ? 'record' : 'records'}`,
        },
      ]),
    })
  }${listPages(pages)}`
}

function sayChosen(
  { incidentId, number }: Pick<Incident, 'incidentId' | 'number'>,
  conduct: ConductChoice | null,
): string {
  if (conduct === null) return 'Nobody has chosen'
  if (conduct.incidents.includes(incidentId)) return 'Chosen'
  return number > conduct.highest ? 'Not looked at yet' : 'Not chosen'
}

/** Which incidents were chosen as the course of conduct, by whom and when, and what has come since. */
function conductPart({ made, chosen, conduct, zone }: IncidentsOnPage, base: string, mayWork: boolean): Html {
  if (made === 0) return html``
  const since = countUnlooked(made, conduct)
  const link = html`<a class="govuk-link" href="${base}/conduct">${conduct ? 'Look at the choice again' : 'Choose the incidents of the course of conduct'}</a>`
  return insetText({
    html: html`<p class="govuk-body">${
      conduct
        ? html`Course of conduct: ${sayNumbers(conduct.incidents, chosen)}, as chosen by <bdi>${conduct.byName}</bdi>, ${sayMoment(conduct.at, zone)}.${conduct.incidents.length === 1 && ' A course of conduct is at least two occasions.'}${since > 0 && ` ${since === 1 ? 'One incident was' : `${since.toLocaleString('en-GB')} incidents were`} made since then: say whether ${since === 1 ? 'it belongs' : 'they belong'} to it.`}`
        : 'Nobody has chosen which incidents are the course of conduct, so the six months for a charge that only a magistrates’ court can try cannot be known.'
    }</p>${mayWork && html`<p class="govuk-body">${link}</p>`}`,
  })
}
