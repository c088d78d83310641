import type { FormProblem } from '../../../foundation/decision.ts'
import { type ActionId, parseId } from '../../../foundation/ids.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { newOnce } from '../../../web/form.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { type FormFields, fieldText, type PageRequest } from '../../../web/request.ts'
import { actionStates, sayGate } from '../../action.ts'
import type { PlanResult } from '../../operations/change-plan.ts'
import { loadPlanFile } from '../../operations/load-plan.ts'
import { sayPlanRefusal } from '../../plan-change.ts'
import { readAction } from '../parts/action-form.ts'
import { keepInPlan } from '../parts/keep-in-plan.ts'
import { planPage } from '../parts/plan-frame.ts'
import { actionView, fillFromAction } from './view.ts'

/** One action: what it says, what must be true first, and its state. */
export function showAction(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return show(request, visit, null, [], 200)
}

/** Changes what an action says, who does it, by when, and which of its gates are met. */
export async function reviseAction(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { form } = request
  const found = await find(request, visit)
  if (!found) return showPage(problemPage(404), 404)
  const parties = found.file.agencies.filter(
    each =>
      each.isParty || (found.action.owner.kind === 'agency' && found.action.owner.agencyId === each.agencyId),
  )
  const read = readAction(form, '', parties, 'from-the-form')
  if (!read.ok) return show(request, visit, form, read.problems, 422)
  if (!read.value)
    return show(request, visit, form, [{ field: 'words', message: 'Enter what is to be done' }], 422)
  const change = {
    kind: 'revise',
    seen: seenIn(form),
    actionId: found.action.actionId,
    words: read.value,
    place: Number.parseInt(fieldText(form, 'place'), 10) || found.place,
  } as const
  return keepInPlan(visit, form, change, refused =>
    show(request, visit, form, [problemOf(refused, found.readyWith)], 409),
  )
}

/** Moves an action on, if the step is open to it. */
export async function stepAction(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { form } = request
  const found = await find(request, visit)
  if (!found) return showPage(problemPage(404), 404)
  const to = actionStates.find(each => each === fieldText(form, 'to'))
  if (!to)
    return show(request, visit, null, [{ field: 'to', message: 'Select where the action stands now' }], 422)
  const { actionId } = found.action
  const change = { kind: 'step', seen: seenIn(form), actionId, to } as const
  return keepInPlan(visit, form, change, refused =>
    show(request, visit, null, [problemOf(refused, found.readyWith, 'to')], 409),
  )
}

function problemOf(
  result: Extract<PlanResult, { allowed: false }>,
  readyWith: string,
  field = 'words',
): FormProblem {
  if (result.because === 'gate-not-met') {
    const gates = (result.gates ?? []).map(kind => sayGate(kind, readyWith)).join('; ')
    return { field, message: `It cannot go ahead before this is true: ${gates}` }
  }
  return { field, message: sayPlanRefusal(result.because, null) }
}

async function find(request: PageRequest, visit: CaseVisit) {
  const actionId = parseId<ActionId>(request.params['action'] ?? '')
  const file = await visit.onCase(transaction => loadPlanFile(visit.clinic, transaction, visit.caseId))
  const index = file.plan?.actions.findIndex(each => each.actionId === actionId) ?? -1
  const action = file.plan?.actions[index]
  return action ? { file, action, place: index + 1, readyWith: action.readyWith } : null
}

function seenIn(form: FormFields): number {
  const seen = Number(fieldText(form, 'seen'))
  return Number.isSafeInteger(seen) ? seen : 0
}

async function show(
  request: PageRequest,
  visit: CaseVisit,
  typed: FormFields | null,
  problems: readonly FormProblem[],
  status: number,
): Promise<Answer> {
  const found = await find(request, visit)
  if (!found) return showPage(problemPage(404), 404)
  const { action, place, file } = found
  return planPage(visit, {
    title: 'Action',
    problems,
    status,
    body: actionView(visit, {
      action,
      place,
      file,
      typed: typed ?? fillFromAction(action, place),
      wasTyped: typed !== null,
      problems,
      once: newOnce(),
    }),
  })
}
