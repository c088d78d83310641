import { loadProfile } from '../../../directory/operations/load-profile.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import type { StaffRoute } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { showPage } from '../../../web/answer.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { table } from '../../../web/components/table.ts'
import { html } from '../../../web/html.ts'
import { listCaseload } from '../../operations/list-caseload.ts'
import { sayUrgency } from '../../red-flags.ts'
import { sayStalkerType } from '../../triage.ts'

/** The cases a person may see by rule S5, and no others. */
export const caseloadRoute: StaffRoute = {
  kind: 'staff',
  method: 'GET',
  path: '/cases',
  who: ['coordinator', 'cyber-adviser', 'stalking-advocate', 'idva', 'police-liaison'],
  answer: async (_request, visit) => {
    const { lines, zone } = await visit.clinic.database.transaction(visit.actor, async transaction => ({
      lines: await listCaseload(transaction),
      zone: (await loadProfile(transaction)).timeZone,
    }))
    return showPage(
      staffPage(visit, {
        title: 'Cases',
        body: html`<h1 class="govuk-heading-l">Cases</h1>${
          lines.length === 0
            ? html`<p class="govuk-body">No case is shared with you at the moment.</p>`
            : scrollingRegion({
                label: 'Cases',
                html: table({
                  caption: 'Cases you may see, the newest first',
                  captionClasses: 'govuk-visually-hidden',
                  head: [
                    { text: 'Client' },
                    { text: 'Case' },
                    { text: 'Working type' },
                    { text: 'Urgency' },
                    { text: 'Opened' },
                  ],
                  rows: lines.map(line => [
                    {
                      html: html`<a class="govuk-link" href="/cases/${line.caseId}"><bdi>${line.clientName || 'No name yet'}</bdi><span class="govuk-visually-hidden">, case ${line.reference}</span></a>`,
                    },
                    { text: line.reference },
                    { text: sayStalkerType(line.type) },
                    { text: sayUrgency(line.urgency) },
                    { text: `${sayMoment(line.openedAt, zone)}${line.state === 'closed' ? ', closed' : ''}` },
                  ]),
                }),
              })
        }`,
      }),
    )
  },
}
