import type { CountedByItself } from '../../../audit/act.ts'
import { countTrailByItself, listTrailByPlace } from '../../../audit/operations/list-trail.ts'
import { writeSharingPromise } from '../../../cases/sharing-promise.ts'
import {
  untoldToClient,
  writeCountedForClient,
  writeTrailForClient,
} from '../../../cases/trail-for-client.ts'
import { loadZone } from '../../../chronology/operations/load-zone.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import type { ClientVisit } from '../../../identity/route.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { details } from '../../../web/components/details.ts'
import { listTotal } from '../../../web/components/list-pages.ts'
import { summaryList } from '../../../web/components/summary-list.ts'
import { type Html, html } from '../../../web/html.ts'
import type { PageRequest } from '../../../web/request.ts'
import { myPage } from '../parts/my-page.ts'

const aPage = 100

/** Who has opened the client's file: names, where they work, when, and which part. */
export async function showLooks(request: PageRequest, visit: ClientVisit): Promise<Answer> {
  const asked = request.query.get('before') ?? ''
  const before = /^[\w-]{1,200}$/.test(asked) ? asked : null
  const { list, counted, zone } = await visit.onCase(async transaction => ({
    list: await listTrailByPlace(transaction, visit.caseId, {
      by: 'people',
      without: untoldToClient,
      before,
      atMost: aPage,
    }),
    counted: await countTrailByItself(transaction, visit.caseId),
    zone: await loadZone(transaction, visit.caseId),
  }))
  const { acts, older, isNewest } = list
  const title = 'Who has looked'
  const promise = writeSharingPromise()
  return showPage(
    myPage(request, {
      title,
      heading: title,
      body: html`<p class="govuk-body">Everybody who opened your file or did something in it, and everybody who asked and was not let in, the newest first. Nobody can take a line away.</p>
${isNewest && byItselfView(counted, zone)}
${listTotal(list.counted, 'line', 'lines')}
${summaryList({
  rows: writeTrailForClient(acts).map(line => ({
    key: { text: sayMoment(line.at, zone) },
    value: {
      html: html`<bdi>${line.who}</bdi>${line.agency !== '' && html`, ${line.agency}`}<br>${line.did}${line.opened !== '' && html`<br><span class="govuk-hint">Opened for it: ${line.opened}</span>`}${line.beside !== '' && html`<br><span class="govuk-hint">On the same page stood something of ${line.beside}</span>`}`,
    },
  })),
})}
${(older !== null || !isNewest) && html`<p class="govuk-body">${!isNewest && html`<a class="govuk-link" href="/my/looks">Newest</a> `}${older !== null && html`<a class="govuk-link" href="/my/looks?before=${older}">Older</a>`}</p>`}
<h2 class="govuk-heading-m">Who gets to know</h2>
<p class="govuk-body">${promise.lead}</p>
<ul class="govuk-list govuk-list--bullet">${promise.only.map(line => html`<li>${line}</li>`)}</ul>
<p class="govuk-body">${promise.how}</p>`,
    }),
  )
}

/** What our computer did by itself: nobody looked. It is counted and folded, so that people stand out. */
function byItselfView({ kinds, isMore }: CountedByItself, zone: string): Html {
  const lines = writeCountedForClient(kinds)
  const times = lines.reduce((sum, each) => sum + each.times, 0)
  if (times === 0) return html``
  return details({
    summary: { text: `What our computer did by itself: ${isMore ? 'at least ' : ''}${sayTimes(times)}` },
    html: html`<p class="govuk-body">Nobody looks when it works by itself.</p>${isMore && html`<p class="govuk-body">This counts the latest of it. It did more before.</p>`}${summaryList(
      {
        rows: lines.map(line => ({
          key: { text: sayTimes(line.times) },
          value: { text: `${line.did}, the last time on ${sayMoment(line.lastAt, zone)}` },
        })),
      },
    )}`,
  })
}

function sayTimes(times: number): string {
  return times === 1 ? 'once' : `${times.toLocaleString('en-GB')} times`
}
