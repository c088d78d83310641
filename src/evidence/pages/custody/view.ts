import { sayMoment } from '../../../foundation/say-date.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { listCount, listPages } from '../../../web/components/list-pages.ts'
import { warningText } from '../../../web/components/warning-text.ts'
import { type Html, html } from '../../../web/html.ts'
import type { CustodyList } from '../../operations/list-custody.ts'
import type { CustodyCheck } from '../../operations/verify-custody.ts'
import { sayCount } from '../../say-account.ts'
import { custodyListView } from '../parts/custody-view.ts'

export type CustodyView = CustodyList & {
  /** What a check of the whole log came to; null where none was asked for. */
  readonly check: CustodyCheck | null
}

/** So many problems of a log are named, and how many more there are. */
const mostProblems = 100

/** A page of the custody log of a case, newest line first, under what its check came to. */
export function custodyView(
  visit: CaseVisit,
  { list, unreadable, references, checkpoint, zone, check }: CustodyView,
): Html {
  const address = `/cases/${visit.caseId}/evidence/custody`
  const pages = { list, one: 'line', many: 'lines', address }
  const body = html`${caseNavigation(visit, 'evidence')}
<h1 class="govuk-heading-l">Custody log</h1>
${
  check
    ? checkView(check, zone)
    : html`<p class="govuk-body">The lines below are shown as they are stored, and were not checked. <a class="govuk-link" href="${address}?check=whole">Check the whole log</a></p>`
}
<p class="govuk-body">Somebody who could change both the log and its head could make them agree. A receipt that the client holds shows that too.</p>
${
  unreadable.length > 0 &&
  warningText({
    text: `${unreadable.length === 1 ? `Line ${unreadable[0]} cannot` : `Lines ${unreadable.join(', ')} cannot`} be read. Check the whole log, and tell the administrator at once.`,
  })
}${list.count > 0 && html`${listCount(pages)}<p class="govuk-body">The newest line comes first.</p>${custodyListView(list.lines, zone, references)}${listPages(pages)}`}
${checkpoint !== '' && html`<h2 class="govuk-heading-m">The signed head</h2><pre class="receipt-text" tabindex="0">${checkpoint}</pre>`}`
  return staffPage(visit, {
    title: 'Custody log',
    body,
    wide: true,
    back: { href: `/cases/${visit.caseId}/evidence`, text: 'Back to the evidence' },
  })
}

/** What the check of the whole log came to. */
function checkView({ size, lastAt, problems }: CustodyCheck, zone: string): Html {
  if (size === 0 && problems.length === 0)
    return html`<p class="govuk-body">Nothing has been brought yet, so the log has no line.</p>`
  if (problems.length === 0)
    return insetText({
      text: `The log is whole: ${sayCount(size, 'line', 'lines')}, each follows from the one before it, and this clinic signed the last head${lastAt ? ` on ${sayMoment(lastAt, zone)}` : ''}.`,
    })
  const more = problems.length - mostProblems
  return html`${warningText({ text: 'The log is not whole. Tell the administrator at once, and do not rely on it.' })}<ul class="govuk-list govuk-list--bullet">${problems.slice(0, mostProblems).map(problem => html`<li>${problem}</li>`)}</ul>${more > 0 && html`<p class="govuk-body">And ${more.toLocaleString('en-GB')} more.</p>`}`
}
