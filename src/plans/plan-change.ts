import { type CalendarDay, sayDay } from '../foundation/calendar-day.ts'
import type { Decision } from '../foundation/decision.ts'
import type { ActionId, CardId, PersonId } from '../foundation/ids.ts'
import type { ActionState, ActionWords, GateKind, PlanAction } from './action.ts'
import { decideStep, settleState } from './action-steps.ts'
import type { Plan, PlanOutcome } from './plan.ts'
import { verifyExtension } from './plan-length.ts'
import type { Trigger } from './trigger.ts'

/** What somebody does to a plan. `seen` is the revision they had before them. */
export type PlanChange =
  | {
      readonly kind: 'make'
      readonly startsOn: CalendarDay
      readonly endsOn: CalendarDay
      readonly safetyAtStart: number | null
    }
  | {
      readonly kind: 'add'
      readonly actions: readonly (ActionWords & { readonly cardId?: CardId })[]
    }
  | {
      readonly kind: 'revise'
      readonly seen: number
      readonly actionId: ActionId
      readonly words: ActionWords
      /** Its place in the order, from 1. */
      readonly place: number
    }
  | { readonly kind: 'step'; readonly seen: number; readonly actionId: ActionId; readonly to: ActionState }
  | {
      readonly kind: 'review'
      readonly seen: number
      readonly note: string
      readonly extendTo: CalendarDay | null
    }
  | { readonly kind: 'changed'; readonly trigger: Trigger; readonly note: string }
  | {
      readonly kind: 'close'
      readonly seen: number
      readonly outcome: PlanOutcome
      readonly safetyAtEnd: number | null
      readonly note: string
    }
  | { readonly kind: 'reopen'; readonly seen: number; readonly endsOn: CalendarDay; readonly note: string }

export const planRefusals = [
  'no-plan',
  'plan-is-there',
  'plan-is-closed',
  'plan-is-open',
  'no-such-action',
  'changed-meanwhile',
  'not-from-here',
  'card-decides',
  'gate-not-met',
  'no-date',
  'extension-not-right',
] as const
export type PlanRefusal = (typeof planRefusals)[number]

/** What one change did to a plan, as the list of its earlier revisions says it. */
export type PlanChangeCode =
  | 'plan-made'
  | 'actions-added'
  | 'action-changed'
  | `action-${ActionState}`
  | 'review-held'
  | 'plan-extended'
  | 'change-told'
  | 'plan-closed'
  | 'plan-reopened'

export type PlanDecision =
  | Decision<{ readonly plan: Plan; readonly code: PlanChangeCode; readonly subject: string }, never>
  | {
      readonly allowed: false
      readonly because: PlanRefusal
      readonly gates?: readonly GateKind[]
      readonly message?: string
    }

/** What a decision may know beside the plan. */
export type PlanMoment = {
  /** The revision this change would make. */
  readonly next: number
  readonly today: CalendarDay
  readonly now: Date
  readonly by: PersonId
  readonly makeActionId: () => ActionId
}

/**
 * Decides what a plan becomes by a change, or why not. When two people change the same action at once, or the plan as
 * a whole, the second one is told, and what they wrote stays with them.
 */
