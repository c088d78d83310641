import { z } from 'zod'
import type { FormProblem } from '../../../foundation/decision.ts'
import type { CaseRoute, CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { button } from '../../../web/components/button.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { oneOf } from '../../../web/form-fields.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { html } from '../../../web/html.ts'
import { readForm } from '../../../web/read-form.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'
import { closingOutcomes, sayOutcome } from '../../closing.ts'
import { closeCase, reopenCase } from '../../operations/close-case.ts'
import { findCaseLine } from '../../operations/list-caseload.ts'

const route = { kind: 'case', path: '/cases/:case/close', part: 'triage', mode: 'write' } as const
const schema = z.object({ outcome: oneOf(closingOutcomes, 'Select how contact is now') })

async function show(visit: CaseVisit, typed: FormFields, problems: readonly FormProblem[]): Promise<Answer> {
  const { caseId } = visit
  const line = await visit.onCase(async transaction => await findCaseLine(transaction, caseId))
  const isClosed = line?.state === 'closed'
  const title = isClosed ? 'Open this case again' : 'Close this case'
  const { choose } = fieldWriter(typed, problems)
  const form = isClosed
    ? html`<p class="govuk-body">Everything in it is still there, and so is every consent that has not ended.</p>${startForm(
        { action: `/cases/${caseId}/close`, csrfToken: visit.csrfToken },
        html`<input type="hidden" name="again" value="yes">`,
        button({ text: 'Open it again', preventDoubleClick: true }),
      )}`
    : html`<p class="govuk-body">Nothing is removed. A case closes because the client and those who work with them agree that it may, never because somebody did not answer: no contact can mean harm.</p>${startForm(
        { action: `/cases/${caseId}/close`, csrfToken: visit.csrfToken },
        choose(
          'outcome',
          'How is contact by the suspected person now?',
          closingOutcomes.map(each => ({ value: each, text: sayOutcome(each) })),
        ),
        button({ text: 'Close the case', preventDoubleClick: true }),
      )}`
  const page = staffPage(visit, {
    title: titleWithProblems(title, problems),
    back: { href: `/cases/${caseId}` },
    body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">${problemSummary(problems)}<h1 class="govuk-heading-l">${title}</h1>${form}</div></div>`,
  })
  return showPage(page, problems.length > 0 ? 422 : 200)
}

/** The question how it ends, or whether a closed case opens again. */
export const closeFormRoute: CaseRoute = {
  ...route,
  method: 'GET',
  answer: (_request, visit) => show(visit, new Map(), []),
}

export const closeCaseRoute: CaseRoute = {
  ...route,
  method: 'POST',
  answer: async ({ form }, visit) => {
    const { caseId, staff } = visit
    if (fieldText(form, 'again') === 'yes') {
      await visit.onCase(transaction => reopenCase(transaction, caseId))
      return goTo(`/cases/${caseId}`)
    }
    const read = readForm(schema, form)
    if (!read.ok) return show(visit, form, read.problems)
    await visit.onCase(transaction => closeCase(transaction, staff.personId, caseId, read.value.outcome))
    return goTo(`/cases/${caseId}`)
  },
}
