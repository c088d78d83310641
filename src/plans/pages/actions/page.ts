import type { FormProblem } from '../../../foundation/decision.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import type { Answer } from '../../../web/answer.ts'
import { button } from '../../../web/components/button.ts'
import { newOnce, readOnce, startForm } from '../../../web/form.ts'
import { html } from '../../../web/html.ts'
import type { FormFields, PageRequest } from '../../../web/request.ts'
import { loadPlanFile } from '../../operations/load-plan.ts'
import { sayPlanRefusal } from '../../plan-change.ts'
import { mostActions, readAction } from '../parts/action-form.ts'
import { actionFieldsView } from '../parts/action-view.ts'
import { keepInPlan } from '../parts/keep-in-plan.ts'
import { planPage } from '../parts/plan-frame.ts'

const numbers = Array.from({ length: mostActions }, (_, index) => index + 1)

/** Up to three actions, agreed at the end of an appointment. */
export function askForActions(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return show(visit, new Map(), [], 200)
}

/** Adds them to the plan, as proposed. */
export async function takeActions(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { form } = request
  const { agencies } = await visit.onCase(transaction =>
    loadPlanFile(visit.clinic, transaction, visit.caseId),
  )
  const parties = agencies.filter(each => each.isParty)
  const read = numbers.map(number => readAction(form, `a${number}-`, parties, []))
  const problems = read.flatMap(each => (each.ok ? [] : each.problems))
  const actions = read.flatMap(each => (each.ok && each.value ? [each.value] : []))
  if (problems.length === 0 && actions.length === 0)
    problems.push({ field: 'a1-words', message: 'Enter at least one action' })
  if (problems.length > 0) return show(visit, form, problems, 422)
  return keepInPlan(visit, form, { kind: 'add', actions }, ({ because }) =>
    show(visit, form, [{ field: 'a1-words', message: sayPlanRefusal(because, null) }], 409),
  )
}

async function show(
  visit: CaseVisit,
  typed: FormFields,
  problems: readonly FormProblem[],
  status: number,
): Promise<Answer> {
  const file = await visit.onCase(transaction => loadPlanFile(visit.clinic, transaction, visit.caseId))
  const once = status === 409 ? newOnce() : (readOnce(typed) ?? newOnce())
  const body = html`<p class="govuk-body">Three at most: more are not done. Each begins as proposed, and nothing is scheduled before what must be true first is true.</p>${startForm(
    { action: `/cases/${visit.caseId}/plan/actions`, csrfToken: visit.csrfToken, once },
    ...numbers.map(
      number =>
        html`<section aria-labelledby="action-${number}"><h2 class="govuk-heading-m" id="action-${number}">Action ${number}${number > 1 && ' (optional)'}</h2>${actionFieldsView(typed, problems, `a${number}-`, file.agencies)}</section>`,
    ),
    button({ text: 'Add to the plan', preventDoubleClick: true }),
  )}`
  return planPage(visit, { title: 'Actions agreed today', problems, body, status })
}