export function decidePlanChange(plan: Plan | null, change: PlanChange, moment: PlanMoment): PlanDecision {
  const no = (because: PlanRefusal): PlanDecision => ({ allowed: false, because })
  const yes = (made: Plan, code: PlanChangeCode, subject = ''): PlanDecision => ({
    allowed: true,
    plan: made,
    code,
    subject,
  })
  const { next, today, now, by } = moment
  if (change.kind === 'make') {
    if (plan) return no('plan-is-there')
    const { startsOn, endsOn, safetyAtStart } = change
    const empty = { actions: [], reviews: [], changes: [], closing: null, changedIn: next }
    return yes({ startsOn, endsOn, safetyAtStart, ...empty }, 'plan-made')
  }
  if (!plan) return no('no-plan')
  if (change.kind === 'reopen') {
    if (!plan.closing) return no('plan-is-open')
    if (plan.changedIn > change.seen) return no('changed-meanwhile')
    const held = { on: today, at: now.toISOString(), by, note: change.note, extendedTo: change.endsOn }
    const [problem] = verifyExtension(addedTo(plan.endsOn, today), change.endsOn, today)
    if (problem && change.endsOn !== plan.endsOn) return { ...refused, message: problem.message }
    return yes(
      { ...plan, endsOn: change.endsOn, closing: null, reviews: [...plan.reviews, held], changedIn: next },
      'plan-reopened',
    )
  }
  if (plan.closing) return no('plan-is-closed')
  switch (change.kind) {
    case 'add': {
      const added = change.actions.map(
        ({ cardId = null, ...words }): PlanAction => ({
          ...words,
          cardId,
          actionId: moment.makeActionId(),
          state: 'proposed',
          changedIn: next,
        }),
      )
      return yes({ ...plan, actions: [...plan.actions, ...added] }, 'actions-added')
    }
    case 'revise': {
      const found = plan.actions.find(each => each.actionId === change.actionId)
      if (!found) return no('no-such-action')
      if (found.changedIn > change.seen) return no('changed-meanwhile')
      const revised = { ...found, ...change.words, changedIn: next }
      const others = plan.actions.filter(each => each !== found)
      const place = Math.min(Math.max(1, change.place), plan.actions.length) - 1
      const actions = [
        ...others.slice(0, place),
        { ...revised, state: settleState(revised) },
        ...others.slice(place),
      ]
      return yes({ ...plan, actions }, 'action-changed', found.actionId)
    }
    case 'step': {
      const found = plan.actions.find(each => each.actionId === change.actionId)
      if (!found) return no('no-such-action')
      if (found.changedIn > change.seen) return no('changed-meanwhile')
      if (found.cardId !== null) return no('card-decides')
      const step = decideStep(found, change.to)
      if (!step.allowed) return step
      const stepped = { ...found, state: change.to, changedIn: next }
      const actions = plan.actions.map(each => (each === found ? stepped : each))
      return yes({ ...plan, actions }, `action-${change.to}`, found.actionId)
    }
    case 'review': {
      if (plan.changedIn > change.seen) return no('changed-meanwhile')
      const { extendTo } = change
      const [problem] = extendTo === null ? [] : verifyExtension(plan.endsOn, extendTo, today)
      if (problem) return { ...refused, message: problem.message }
      const held = { on: today, at: now.toISOString(), by, note: change.note, extendedTo: extendTo }
      return yes(
        { ...plan, endsOn: extendTo ?? plan.endsOn, reviews: [...plan.reviews, held], changedIn: next },
        extendTo === null ? 'review-held' : 'plan-extended',
      )
    }
    case 'changed': {
      const changed = { kind: change.trigger, at: now.toISOString(), note: change.note }
      return yes({ ...plan, changes: [...plan.changes, changed] }, 'change-told')
    }
    case 'close': {
      if (plan.changedIn > change.seen) return no('changed-meanwhile')
      const { outcome, safetyAtEnd, note } = change
      const closing = { on: today, outcome, safetyAtEnd, note }
      return yes({ ...plan, closing, changedIn: next }, 'plan-closed')
    }
  }
}

const refused = { allowed: false, because: 'extension-not-right' } as const

/** The day before which a reopened plan may not end: yesterday, if its own end has not come yet. */
function addedTo(endsOn: CalendarDay, today: CalendarDay): CalendarDay {
  return endsOn > today ? today : endsOn
}

/** Why a plan was not changed, and what to do next, as it is on screen. */
export function sayPlanRefusal(because: PlanRefusal, plan: Pick<Plan, 'endsOn'> | null): string {
  switch (because) {
    case 'no-plan':
      return 'This case has no safety plan yet. Make one first'
    case 'plan-is-there':
      return 'A colleague made the plan a moment ago. It is shown now'
    case 'plan-is-closed':
      return 'The plan is closed. Reopen it to go on'
    case 'plan-is-open':
      return 'The plan is open already'
    case 'no-such-action':
      return 'This action is not in the plan'
    case 'changed-meanwhile':
      return 'A colleague changed this while you were writing. What they saved is shown under “As it is now”; what you wrote is still here'
    case 'not-from-here':
      return 'The action has moved on since. Choose from the steps offered now'
    case 'card-decides':
      return 'This action follows its card of the lock-out plan. Say there how it went'
    case 'gate-not-met':
      return 'Something must be true first'
    case 'no-date':
      return 'Enter the day it is due before it is scheduled'
    case 'extension-not-right':
      return `The new end is not possible${plan ? `: the plan ends on ${sayDay(plan.endsOn)} now` : ''}`
  }
}
