import { loadProfile } from '../../../directory/operations/load-profile.ts'
import { dayAt } from '../../../foundation/calendar-day.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { type CardId, parseId } from '../../../foundation/ids.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { type FormFields, fieldText, type PageRequest } from '../../../web/request.ts'
import { findCardBlocks } from '../../lock-out/card-gate.ts'
import { findClocks } from '../../lock-out/clocks.ts'
import type { Card } from '../../lock-out/lock-out.ts'
import type { LockOutChange } from '../../lock-out/lock-out-change.ts'
import { sayCardBlock } from '../../lock-out/say-card-block.ts'
import { sayLockOutRefusal } from '../../lock-out/say-lock-out.ts'
import { changeLockOut, type LockOutResult } from '../../operations/change-lock-out.ts'
import { type DrawnCase, drawUpCase } from '../../operations/draw-up-case.ts'
import { planAgainAfter } from '../../operations/plan-again.ts'
import { weighKeptPlan } from '../../operations/weigh-kept-plan.ts'
import { readCardChange } from './form.ts'
import { cardPageView } from './view.ts'

/** One card: what keeps it from going ahead, the evidence to keep first, and how it went. */
export async function showCard(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const found = await find(request, visit)
  return found ? write(visit, found, new Map(), [], 200) : showPage(problemPage(404), 404)
}

/** Keeps how it went. If something went wrong, the rest is planned again first. */
export async function markCard(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { form } = request
  const found = await find(request, visit)
  if (!found) return showPage(problemPage(404), 404)
  const read = readCardChange(form, found.card.cardId, dayAt(found.now, found.zone))
  if (!read.ok) return write(visit, found, form, read.problems, 422)
  const { drawn } = found
  const change =
    read.value.kind === 'could-not' || read.value.kind === 'reacted'
      ? { ...read.value, again: await planAgainAfter(visit.clinic, drawn, read.value, found) }
      : read.value
  const result = await keep(visit, change, readOnce(form))
  if (result.allowed) {
    const isMoreToSay = change.kind === 'keep'
    return goTo(`/cases/${visit.caseId}/map/lock-out${isMoreToSay ? `/cards/${found.card.cardId}` : ''}`)
  }
  const again = await find(request, visit)
  if (!again) return showPage(problemPage(404), 404)
  const reasons = result.blocks.map(block => sayCardBlock(block, again.drawn, again.zone))
  const message = [`${sayLockOutRefusal(result.because)}.`, ...reasons].join(' ')
  return write(visit, again, form, [{ field: fieldText(form, 'to') === 'keep' ? 'how' : 'to', message }], 409)
}

function keep(visit: CaseVisit, change: LockOutChange, once: string | null): Promise<LockOutResult> {
  return visit.onCase(transaction =>
    changeLockOut(visit.clinic, transaction, visit.staff, visit.caseId, change, once),
  )
}

type Found = {
  readonly card: Card
  readonly drawn: DrawnCase
  readonly zone: string
  readonly now: Date
}

async function find(request: PageRequest, visit: CaseVisit): Promise<Found | null> {
  const cardId = parseId<CardId>(request.params['card'] ?? '')
  const { drawn, zone, now } = await visit.onCase(async transaction => ({
    drawn: await drawUpCase(visit.clinic, transaction, visit.caseId),
    zone: (await loadProfile(transaction)).timeZone,
    now: transaction.now,
  }))
  const card = drawn.lockOut?.cards.find(each => each.cardId === cardId)
  return card ? { card, drawn, zone, now } : null
}

function write(
  visit: CaseVisit,
  { card, drawn, zone, now }: Found,
  typed: FormFields,
  problems: readonly FormProblem[],
  status: number,
): Answer {
  const { lockOut } = drawn
  if (!lockOut) return showPage(problemPage(404), 404)
  const { atAnyHour, statesAfterSteps } = weighKeptPlan(drawn.map, lockOut)
  const page = cardPageView(visit, {
    card,
    drawn,
    zone,
    isInPlan: lockOut.order.includes(card.step),
    blocks: findCardBlocks(atAnyHour, lockOut, findClocks(drawn.whole, lockOut), now).get(card.step) ?? [],
    kept: lockOut.kept.filter(each =>
      drawn.whole.steps.find(step => step.id === card.step)?.destroys.includes(each.evidence),
    ),
    statesAfterSteps,
    mayChange: visit.sees('map', 'write'),
    typed,
    problems,
    once: status === 409 ? newOnce() : (readOnce(typed) ?? newOnce()),
  })
  return showPage(page, status)
}
