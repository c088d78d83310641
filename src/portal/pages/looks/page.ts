import { listTrail } from '../../../audit/operations/list-trail.ts'
import { writeSharingPromise } from '../../../cases/sharing-promise.ts'
import { writeTrailForClient } from '../../../cases/trail-for-client.ts'
import { loadZone } from '../../../chronology/operations/load-zone.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import type { ClientVisit } from '../../../identity/route.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { table } from '../../../web/components/table.ts'
import { html } from '../../../web/html.ts'
import type { PageRequest } from '../../../web/request.ts'
import { myPage } from '../my-page.ts'

const newest = 300

/** Who has opened her file: names, where they work, when, and which part. */
export async function showLooks(request: PageRequest, visit: ClientVisit): Promise<Answer> {
  const { acts, zone } = await visit.onCase(async transaction => ({
    acts: await listTrail(transaction, visit.caseId, newest),
    zone: await loadZone(transaction, visit.caseId),
  }))
  const title = 'Who has looked'
  const promise = writeSharingPromise()
  return showPage(
    myPage(request, {
      title,
      heading: title,
      body: html`<p class="govuk-body">Everybody who opened your file or did something in it, the newest first. Nobody can take a line away.</p>
${acts.length === newest && html`<p class="govuk-body">These are the newest ${newest} lines. Ask us for the older ones.</p>`}
${scrollingRegion({
  label: title,
  html: table({
    caption: title,
    captionClasses: 'govuk-visually-hidden',
    head: [{ text: 'When' }, { text: 'Who' }, { text: 'What' }],
    rows: writeTrailForClient(acts).map(line => [
      { text: sayMoment(line.at, zone) },
      { html: html`<bdi>${line.who}</bdi>${line.agency !== '' && html`, ${line.agency}`}` },
      { text: line.did },
    ]),
  }),
})}
<h2 class="govuk-heading-m">Who gets to know</h2>
<p class="govuk-body">${promise.lead}</p>
<ul class="govuk-list govuk-list--bullet">${promise.only.map(line => html`<li>${line}</li>`)}</ul>
<p class="govuk-body">${promise.how}</p>`,
    }),
  )
}
