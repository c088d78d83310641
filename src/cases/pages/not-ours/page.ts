import { z } from 'zod'
import type { FormProblem } from '../../../foundation/decision.ts'
import { type CaseId, parseId } from '../../../foundation/ids.ts'
import type { StaffRoute, StaffVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { goTo, showPage } from '../../../web/answer.ts'
import { button } from '../../../web/components/button.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { anyOf, optionalText } from '../../../web/form-fields.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { readForm } from '../../../web/read-form.ts'
import type { FormFields } from '../../../web/request.ts'
import { decideNotOurs } from '../../operations/decide-not-ours.ts'

const reasons = ['under-age', 'other-area', 'not-cyberstalking', 'other-reason'] as const
const schema = z.object({
  because: anyOf(reasons, 'Select why it is not for this clinic'),
  note: optionalText({ what: 'Note', max: 1000 }),
})

function show(visit: StaffVisit, caseId: CaseId, typed: FormFields, problems: readonly FormProblem[]): Html {
  const { tick, words } = fieldWriter(typed, problems)
  return staffPage(visit, {
    title: titleWithProblems('Not for this clinic', problems),
    back: { href: `/triage/${caseId}` },
    body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
${problemSummary(problems)}
<h1 class="govuk-heading-l">Not for this clinic</h1>
<p class="govuk-body">Tell them who can help before you do this: names, words and every way to reach them are removed for good. Only the reason stays.</p>
${startForm(
  { action: `/triage/${caseId}/not-ours`, csrfToken: visit.csrfToken },
  tick('because', 'Why', [
    { value: 'under-age', text: 'Too young' },
    { value: 'other-area', text: 'Lives in another area' },
    { value: 'not-cyberstalking', text: 'Not cyberstalking' },
    { value: 'other-reason', text: 'Another reason' },
  ]),
  words('note', 'Note', { hint: 'Nothing that says who they are.' }),
  button({ text: 'Remove and close', classes: 'govuk-button--warning' }),
)}
</div></div>`,
  })
}

export const notOursRoute: StaffRoute = {
  kind: 'staff',
  method: 'GET',
  path: '/triage/:case/not-ours',
  who: ['coordinator'],
  answer: async ({ params }, visit) => {
    const caseId = parseId<CaseId>(params['case'] ?? '')
    return caseId ? showPage(show(visit, caseId, new Map(), [])) : showPage(problemPage(404), 404)
  },
}

export const saveNotOursRoute: StaffRoute = {
  kind: 'staff',
  method: 'POST',
  path: '/triage/:case/not-ours',
  who: ['coordinator'],
  answer: async ({ params, form }, visit) => {
    const caseId = parseId<CaseId>(params['case'] ?? '')
    if (!caseId) return showPage(problemPage(404), 404)
    const read = readForm(schema, form)
    if (!read.ok) return showPage(show(visit, caseId, form, read.problems), 400)
    const done = await visit.clinic.database.transaction(visit.actor, transaction =>
      decideNotOurs(transaction, caseId, read.value.because, read.value.note),
    )
    return done ? goTo('/triage') : showPage(problemPage(404), 404)
  },
}
