import { sayMoment } from '../../../foundation/say-date.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { button } from '../../../web/components/button.ts'
import { details } from '../../../web/components/details.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { type TableCell, table } from '../../../web/components/table.ts'
import { type Html, html } from '../../../web/html.ts'
import { type IncidentRevision, originOf } from '../../incident.ts'
import type { IncidentFile } from '../../operations/load-incident.ts'
import { sayRecordTime } from '../../say-record-time.ts'
import { recordTagsView } from '../parts/record-tags-view.ts'
import { incidentRevisionView } from '../parts/revision-view.ts'
import { sourceView } from '../parts/source-view.ts'
import { clipText, textView } from '../parts/text-view.ts'

/** An incident, its records, and its revisions: nothing that was written is ever gone. */
export function incidentView(visit: CaseVisit, file: IncidentFile, mayRevise: boolean): Html {
  const { newest, number, records, revisions } = file
  const earlier = revisions.slice(1)
  return html`${caseNavigation(visit, 'incidents')}
<h1 class="govuk-heading-l">Incident ${number}</h1>
${incidentRevisionView(newest)}
<h2 class="govuk-heading-m">What it rests on</h2>
${
  originOf(newest) === 'told-by-client'
    ? html`<p class="govuk-body">What the client told. No record in the evidence is linked to it.</p>`
    : scrollingRegion({
        label: 'Records it rests on',
        html: table({
          caption: 'Records it rests on',
          captionClasses: 'govuk-visually-hidden',
          head: [{ text: 'When' }, { text: 'What' }, { text: 'Sent by, as exported' }, { text: 'Source' }],
          rows: records.map((record): readonly TableCell[] => [
            { text: sayRecordTime(record) },
            { html: html`${recordTagsView(record)}${textView(clipText(record.body, 500).text)}` },
            { html: html`<bdi>${record.sender}</bdi>` },
            { html: sourceView(visit.caseId, record) },
          ]),
        }),
      })
}
${newest.records.length > records.length && html`<p class="govuk-body">${newest.records.length - records.length} of its records are not in the reading of their source now.</p>`}
${mayRevise && button({ text: 'Revise this incident', href: `/cases/${visit.caseId}/incidents/${file.incidentId}/revise`, classes: 'govuk-button--secondary' })}
<h2 class="govuk-heading-m">Revisions</h2>
<p class="govuk-body">Revision ${newest.revision}, ${writtenBy(newest)}.${newest.reason !== '' && html` Why: <bdi>${newest.reason}</bdi>.`}</p>
${earlier.map(revision =>
  details({
    summary: { text: `Revision ${revision.revision}, ${writtenBy(revision)}` },
    html: html`${revision.reason !== '' && html`<p class="govuk-body">Why it was revised: <bdi>${revision.reason}</bdi></p>`}${incidentRevisionView(revision)}`,
  }),
)}`
}

function writtenBy(revision: IncidentRevision): string {
  return `written by ${revision.byName} on ${sayMoment(revision.at, revision.zone)}`
}
