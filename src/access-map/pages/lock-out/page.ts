import { loadProfile } from '../../../directory/operations/load-profile.ts'
import { dayAt } from '../../../foundation/calendar-day.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import type { FormFields, PageRequest } from '../../../web/request.ts'
import { findCardBlocks } from '../../lock-out/card-gate.ts'
import { findClocks } from '../../lock-out/clocks.ts'
import type { LockOut } from '../../lock-out/lock-out.ts'
import { cutPlan } from '../../operations/cut-plan.ts'
import { type DrawnCase, drawUpCase } from '../../operations/draw-up-case.ts'
import { loadKeepBy } from '../../operations/load-keep-by.ts'
import { planLockOutFor } from '../../operations/plan-lock-out.ts'
import { weighKeptPlan } from '../../operations/weigh-kept-plan.ts'
import { readSteps, takeChoice } from '../parts/choose-plan.ts'
import type { KeptView } from './kept-view.ts'
import { lockOutView } from './view.ts'

/**
 * The lock-out plan as cards in the safe order: the plan the client chose, as far as it has got; before that, the
 * plan that asks least of them. Steps the client will not take are in the address as `never`: names of steps, which
 * say nothing about anybody.
 */
export async function showLockOut({ query }: PageRequest, visit: CaseVisit): Promise<Answer> {
  return show(visit, readSteps(query.getAll('never')), new Map(), [], 200)
}

/** Keeps the plan the client chose. */
export function choosePlan({ form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  return takeChoice(form, visit, (...again) => show(visit, ...again))
}

async function show(
  visit: CaseVisit,
  never: readonly string[],
  typed: FormFields,
  problems: readonly FormProblem[],
  status: number,
): Promise<Answer> {
  const { drawn, zone, now, keepBy, target } = await visit.onCase(async transaction => {
    const drawn = await drawUpCase(visit.clinic, transaction, visit.caseId)
    const { timeZone, appointments } = await loadProfile(transaction)
    return {
      drawn,
      keepBy: await loadKeepBy(transaction, visit.caseId, drawn),
      zone: timeZone,
      target: appointments.minutes,
      now: transaction.now,
    }
  })
  const mayChange = visit.sees('map', 'write')
  if (drawn.lockOut)
    return showPage(
      lockOutView(visit, drawn, keepBy, problems, {
        kind: 'kept',
        view: weighKept(drawn, drawn.lockOut, { zone, now, mayChange, target }),
      }),
      status,
    )
  const planned = drawn.map.steps.length === 0 ? null : await planLockOutFor(visit.clinic, drawn.map, never)
  const once = readOnce(typed) ?? newOnce()
  return showPage(
    lockOutView(visit, drawn, keepBy, problems, {
      kind: 'proposed',
      view: {
        drawn,
        planned,
        cut: planned && cutPlan(drawn, planned.statesAfterSteps, { today: dayAt(now, zone), target }),
        today: dayAt(now, zone),
        target,
        never,
        mayChange,
        typed,
        problems,
        once,
      },
    }),
    status,
  )
}

function weighKept(
  drawn: DrawnCase,
  lockOut: LockOut,
  moment: Pick<KeptView, 'zone' | 'mayChange' | 'target'> & { readonly now: Date },
): KeptView {
  const { inHand, atAnyHour, statesAfterSteps } = weighKeptPlan(drawn.map, lockOut)
  const today = dayAt(moment.now, moment.zone)
  return {
    drawn,
    cut: cutPlan(drawn, statesAfterSteps, { today, target: moment.target }),
    today,
    target: moment.target,
    lockOut,
    revision: drawn.revision,
    zone: moment.zone,
    mayChange: moment.mayChange,
    ofSuspect: drawn.ofSuspect(),
    inHand,
    blocks: findCardBlocks(atAnyHour, lockOut, findClocks(drawn.whole, lockOut), moment.now),
    statesAfterSteps,
  }
}
