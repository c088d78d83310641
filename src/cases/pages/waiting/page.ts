import { loadProfile } from '../../../directory/operations/load-profile.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import type { StaffVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { table } from '../../../web/components/table.ts'
import { tag } from '../../../web/components/tag.ts'
import { type Html, html } from '../../../web/html.ts'
import type { PageRequest } from '../../../web/request.ts'
import { countSetAside } from '../../operations/list-pile.ts'
import { listWaiting } from '../../operations/list-waiting.ts'
import { sayUrgency } from '../../red-flags.ts'

/** Who is waiting: the most urgent first, then the longest wait. */
export async function showWaiting(_request: PageRequest, visit: StaffVisit): Promise<Answer> {
  const { lines, zone, aside } = await visit.clinic.database.transaction(visit.actor, async transaction => ({
    lines: await listWaiting(transaction),
    zone: (await loadProfile(transaction)).timeZone,
    aside: await countSetAside(transaction),
  }))
  return showPage(
    staffPage(visit, {
      title: 'Triage',
      body: html`<h1 class="govuk-heading-l">Triage</h1>${setAside(aside)}${
        lines.length === 0
          ? html`<p class="govuk-body">Nobody is waiting.</p>`
          : scrollingRegion({
              label: 'Waiting',
              html: table({
                caption: 'Waiting, the most urgent first',
                captionClasses: 'govuk-visually-hidden',
                head: [
                  { text: 'Referral' },
                  { text: 'Name' },
                  { text: 'From the answers' },
                  { text: 'Received' },
                  { text: 'State' },
                ],
                rows: lines.map(line => [
                  { html: html`<a class="govuk-link" href="/triage/${line.caseId}">${line.reference}</a>` },
                  { html: html`<bdi>${line.clientName || 'No name yet'}</bdi>` },
                  {
                    html: html`${line.isDangerNow && tag({ text: 'Danger now', classes: 'govuk-tag--red' })} ${sayUrgency(line.urgency)}`,
                  },
                  {
                    text: `${sayMoment(line.receivedAt, zone)}, ${line.receivedBy === 'phone' ? 'by phone' : 'by the form'}`,
                  },
                  {
                    html: html`${line.isTriaged ? 'Triaged' : 'New'}${line.mustAsk && html` ${tag({ text: 'Still to ask', classes: 'govuk-tag--yellow' })}`}`,
                  },
                ]),
              }),
            })
      }`,
    }),
  )
}

/** How much a flood set aside, and how many of those ticked a sign of danger. */
function setAside({ forms, danger }: { readonly forms: number; readonly danger: number }): Html {
  return html`<p class="govuk-body"><a class="govuk-link" href="/triage/pile">Forms set aside</a>: ${forms}${
    forms > 0 &&
    html` ${tag({ text: `${danger} ticked a sign of danger`, classes: danger > 0 ? 'govuk-tag--red' : 'govuk-tag--grey' })}`
  }</p>`
}
