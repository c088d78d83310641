import { loadProfile } from '../../../directory/operations/load-profile.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import type { FormFields, PageRequest } from '../../../web/request.ts'
import { findLeftOut } from '../../lock-out/lock-out.ts'
import { comparePlans } from '../../operations/compare-plans.ts'
import { drawUpCase } from '../../operations/draw-up-case.ts'
import { readSteps, takeChoice } from '../parts/choose-plan.ts'
import { fillChosenMoment } from '../parts/moment-form.ts'
import { compareView } from './view.ts'

/** Plans side by side with their price, calculated from the client's current state, to choose one of. */
export function showPlans({ query }: PageRequest, visit: CaseVisit): Promise<Answer> {
  return show(visit, readSteps(query.getAll('never')), null, [], 200)
}

/** Keeps the one the client chose. */
export function chooseOfPlans({ form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  return takeChoice(form, visit, (...again) => show(visit, ...again))
}

async function show(
  visit: CaseVisit,
  asked: readonly string[],
  typed: FormFields | null,
  problems: readonly FormProblem[],
  status: number,
): Promise<Answer> {
  const { drawn, zone } = await visit.onCase(async transaction => ({
    drawn: await drawUpCase(visit.clinic, transaction, visit.caseId),
    zone: (await loadProfile(transaction)).timeZone,
  }))
  const { lockOut } = drawn
  const compared = await comparePlans(visit.clinic, drawn, [
    ...asked,
    ...(lockOut ? findLeftOut(lockOut) : []),
  ])
  const view = {
    drawn,
    compared,
    never: readSteps([...asked, ...(lockOut?.never ?? [])]),
    mayChange: visit.sees('map', 'write'),
    typed: typed ?? (lockOut ? fillChosenMoment(lockOut, zone) : new Map()),
    problems,
    once: (typed && readOnce(typed)) ?? newOnce(),
  }
  return showPage(compareView(visit, view), status)
}
