import { dayAt } from '../../../foundation/calendar-day.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import type { AgencyId } from '../../../foundation/ids.ts'
import { isReadLongAgo, sayLawReading } from '../../../foundation/law-reading.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import { seenWords } from '../../../identity/check-act.ts'
import { proofOnPage } from '../../../identity/proof-inputs.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'
import { legalBasisTable, sayBasis } from '../../legal-basis.ts'
import type { ConsentLine } from '../../operations/list-consents.ts'
import type { ExceptionLine, ExceptionsOfCase } from '../../operations/list-exceptions.ts'
import { sayCasePart } from '../../say-part.ts'
import { exceptionRecordView, stateWords } from './record-view.ts'

export type ExceptionsView = ExceptionsOfCase & {
  readonly zone: string
  /** When the client last took back what they had agreed to with each agency. */
  readonly withdrawn: Withdrawn
  readonly reference: string
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
  readonly once: string
}

/** Sharing without consent: what was asked for and decided, the form to decide, and the form to ask. */
export function exceptionsView(visit: CaseVisit, view: ExceptionsView): Html {
  const { requests, problems } = view
  const title = 'Share without consent'
  const toDecide = findToDecide(visit, requests)
  return staffPage(visit, {
    title: titleWithProblems(title, problems),
    back: { href: `/cases/${visit.caseId}/consents` },
    body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">${problemSummary(problems)}${view.reference !== '' && html`<span class="govuk-caption-l">Case ${view.reference}</span>`}<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">Ask the client first, unless asking is not safe. Without consent it takes two people: one coordinator asks, another decides. The agency sees nothing until then. What is asked for is kept as it was asked, and this page prints.</p>
${requests.map(each => showRequest(visit, each, view.zone))}
${toDecide.length > 0 && html`<div class="not-printed">${decideForm(visit, view, toDecide)}</div>`}
<div class="not-printed">${chooseBasis(visit, view)}</div></div></div>`,
  })
}

/** What waits for the person reading, and was asked for by somebody else. */
export const findToDecide = (
  visit: CaseVisit,
  requests: readonly ExceptionLine[],
): readonly ExceptionLine[] =>
  requests.filter(each => each.state === 'asked' && each.askedBy !== visit.staff.personId)

function showRequest(visit: CaseVisit, request: ExceptionLine, zone: string): Html {
  const isOwn = request.state === 'asked' && request.askedBy === visit.staff.personId
  return html`<h2 class="govuk-heading-m">${request.agencyName}: ${stateWords[request.state]}</h2>
${exceptionRecordView(request, zone, visit.clinic.clock.now())}${isOwn && html`<div class="not-printed">${takeBackForm(visit, request)}</div>`}`
}

function takeBackForm(visit: CaseVisit, request: ExceptionLine): Html {
  return startForm(
    { action: `/cases/${visit.caseId}/without-consent/take-back`, csrfToken: visit.csrfToken },
    html`<input type="hidden" name="request" value="${request.requestId}">`,
    button({
      html: html`Take this request back<span class="govuk-visually-hidden">: ${request.agencyName}</span>`,
      classes: 'govuk-button--secondary',
      preventDoubleClick: true,
    }),
  )
}

/** What a coordinator must have read before deciding: every request that waits, whole. */
export const wordsToDecide = (toDecide: readonly ExceptionLine[], withdrawn: Withdrawn): readonly unknown[] =>
  toDecide.map(each => [
    each.requestId,
    each.agencyName,
    each.parts,
    each.legalBasis,
    each.reason,
    each.isTold,
    each.notToldBecause,
    each.until.toISOString(),
    each.askedByName,
    withdrawn.get(each.agencyId)?.toISOString() ?? null,
  ])

export type Withdrawn = ReadonlyMap<AgencyId, Date>

/** When the client last took back what they had agreed to with each agency. A request waits only where nothing is in force. */
export function findWithdrawn(lines: readonly ConsentLine[]): Withdrawn {
  const latest = new Map<AgencyId, Date>()
  for (const { agencyId, withdrawnAt, basis } of lines) {
    const before = latest.get(agencyId)
    if (withdrawnAt && basis === 'consent' && (!before || before < withdrawnAt))
      latest.set(agencyId, withdrawnAt)
  }
  return latest
}

/** What the person deciding must know: what a yes does, how it ends, and whether the client has just said no. */
function whatFollows(request: ExceptionLine, { zone, withdrawn }: ExceptionsView): Html {
  const said = withdrawn.get(request.agencyId)
  return html`<h3 class="govuk-heading-s">If ${request.agencyName} may see it</h3><ul class="govuk-list govuk-list--bullet">${
    said &&
    html`<li><strong>The client took back their consent for this agency on ${sayMoment(said, zone)}.</strong> A yes goes against that.</li>`
  }<li>Everybody of that agency whose role covers it sees ${request.parts.map(sayCasePart).join(', ')} at once, until ${sayMoment(request.until, zone)}.</li><li>Any coordinator can end it before, under Consents. What was seen until then cannot be called back.</li></ul>`
}

function decideForm(visit: CaseVisit, view: ExceptionsView, toDecide: readonly ExceptionLine[]): Html {
  const { choose, words } = fieldWriter(view.typed, view.problems)
  return html`<h2 class="govuk-heading-m">Decide</h2>${startForm(
    { action: `/cases/${visit.caseId}/without-consent/decide`, csrfToken: visit.csrfToken },
    seenWords(visit, wordsToDecide(toDecide, view.withdrawn)),
    html`${toDecide.map(each => whatFollows(each, view))}`,
    choose(
      'request',
      'What do you decide on?',
      toDecide.map(each => ({
        value: each.requestId,
        text: each.agencyName,
        hint: `${sayBasis(each.legalBasis) ?? ''}, until ${sayMoment(each.until, view.zone)}`,
      })),
    ),
    choose('verdict', 'Is it lawful and necessary, and no more than is needed?', [
      { value: 'approved', text: 'Yes, share it' },
      { value: 'refused', text: 'No, refuse it' },
    ]),
    words('note', 'Why?'),
    proofOnPage(visit),
    button({ text: 'Save the decision', preventDoubleClick: true }),
  )}`
}

/** Which basis, before its own questions: each with what it covers, and what it is taken for and does not cover. */
function chooseBasis(visit: CaseVisit, view: ExceptionsView): Html {
  const { choose } = fieldWriter(view.typed, view.problems)
  const today = dayAt(visit.clinic.clock.now(), view.zone)
  return html`<h2 class="govuk-heading-m">Ask for one</h2><form action="/cases/${visit.caseId}/without-consent/ask" method="get" novalidate><input type="hidden" name="asked" value="yes">${choose(
    'legalBasis',
    'What does the law let it rest on?',
    legalBasisTable.map(row => ({
      value: row.basis,
      text: row.words,
      hint: `${row.covers}${isReadLongAgo(row, today) ? ` ${sayLawReading(row, today)}` : ''}`,
    })),
    { hint: 'The questions that the law asks come next. It rests on a basis only if each is answered.' },
  )}${button({ text: 'Continue' })}</form>`
}
