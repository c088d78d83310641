import { loadProfile } from '../../../directory/operations/load-profile.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { decidePermission } from '../../../identity/permission.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import { type FormFields, fieldText, fieldValues, type PageRequest } from '../../../web/request.ts'
import { findStandings } from '../../after-each-step.ts'
import { findCardBlocks } from '../../card-gate.ts'
import { findLeft, type LockOut } from '../../lock-out.ts'
import { changeLockOut } from '../../operations/change-lock-out.ts'
import { type DrawnCase, drawUpCase } from '../../operations/draw-up-case.ts'
import { planLockOutFor } from '../../operations/plan-lock-out.ts'
import { weighPlanInHand } from '../../plan-in-hand.ts'
import { sayLockOutRefusal } from '../../say-lock-out.ts'
import { readChosenMoment } from './form.ts'
import type { KeptView } from './kept-view.ts'
import { lockOutView } from './view.ts'

/**
 * The lock-out plan as cards in the safe order: the one the client chose, as far as it has got; before that, the one
 * that asks least of her. Steps she will not take stand in the address as `never`: names of steps, which say nothing
 * about anybody.
 */
export async function showLockOut({ query }: PageRequest, visit: CaseVisit): Promise<Answer> {
  return show(visit, readSteps(query.getAll('never')), new Map(), [], 200)
}

/** Keeps the plan the client chose, when it can be taken from where she stands. */
export async function choosePlan({ form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { clinic, caseId, staff } = visit
  const never = readSteps(fieldValues(form, 'never'))
  const zone = await visit.onCase(async transaction => (await loadProfile(transaction)).timeZone)
  const read = readChosenMoment(form, zone)
  const order = readSteps(fieldText(form, 'order').split(' '))
  const problems: FormProblem[] = read.ok ? [] : [...read.problems]
  if (order.length === 0) problems.push({ field: 'order', message: 'Select a plan' })
  if (!read.ok || problems.length > 0) return show(visit, never, form, problems, 422)
  const result = await visit.onCase(transaction =>
    changeLockOut(
      clinic,
      transaction,
      staff,
      caseId,
      { kind: 'choose', seen: readSeen(form), order, never, ...read.value },
      readOnce(form),
    ),
  )
  if (result.allowed) return goTo(`/cases/${caseId}/map/lock-out`)
  const problem = { field: 'mode', message: sayLockOutRefusal(result.because) }
  return show(visit, never, new Map([...form, ['_once', [newOnce()]]]), [problem], 409)
}

/** The revision that stood on the screen. */
export function readSeen(form: FormFields): number {
  const seen = Number(fieldText(form, 'seen'))
  return Number.isSafeInteger(seen) ? seen : 0
}

function readSteps(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.filter(text => text !== '' && text.length <= 200))].slice(0, 300)
}

async function show(
  visit: CaseVisit,
  never: readonly string[],
  typed: FormFields,
  problems: readonly FormProblem[],
  status: number,
): Promise<Answer> {
  const { drawn, zone, now } = await visit.onCase(async transaction => ({
    drawn: await drawUpCase(visit.clinic, transaction, visit.caseId),
    zone: (await loadProfile(transaction)).timeZone,
    now: transaction.now,
  }))
  const mayChange = decidePermission(visit.staff.role, 'map', 'write')
  if (drawn.lockOut)
    return showPage(
      lockOutView(visit, drawn, problems, {
        kind: 'kept',
        view: weighKept(drawn, drawn.lockOut, { zone, now, mayChange }),
      }),
      status,
    )
  const planned = drawn.map.steps.length === 0 ? null : await planLockOutFor(drawn.map, never)
  const once = readOnce(typed) ?? newOnce()
  return showPage(
    lockOutView(visit, drawn, problems, {
      kind: 'proposed',
      view: { drawn, planned, never, mayChange, typed, problems, once },
    }),
    status,
  )
}

function weighKept(
  drawn: DrawnCase,
  lockOut: LockOut,
  moment: Pick<KeptView, 'zone' | 'mayChange'> & { readonly now: Date },
): KeptView {
  const left = findLeft(lockOut)
  return {
    drawn,
    lockOut,
    revision: drawn.revision,
    zone: moment.zone,
    mayChange: moment.mayChange,
    openNow: weighPlanInHand(drawn.map, []).opens,
    inHand: weighPlanInHand(drawn.map, left),
    blocks: findCardBlocks(drawn.map, left, lockOut, moment.now),
    standings: findStandings(drawn.map, 'possible', left),
  }
}
