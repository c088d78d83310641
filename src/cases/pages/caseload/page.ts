import { loadProfile } from '../../../directory/operations/load-profile.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import type { StaffVisit } from '../../../identity/route.ts'
import { putSecondPhraseFirst, type SecondPhraseAlarm } from '../../../identity/second-phrase.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { table } from '../../../web/components/table.ts'
import { tag } from '../../../web/components/tag.ts'
import { type Html, html } from '../../../web/html.ts'
import type { PageRequest } from '../../../web/request.ts'
import type { CaseLine } from '../../filed.ts'
import { listCaseload } from '../../operations/list-caseload.ts'
import { sayUrgency } from '../../red-flags.ts'
import { sayStalkerType } from '../../triage.ts'

/** The cases a person may see by rule S5, and no others: the open ones, or with `?closed=yes` the closed. */
export async function showCaseload({ query }: PageRequest, visit: StaffVisit): Promise<Answer> {
  const isClosed = query.get('closed') === 'yes'
  const { lines, zone } = await visit.clinic.database.transaction(visit.actor, async transaction => ({
    lines: await listCaseload(transaction),
    zone: (await loadProfile(transaction)).timeZone,
  }))
  const shown = lines.filter(line => (line.state === 'closed') === isClosed)
  const title = isClosed ? 'Closed cases' : 'Cases'
  const others = lines.length - shown.length
  return showPage(
    staffPage(visit, {
      title,
      body: html`<h1 class="govuk-heading-l">${title}</h1>${
        shown.length === 0
          ? html`<p class="govuk-body">${isClosed ? 'No closed case is shared with you.' : 'No case is shared with you at the moment.'}</p>`
          : caseTable(putSecondPhraseFirst(shown, visit.alarms), visit.alarms, zone)
      }${
        isClosed
          ? html`<p class="govuk-body"><a class="govuk-link" href="/cases">Back to open cases</a></p>`
          : others > 0 &&
            html`<p class="govuk-body"><a class="govuk-link" href="/cases?closed=yes">Closed cases</a></p>`
      }`,
    }),
  )
}

function caseTable(lines: readonly CaseLine[], alarms: readonly SecondPhraseAlarm[], zone: string): Html {
  const isIdle = (line: CaseLine): boolean => alarms.some(each => each.caseId === line.caseId)
  return scrollingRegion({
    label: 'Cases',
    html: table({
      caption:
        alarms.length > 0
          ? 'Cases you may see: a second phrase first, then the newest'
          : 'Cases you may see, the newest first',
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
          html: html`<a class="govuk-link" href="/cases/${line.caseId}"><bdi>${line.clientName || 'No name yet'}</bdi><span class="govuk-visually-hidden">, case ${line.reference}</span></a>${isIdle(line) && html`<br>${tag({ text: 'Second phrase used', classes: 'govuk-tag--red' })}`}`,
        },
        { text: line.reference },
        { text: sayStalkerType(line.type) },
        { text: sayUrgency(line.urgency) },
        { text: sayMoment(line.openedAt, zone) },
      ]),
    }),
  })
}
