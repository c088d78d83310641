import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { button } from '../../../web/components/button.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { table } from '../../../web/components/table.ts'
import { type Html, html } from '../../../web/html.ts'
import { sayActCode } from '../../act-codes.ts'
import type { IncidentList } from '../../operations/list-incidents.ts'
import { saySixMonthClock } from '../../say-six-month-clock.ts'
import { sayWhen } from '../../say-when.ts'
import { clipText, showText } from '../show-text.ts'

/** Every incident by number: when, what, which acts, and what it rests on. */
export function incidentsView(
  visit: CaseVisit,
  { incidents, clock }: IncidentList,
  mayMakeIncidents: boolean,
): Html {
  const base = `/cases/${visit.caseId}/incidents`
  return html`${caseNavigation(visit, 'incidents')}
<h1 class="govuk-heading-l">Incidents</h1>
${insetText({ html: html`${saySixMonthClock(clock).map(line => html`<p class="govuk-body">${line}</p>`)}` })}
${mayMakeIncidents && button({ text: 'Make an incident from what the client tells', href: `${base}/new` })}
${
  incidents.length === 0
    ? html`<p class="govuk-body">There are no incidents yet. Make one from records on the <a class="govuk-link" href="/cases/${visit.caseId}/chronology">chronology</a>, or from what the client tells.</p>`
    : html`<div class="scrolls-sideways" tabindex="0" role="region" aria-label="Incidents">${table({
        caption: 'Incidents',
        captionClasses: 'govuk-visually-hidden',
        head: [
          { text: 'Incident' },
          { text: 'When' },
          { text: 'What happened' },
          { text: 'Acts' },
          { text: 'Rests on' },
        ],
        rows: incidents.map(({ incidentId, number, newest }) => [
          { html: html`<a class="govuk-link" href="${base}/${incidentId}">Incident ${number}</a>` },
          { text: sayWhen(newest.when, newest.zone) },
          { html: showText(clipText(newest.what, 300).text) },
          { html: html`${newest.codes.map(code => html`<div>${sayActCode(code)}</div>`)}` },
          {
            text:
              newest.records.length === 0
                ? 'What the client told'
                : `${newest.records.length} ${newest.records.length === 1 ? 'record' : 'records'}`,
          },
        ]),
      })}</div>`
}`
}
