import type { DiaryEntry, DiaryThread } from '../../../chronology/diary-entry.ts'
import { listDiary } from '../../../chronology/operations/list-diary.ts'
import { sayWhen } from '../../../chronology/say-when.ts'
import { readPlaceInList } from '../../../foundation/page-of-list.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import type { ClientVisit } from '../../../identity/route.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { button } from '../../../web/components/button.ts'
import { details } from '../../../web/components/details.ts'
import { listCount, listPages } from '../../../web/components/list-pages.ts'
import { type Html, html } from '../../../web/html.ts'
import type { PageRequest } from '../../../web/request.ts'
import { myPage } from '../parts/my-page.ts'

/** A page of what the client has written, the newest first. */
export async function showNotes(request: PageRequest, visit: ClientVisit): Promise<Answer> {
  const place = readPlaceInList(name => request.query.get(name))
  const { list, zone } = await visit.onCase(transaction =>
    listDiary(visit.clinic, transaction, visit.caseId, place),
  )
  const pages = { list, one: 'note', many: 'notes', address: '/my/notes' }
  return showPage(
    myPage(request, {
      title: 'Notes',
      heading: 'Notes',
      body: html`<p class="govuk-body">The people who work with you can read what you write here. A note cannot be changed once it is saved; you can add a correction.</p>
${button({ text: 'Write a note', href: '/my/notes/new' })}
${list.count === 0 ? html`<p class="govuk-body">You have written nothing yet.</p>` : html`${listCount(pages)}${list.lines.map(thread => threadView(thread, zone))}${listPages(pages)}`}`,
    }),
  )
}

function threadView({ now, before }: DiaryThread, zone: string): Html {
  const written = sayMoment(now.writtenAt, zone)
  return html`<section><h2 class="govuk-heading-s">${sayWhen(now.when, now.zone)}</h2>
${wordsOf(now)}
<p class="govuk-hint">Saved ${written}${before.length > 0 && ', as corrected'}</p>
${before.map(entry => details({ summary: { text: `As saved ${sayMoment(entry.writtenAt, zone)}` }, html: html`<p class="govuk-body">${sayWhen(entry.when, entry.zone)}</p>${wordsOf(entry)}` }))}
<p class="govuk-body"><a class="govuk-link" href="/my/notes/${now.entryId}/correct">Add a correction<span class="govuk-visually-hidden"> to the note saved ${written}</span></a></p></section>`
}

function wordsOf({ what, felt }: Pick<DiaryEntry, 'what' | 'felt'>): Html {
  return html`<div class="govuk-body" dir="auto">${lines(what)}</div>${felt !== '' && html`<div class="govuk-body" dir="auto">${lines(felt)}</div>`}`
}

function lines(text: string): readonly Html[] {
  return text.split('\n').map((line, index) => html`${index > 0 && html`<br>`}${line}`)
}
