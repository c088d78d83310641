import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { button } from '../../../web/components/button.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { summaryList } from '../../../web/components/summary-list.ts'
import { type Html, html } from '../../../web/html.ts'
import type { RecordFile } from '../../operations/load-record.ts'
import { writeRecordRef } from '../../record.ts'
import { sayPlace } from '../../say-place.ts'
import { sayFormat, sayRecordKind, sayRecordMark } from '../../say-record-kind.ts'
import { sayRecordTime, sayRecordZone } from '../../say-record-time.ts'
import { sayFact, saySender, sayWriter } from '../../say-writer.ts'
import { sourceView } from '../parts/source-view.ts'
import { textView } from '../parts/text-view.ts'

/** Everything known about one record: what it says, where it stands, and how its time is known. */
export function recordView(
  visit: CaseVisit,
  { record, original, incidents }: RecordFile,
  mayMakeIncidents: boolean,
): Html {
  const row = (key: string, value: Html | string) => ({
    key: { text: key },
    value: typeof value === 'string' ? { text: value } : { html: value },
  })
  const rows = [
    row('Exhibit', record.exhibitRef),
    row('Place in the source', html`<bdi>${sayPlace(record.place)}</bdi>`),
    row('Kind', sayRecordKind(record.kind)),
    row('When', sayRecordTime(record)),
    row('Zone', sayRecordZone(record)),
    ...(record.sentAsWritten === ''
      ? []
      : [row('Time as written', html`<bdi>${record.sentAsWritten}</bdi>`)]),
    row('Sent by, as exported', html`<bdi>${saySender(record)}</bdi>`),
    ...(record.parties && record.parties.to.length > 0
      ? [row('Sent to, as exported', html`${record.parties.to.map(to => html`<div><bdi>${to}</bdi></div>`)}`)]
      : []),
    ...(record.parties?.nameInPhone
      ? [row('Name in the phone', html`<bdi>${record.parties.nameInPhone}</bdi>`)]
      : []),
    ...(record.writtenByApp ? [row('Written by the app', sayWriter(record))] : []),
    ...(record.fact === null ? [] : [row('What it reports', sayFact(record))]),
    row('Platform', sayFormat(record.format)),
    ...(record.attachments.length > 0
      ? [row('With', html`${record.attachments.map(name => html`<div><bdi>${name}</bdi></div>`)}`)]
      : []),
    ...(record.marks.length > 0
      ? [row('What the source says of it', record.marks.map(sayRecordMark).join(', '))]
      : []),
    ...(record.reason
      ? [row(record.marks.includes('transcribed') ? 'How it was read' : 'Why it stands apart', record.reason)]
      : []),
    ...(incidents.length > 0
      ? [
          row(
            'Incidents that rest on it',
            html`${incidents.map(({ incidentId, number }) => html`<div><a class="govuk-link" href="/cases/${visit.caseId}/incidents/${incidentId}">Incident ${number}</a></div>`)}`,
          ),
        ]
      : []),
  ]
  return html`${caseNavigation(visit, 'chronology')}
<h1 class="govuk-heading-l">${record.exhibitRef}, <bdi>${sayPlace(record.place)}</bdi></h1>
${
  original &&
  insetText({
    html: html`<p class="govuk-body">This tells again what ${sourceView(visit.caseId, original)} tells. It is kept and marked, and it is not counted a second time.</p>`,
  })
}
<h2 class="govuk-heading-m">What it says</h2>
<div class="govuk-body">${record.body === '' ? 'There is no text.' : textView(record.body)}</div>
${
  record.raw !== null &&
  record.raw !== record.body &&
  html`<h2 class="govuk-heading-m">As it stands in the source</h2><div class="govuk-body">${textView(record.raw)}</div>`
}
<h2 class="govuk-heading-m">Where it comes from</h2>
${summaryList({ rows })}
${mayMakeIncidents && button({ text: 'Make an incident from this', href: `/cases/${visit.caseId}/incidents/new?record=${writeRecordRef(record.ref)}` })}`
}
