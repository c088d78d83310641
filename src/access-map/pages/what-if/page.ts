import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import type { PageRequest } from '../../../web/request.ts'
import { findLeft, findLeftOut } from '../../lock-out/lock-out.ts'
import { askAboutStep, askForUnnoticed } from '../../operations/ask-what-if.ts'
import { drawUpCase } from '../../operations/draw-up-case.ts'
import { planLockOutFor } from '../../operations/plan-lock-out.ts'
import { valueQuestions } from '../../operations/value-questions.ts'
import { stepView, whatIfQuestionsView } from './view.ts'

/**
 * What would change the plan. For one step: why it is in it and what would replace it. Without a step: what stays
 * open when nothing may be noticed, and which questions are worth most. Each is planned again, so the page takes its
 * time.
 */
export async function showWhatIf({ query }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const drawn = await visit.onCase(transaction => drawUpCase(visit.clinic, transaction, visit.caseId))
  const never = drawn.lockOut ? findLeftOut(drawn.lockOut) : []
  const asked = query.get('step')
  if (asked === null) {
    const unnoticed =
      drawn.map.steps.length === 0 ? null : await askForUnnoticed(visit.clinic, drawn.map, never)
    return showPage(whatIfQuestionsView(visit, drawn, unnoticed, await valueQuestions(visit.clinic, drawn)))
  }
  const step = drawn.map.steps.find(each => each.id === asked)
  if (!step) return showPage(problemPage(404), 404)
  const order = drawn.lockOut
    ? findLeft(drawn.lockOut)
    : (await planLockOutFor(visit.clinic, drawn.map, never)).answer.order
  if (!order.includes(step.id)) return showPage(problemPage(404), 404)
  return showPage(
    stepView(visit, drawn, step, await askAboutStep(visit.clinic, drawn.map, order, never, step.id)),
  )
}
