import type { CalendarDay } from '../../../foundation/calendar-day.ts'
import { type PlaceInList, pageOfShortList } from '../../../foundation/page-of-list.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { button } from '../../../web/components/button.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { listCount, listPages } from '../../../web/components/list-pages.ts'
import { listTable } from '../../../web/components/list-table.ts'
import { type Html, html } from '../../../web/html.ts'
import { sayActCode } from '../../act-codes.ts'
import { countUnlooked } from '../../conduct.ts'
import type { IncidentList } from '../../operations/list-incidents.ts'
import { sayWhen } from '../../say-when.ts'
import { limitsView } from '../parts/limits-view.ts'
import { sayNumbers } from '../parts/say-numbers.ts'
import { clipText, textView } from '../parts/text-view.ts'

/** Every incident by number: when, what, which acts, and what it rests on. */
export function incidentsView(
  visit: CaseVisit,
  list: IncidentList,
  {
    place,
    mayWork,
    today,
  }: { readonly place: PlaceInList; readonly mayWork: boolean; readonly today: CalendarDay },
): Html {
  const { incidents, conduct } = list
  const base = `/cases/${visit.caseId}/incidents`
  // The time limits below rest on every incident, so all of them are read on whatever page.
  const shown = pageOfShortList(incidents, place)
  const pages = { list: shown, one: 'incident', many: 'incidents', address: base }
  return html`${caseNavigation(visit, 'incidents')}
<h1 class="govuk-heading-l">Incidents</h1>
${conductPart(list, base, mayWork)}
${mayWork && button({ text: 'Make an incident from what the client tells', href: `${base}/new` })}
${
  incidents.length === 0
    ? html`<p class="govuk-body">There are no incidents yet. Make one from records on the <a class="govuk-link" href="/cases/${visit.caseId}/chronology">chronology</a>, or from what the client tells.</p>`
    : html`${listCount(pages)}${listTable({
        caption: 'Incidents by number',
        head: ['Incident', 'When', 'What happened', 'Course of conduct', 'Acts', 'Rests on'],
        rows: shown.lines.map(({ incidentId, number, newest }) => [
          { html: html`<a class="govuk-link" href="${base}/${incidentId}">Incident ${number}</a>` },
          { text: sayWhen(newest.when, newest.zone) },
          { html: textView(clipText(newest.what, 300).text) },
          {
            text:
              conduct === null
                ? 'Nobody has chosen'
                : conduct.incidents.includes(incidentId)
                  ? 'Chosen'
                  : number > conduct.highest
                    ? 'Not looked at yet'
                    : 'Not chosen',
          },
          { html: html`${newest.codes.map(code => html`<div>${sayActCode(code)}</div>`)}` },
          {
            text:
              newest.records.length === 0
                ? 'What the client told'
                : `${newest.records.length} ${newest.records.length === 1 ? 'record' : 'records'}`,
          },
        ]),
      })}${listPages(pages)}`
}
${limitsView(list.limits, today)}`
}

/** Which incidents were chosen as the course of conduct, by whom and when, and what has come since. */
function conductPart(list: IncidentList, base: string, mayWork: boolean): Html {
  const { incidents, conduct, zone } = list
  if (incidents.length === 0) return html``
  const since = countUnlooked(incidents, conduct)
  const link = html`<a class="govuk-link" href="${base}/conduct">${conduct ? 'Look at the choice again' : 'Choose the incidents of the course of conduct'}</a>`
  return insetText({
    html: html`<p class="govuk-body">${
      conduct
        ? html`Course of conduct: ${sayNumbers(conduct.incidents, incidents)}, as chosen by <bdi>${conduct.byName}</bdi>, ${sayMoment(conduct.at, zone)}.${conduct.incidents.length === 1 && ' A course of conduct is at least two occasions.'}${since > 0 && ` ${since === 1 ? 'One incident was' : `${since} incidents were`} made since then: say whether ${since === 1 ? 'it belongs' : 'they belong'} to it.`}`
        : 'Nobody has chosen which incidents are the course of conduct, so the six months for a charge that only a magistrates’ court can try cannot be known.'
    }</p>${mayWork && html`<p class="govuk-body">${link}</p>`}`,
  })
}
