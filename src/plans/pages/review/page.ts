import { sayDay } from '../../../foundation/calendar-day.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import type { Answer } from '../../../web/answer.ts'
import { button } from '../../../web/components/button.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { newOnce, readOnce, startForm } from '../../../web/form.ts'
import { html } from '../../../web/html.ts'
import { type FormFields, fieldText, type PageRequest } from '../../../web/request.ts'
import { loadPlanFile } from '../../operations/load-plan.ts'
import { sayPlanRefusal } from '../../plan-change.ts'
import { sayReviewReason } from '../../say-review.ts'
import { keepInPlan } from '../parts/keep-in-plan.ts'
import { planPage } from '../parts/plan-frame.ts'
import { readReview } from './form.ts'

/** What is due, and the form to say that it was reviewed. */
export function askForReview(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return show(visit, new Map(), [], 200)
}

/** Records that a review was held, and extends the plan if that was agreed. */
export async function takeReview(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { form } = request
  const read = readReview(form)
  if (!read.ok) return show(visit, form, read.problems, 422)
  const change = {
    kind: 'review',
    seen: Number(fieldText(form, 'seen')) || 0,
    ...read.value,
  } as const
  return keepInPlan(visit, form, change, ({ because, message }) =>
    because === 'extension-not-right'
      ? show(visit, form, [{ field: 'extendTo-day', message: message ?? '' }], 422)
      : show(visit, form, [{ field: 'note', message: sayPlanRefusal(because, null) }], 409),
  )
}

async function show(
  visit: CaseVisit,
  typed: FormFields,
  problems: readonly FormProblem[],
  status: number,
): Promise<Answer> {
  const file = await visit.onCase(transaction => loadPlanFile(visit.clinic, transaction, visit.caseId))
  const { words, date } = fieldWriter(typed, problems)
  const title = 'Review of the plan'
  if (!file.plan || file.plan.closing) {
    const body = html`<p class="govuk-body" id="note">${
      file.plan ? 'The plan is closed. Reopen it to go on.' : 'This case has no safety plan yet.'
    }</p>`
    return planPage(visit, { title, problems, body, status })
  }
  // After a problem the form is a new one, because the answer to the old one is kept.
  const once = problems.length > 0 ? newOnce() : (readOnce(typed) ?? newOnce())
  const body = html`${
    file.due.length > 0
      ? html`<p class="govuk-body">Due now:</p><ul class="govuk-list govuk-list--bullet">${file.due.map(due => html`<li>${sayReviewReason(due)}</li>`)}</ul>`
      : html`<p class="govuk-body">Nothing is due now. A review can be held at any time.</p>`
  }<p class="govuk-body">The plan ends on ${sayDay(file.plan.endsOn)}.</p>${startForm(
    { action: `/cases/${visit.caseId}/plan/review`, csrfToken: visit.csrfToken, once },
    html`<input type="hidden" name="seen" value="${status === 409 || typed.size === 0 ? file.revision : fieldText(typed, 'seen')}">`,
    words('note', 'What was looked at, and what was agreed', { rows: 6 }),
    date('extendTo', 'Extend the plan to (optional)', {
      hint: 'Up to 6 months from today. Leave it empty to keep the end as it is',
    }),
    button({ text: 'Save the review', preventDoubleClick: true }),
  )}`
  return planPage(visit, { title, problems, body, status })
}
