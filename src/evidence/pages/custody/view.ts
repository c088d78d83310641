import type { Sha256 } from '../../../foundation/digest.ts'
import { type PlaceInList, pageOfShortList } from '../../../foundation/page-of-list.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { listCount, listPages } from '../../../web/components/list-pages.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { warningText } from '../../../web/components/warning-text.ts'
import { type Html, html } from '../../../web/html.ts'
import type { CustodyCheck } from '../../operations/verify-custody.ts'
import { sayCount } from '../../say-account.ts'
import { custodyTableView } from '../parts/custody-view.ts'

export type CustodyView = {
  readonly check: CustodyCheck
  /** Every line is read for the check, on whatever page. */
  readonly place: PlaceInList
  readonly references: ReadonlyMap<Sha256, string>
  readonly zone: string
}

/** The custody log of a case, newest line first, under what its check came to. */
export function custodyView(visit: CaseVisit, { check, place, references, zone }: CustodyView): Html {
  const { lines, problems, checkpoint } = check
  const list = pageOfShortList(lines.toReversed(), place)
  const pages = {
    list,
    one: 'line',
    many: 'lines',
    address: `/cases/${visit.caseId}/evidence/custody`,
  }
  const last = lines.at(-1)
  const verdict =
    lines.length === 0 && problems.length === 0
      ? html`<p class="govuk-body">Nothing has been brought yet, so the log has no line.</p>`
      : problems.length === 0
        ? insetText({
            text: `The log is whole: ${sayCount(lines.length, 'line', 'lines')}, each follows from the one before it, and this clinic signed the last head${last ? ` on ${sayMoment(new Date(last.at), zone)}` : ''}.`,
          })
        : html`${warningText({ text: 'The log is not whole. Tell the administrator at once, and do not rely on it.' })}<ul class="govuk-list govuk-list--bullet">${problems.map(problem => html`<li>${problem}</li>`)}</ul>`
  const body = html`${caseNavigation(visit, 'evidence')}
<h1 class="govuk-heading-l">Custody log</h1>
${verdict}
<p class="govuk-body">Somebody who could change both the log and its head could make them agree. A receipt that the client holds shows that too.</p>
${list.count > 0 && html`${listCount(pages)}<p class="govuk-body">The newest line comes first. Every line was checked, also those on other pages.</p>${scrollingRegion({ label: 'Lines of custody', html: custodyTableView(list.lines, zone, references) })}${listPages(pages)}`}
${checkpoint !== '' && html`<h2 class="govuk-heading-m">The signed head</h2><pre class="receipt-text" tabindex="0">${checkpoint}</pre>`}`
  return staffPage(visit, {
    title: 'Custody log',
    body,
    wide: true,
    back: { href: `/cases/${visit.caseId}/evidence`, text: 'Back to the evidence' },
  })
}
