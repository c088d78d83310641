import { addMonths } from '../../../foundation/calendar-day.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import type { Answer } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import { readForm } from '../../../web/read-form.ts'
import type { FormFields, PageRequest } from '../../../web/request.ts'
import { loadPlanFile } from '../../operations/load-plan.ts'
import { sayPlanRefusal } from '../../plan-change.ts'
import { keepInPlan } from '../parts/keep-in-plan.ts'
import { planPage } from '../parts/plan-frame.ts'
import { planView } from '../parts/plan-view.ts'
import { changedForm, readNewPlan } from './form.ts'
import { makePlanView } from './view.ts'

/** The safety plan of a case, or the form that makes one. */
export function showPlan(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return show(visit, new Map(), [], 200)
}

/** Makes the plan of a case. */
export async function makePlan(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { form } = request
  const file = await visit.onCase(transaction => loadPlanFile(visit.clinic, transaction, visit.caseId))
  const read = readNewPlan(form, file.today)
  if (!read.ok) return show(visit, form, read.problems, 422)
  return keepInPlan(visit, form, { kind: 'make', ...read.value }, ({ because }) =>
    show(visit, form, [{ field: 'plan-state', message: sayPlanRefusal(because, file.plan) }], 409),
  )
}

/** Records that something happened which asks for a review. */
export async function tellChange(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { form } = request
  const read = readForm(changedForm, form)
  if (!read.ok) return show(visit, form, read.problems, 422)
  const { trigger, changedNote } = read.value
  return keepInPlan(visit, form, { kind: 'changed', trigger, note: changedNote }, ({ because }) =>
    show(visit, form, [{ field: 'plan-state', message: sayPlanRefusal(because, null) }], 409),
  )
}

async function show(
  visit: CaseVisit,
  typed: FormFields,
  problems: readonly FormProblem[],
  status: number,
): Promise<Answer> {
  const file = await visit.onCase(transaction => loadPlanFile(visit.clinic, transaction, visit.caseId))
  const mayChange = visit.sees('plan', 'write')
  const once = status === 409 ? newOnce() : (readOnce(typed) ?? newOnce())
  const { plan } = file
  const body = plan
    ? planView(visit, { file, plan, mayChange, typed, problems, once })
    : makePlanView(visit, {
        mayChange,
        typed: typed.size > 0 ? typed : proposeDates(file.today),
        problems,
        once,
      })
  return planPage(visit, { title: 'Safety plan', problems, body, status, isPlan: true })
}

/** From today, for three months: what most plans begin as. A person can change it. */
function proposeDates(today: string): FormFields {
  const parts = (prefix: string, day: string): [string, string[]][] =>
    day
      .split('-')
      .map((text, index) => [`${prefix}-${['year', 'month', 'day'][index]}`, [String(Number(text))]])
  return new Map([...parts('startsOn', today), ...parts('endsOn', addMonths(today, 3))])
}
