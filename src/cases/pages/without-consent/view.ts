import type { FormProblem } from '../../../foundation/decision.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import { seenWords } from '../../../identity/check-act.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'
import { legalBases, legalBasesReadOn, sayLegalBasis } from '../../exception.ts'
import type { ExceptionLine, ExceptionsOfCase } from '../../operations/list-exceptions.ts'
import { sayPart } from '../../usual-parts.ts'
import { partChoices } from '../consents/consent-form.ts'

export type ExceptionsView = ExceptionsOfCase & {
  readonly zone: string
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
  readonly once: string
}

/** Sharing without consent: what was asked for and decided, the form to decide, and the form to ask. */
export function showExceptions(visit: CaseVisit, view: ExceptionsView): Html {
  const { requests, problems } = view
  const title = 'Share without consent'
  const toDecide = findToDecide(visit, requests)
  return staffPage(visit, {
    title: titleWithProblems(title, problems),
    back: { href: `/cases/${visit.caseId}/consents` },
    body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">${problemSummary(problems)}<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">Ask the client first, unless asking is not safe. Without consent it takes two people: one coordinator asks, another decides. The agency sees nothing until then.</p>
${requests.map(each => showRequest(visit, each, view.zone))}
${toDecide.length > 0 && decideForm(visit, view, toDecide)}
${askForm(visit, view)}</div></div>`,
  })
}

/** What waits for whoever reads, and was asked for by somebody else. */
export const findToDecide = (
  visit: CaseVisit,
  requests: readonly ExceptionLine[],
): readonly ExceptionLine[] =>
  requests.filter(each => each.state === 'asked' && each.askedBy !== visit.staff.personId)

const stateWords = {
  asked: 'Waiting for another coordinator',
  approved: 'Approved',
  refused: 'Refused',
  withdrawn: 'Taken back',
} as const

function showRequest(visit: CaseVisit, request: ExceptionLine, zone: string): Html {
  const { decidedAt } = request
  const isOwn = request.state === 'asked' && request.askedBy === visit.staff.personId
  return html`<h2 class="govuk-heading-m">${request.agencyName}: ${stateWords[request.state]}</h2>
<ul class="govuk-list govuk-list--bullet">
<li>May see: ${request.parts.map(sayPart).join(', ')}</li>
<li>${sayLegalBasis(request.legalBasis)}</li>
<li>Why: <bdi>${request.reason}</bdi></li>
<li>${request.isTold ? 'The client was told' : html`The client was not told: <bdi>${request.notToldBecause}</bdi>`}</li>
<li>Until ${sayMoment(request.until, zone)}</li>
<li>Asked for by <bdi>${request.askedByName}</bdi>, ${sayMoment(request.askedAt, zone)}</li>
${decidedAt && html`<li>${stateWords[request.state]} by <bdi>${request.decidedByName ?? ''}</bdi>, ${sayMoment(decidedAt, zone)}${request.note !== '' && html`: <bdi>${request.note}</bdi>`}</li>`}
</ul>${isOwn && takeBackForm(visit, request)}`
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
export const wordsToDecide = (toDecide: readonly ExceptionLine[]): readonly unknown[] =>
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
  ])

function decideForm(visit: CaseVisit, view: ExceptionsView, toDecide: readonly ExceptionLine[]): Html {
  const { choose, words } = fieldWriter(view.typed, view.problems)
  return html`<h2 class="govuk-heading-m">Decide</h2>${startForm(
    { action: `/cases/${visit.caseId}/without-consent/decide`, csrfToken: visit.csrfToken },
    seenWords(visit, wordsToDecide(toDecide)),
    choose(
      'request',
      'What do you decide on?',
      toDecide.map(each => ({
        value: each.requestId,
        text: each.agencyName,
        hint: `${sayLegalBasis(each.legalBasis)}, until ${sayMoment(each.until, view.zone)}`,
      })),
    ),
    choose('verdict', 'Is it lawful and necessary, and no more than is needed?', [
      { value: 'approved', text: 'Yes, share it' },
      { value: 'refused', text: 'No, refuse it' },
    ]),
    words('note', 'Why?'),
    button({ text: 'Save the decision', preventDoubleClick: true }),
  )}`
}

function askForm(visit: CaseVisit, view: ExceptionsView): Html {
  const { choose, tick, words, date } = fieldWriter(view.typed, view.problems)
  return html`<h2 class="govuk-heading-m">Ask for one</h2>${startForm(
    { action: `/cases/${visit.caseId}/without-consent`, csrfToken: visit.csrfToken, once: view.once },
    choose(
      'agency',
      'Which agency?',
      view.agencies.map(agency => ({ value: agency.slug, text: agency.name })),
    ),
    tick('parts', 'What may they see?', partChoices, { hint: 'No more than they need for this.' }),
    choose(
      'legalBasis',
      'What does the law let it rest on?',
      legalBases.map(each => ({ value: each, text: sayLegalBasis(each) })),
      { hint: `This list was read against the law in ${legalBasesReadOn}.` },
    ),
    words('reason', 'Why is it necessary?'),
    choose('told', 'Was the client told?', [
      { value: 'yes', text: 'Yes' },
      { value: 'no', text: 'No' },
    ]),
    words('notToldBecause', 'If not, why not?'),
    date('until', 'Until when?', { hint: 'The last day it holds, less than 30 days away.' }),
    button({ text: 'Ask another coordinator', preventDoubleClick: true }),
  )}`
}
