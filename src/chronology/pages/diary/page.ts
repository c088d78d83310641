import { readPlaceInList } from '../../../foundation/page-of-list.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { details } from '../../../web/components/details.ts'
import { listCount, listPages } from '../../../web/components/list-pages.ts'
import { summaryList } from '../../../web/components/summary-list.ts'
import { type Html, html } from '../../../web/html.ts'
import type { PageRequest } from '../../../web/request.ts'
import type { DiaryEntry, DiaryThread } from '../../diary-entry.ts'
import { listDiary } from '../../operations/list-diary.ts'
import { sayWhen } from '../../say-when.ts'
import { textView } from '../parts/text-view.ts'

/** What the client wrote between appointments, as they wrote it. Nobody here can change a word. */
export async function showIncidentDiary({ query }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const place = readPlaceInList(name => query.get(name))
  const { list, zone } = await visit.onCase(transaction =>
    listDiary(visit.clinic, transaction, visit.caseId, place),
  )
  const pages = { list, one: 'note', many: 'notes', address: `/cases/${visit.caseId}/diary` }
  const mayMake = visit.sees('chronology', 'write')
  const title = 'The client’s diary'
  const body = html`${caseNavigation(visit, 'diary')}
<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">What the client wrote between appointments, the newest first. Nobody at the clinic can change it; a correction by the client stands beside what was written before.</p>
${
  list.count === 0
    ? html`<p class="govuk-body">Nothing has been written yet.</p>`
    : html`${listCount(pages)}${list.lines.map(thread => threadView(visit, thread, zone, mayMake))}${listPages(pages)}`
}`
  return showPage(staffPage(visit, { title, body }))
}

function threadView(visit: CaseVisit, { now, before }: DiaryThread, zone: string, mayMake: boolean): Html {
  return html`<section><h2 class="govuk-heading-m">Written ${sayMoment(now.writtenAt, zone)}${before.length > 0 && ', as corrected'}</h2>
${entryView(now)}
${before.map(entry => details({ summary: { text: `As written ${sayMoment(entry.writtenAt, zone)}` }, html: entryView(entry) }))}
${
  mayMake &&
  html`<p class="govuk-body"><a class="govuk-link" href="/cases/${visit.caseId}/incidents/new?diary=${now.entryId}">Make an incident from this<span class="govuk-visually-hidden">, written ${sayMoment(now.writtenAt, zone)}</span></a></p>`
}</section>`
}

function entryView(entry: DiaryEntry): Html {
  return summaryList({
    rows: [
      { key: { text: 'What happened' }, value: { html: textView(entry.what) } },
      { key: { text: 'When' }, value: { text: sayWhen(entry.when, entry.zone) } },
      ...(entry.felt === ''
        ? []
        : [{ key: { text: 'How the client felt' }, value: { html: textView(entry.felt) } }]),
    ],
  })
}
