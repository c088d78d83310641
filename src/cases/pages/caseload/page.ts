import { loadProfile } from '../../../directory/operations/load-profile.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import { listQuietUses, type QuietUse } from '../../../identity/operations/phrase-state.ts'
import type { StaffRoute } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { showPage } from '../../../web/answer.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { table } from '../../../web/components/table.ts'
import { warningText } from '../../../web/components/warning-text.ts'
import { type Html, html } from '../../../web/html.ts'
import type { CaseLine } from '../../filed.ts'
import { listCaseload } from '../../operations/list-caseload.ts'
import { sayUrgency } from '../../red-flags.ts'
import { sayStalkerType } from '../../triage.ts'

/** The cases a person may see by rule S5, and no others: the open ones, or with `?closed=yes` the closed. */
export const caseloadRoute: StaffRoute = {
  kind: 'staff',
  method: 'GET',
  path: '/cases',
  who: ['coordinator', 'cyber-adviser', 'stalking-advocate', 'idva', 'police-liaison'],
  answer: async ({ query }, visit) => {
    const isClosed = query.get('closed') === 'yes'
    const { lines, zone, quiet } = await visit.clinic.database.transaction(
      visit.actor,
      async transaction => ({
        lines: await listCaseload(transaction),
        zone: (await loadProfile(transaction)).timeZone,
        quiet: await listQuietUses(transaction),
      }),
    )
    const shown = lines.filter(line => (line.state === 'closed') === isClosed)
    const title = isClosed ? 'Closed cases' : 'Cases'
    const others = lines.length - shown.length
    return showPage(
      staffPage(visit, {
        title,
        body: html`<h1 class="govuk-heading-l">${title}</h1>${quietUsesView(quiet, zone)}${
          shown.length === 0
            ? html`<p class="govuk-body">${isClosed ? 'No closed case is shared with you.' : 'No case is shared with you at the moment.'}</p>`
            : caseTable(shown, zone)
        }${
          isClosed
            ? html`<p class="govuk-body"><a class="govuk-link" href="/cases">Back to open cases</a></p>`
            : others > 0 &&
              html`<p class="govuk-body"><a class="govuk-link" href="/cases?closed=yes">Closed cases</a></p>`
        }`,
      }),
    )
  },
}

/** Cases whose client signed in with her second phrase: she may not be alone (S4). Whoever comes here sees it first. */
function quietUsesView(uses: readonly QuietUse[], zone: string): Html {
  return html`${uses.map(({ caseId, reference, at }) =>
    warningText({
      html: html`Case ${reference}: the second phrase was used on ${sayMoment(at, zone)}. The client may not be alone. <a class="govuk-link" href="/cases/${caseId}/phrase">What to do now<span class="govuk-visually-hidden"> in case ${reference}</span></a>`,
      iconFallbackText: 'Warning',
    }),
  )}`
}

function caseTable(lines: readonly CaseLine[], zone: string): Html {
  return scrollingRegion({
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
        { text: sayMoment(line.openedAt, zone) },
      ]),
    }),
  })
}
