import { weighPlanInHand } from '../../access-engine/plan/plan-in-hand.ts'
import type { AccessMap } from '../../access-engine/reach/map.ts'
import type { CardId } from '../../foundation/ids.ts'
import { findDependents } from './clocks.ts'
import { type Card, findCard, findCurrentMap, findDone, findLeft, type LockOut } from './lock-out.ts'

/** What a decision may know beside the plan. */
export type LockOutMoment = {
  /** The map as it was drawn, before any step. */
  readonly map: AccessMap
  /** The current revision of the plan. The decision becomes the next one. */
  readonly revision: number
  readonly now: Date
  readonly byName: string
  /** The clinic's, in which a day begins and ends. */
  readonly zone: string
  readonly makeCardId: () => CardId
}

/** Before anything was chosen. */
export const emptyLockOut: LockOut = {
  version: 1,
  mode: 'quiet',
  hour: null,
  never: [],
  cards: [],
  order: [],
  kept: [],
  replanned: null,
}

/**
 * The plan with a new order for what is left, and a card for every new step; null when that order cannot be taken
 * from the client's current state.
 */
export function takePlan(
  lockOut: LockOut,
  order: readonly string[],
  because: 'could-not' | 'reacted' | 'chosen' | null,
  { map, revision, now, makeCardId }: LockOutMoment,
): LockOut | null {
  if (!weighPlanInHand(findCurrentMap(map, lockOut), order).isSound) return null
  const before = findLeft(lockOut)
  const made = order.flatMap(step => {
    const known = findCard(lockOut, step)
    const label = map.steps.find(each => each.id === step)?.label ?? step
    if (known)
      // Chosen again although it could not be done: it is to be tried again.
      return known.state.is === 'could-not' ? [{ ...known, state: { is: 'to-do' } as const }] : []
    const state = { is: 'to-do' } as const
    return [{ cardId: makeCardId(), step, label, state, reactions: [], changedIn: revision + 1 }]
  })
  const cards = [...lockOut.cards.filter(card => !made.some(each => each.step === card.step)), ...made]
  const replanned = because && {
    because,
    added: order.filter(step => !before.includes(step)),
    left: before.filter(step => !order.includes(step)),
    isFound: true,
    at: now.toISOString(),
  }
  return { ...lockOut, cards, order: [...findDone(lockOut), ...order], replanned }
}

/** The same after something went wrong. If no sound plan was found, the rest of the old one still counts. */
export function planAgain(
  lockOut: LockOut,
  again: readonly string[] | null,
  because: 'could-not' | 'reacted',
  moment: LockOutMoment,
): LockOut {
  const taken = again && takePlan(lockOut, again, because, moment)
  if (taken) return taken
  const at = moment.now.toISOString()
  const replanned = { because, added: [], left: [], isFound: false, at }
  return { ...lockOut, replanned }
}

/** The same with one card changed in the next revision. */
export function replaceCard(lockOut: LockOut, card: Card, revision: number): LockOut {
  const changed = { ...card, changedIn: revision + 1 }
  return { ...lockOut, cards: lockOut.cards.map(each => (each.cardId === card.cardId ? changed : each)) }
}

/** Puts a step in its place again: after those done before it when it is done, otherwise first of the rest. */
export function settleCard(lockOut: LockOut, step: string): LockOut {
  if (!lockOut.order.includes(step)) return lockOut
  const isDone = findCard(lockOut, step)?.state.is === 'done'
  const done = findDone(lockOut).filter(each => each !== step)
  const left = findLeft(lockOut).filter(each => each !== step)
  const wasLeft = !isDone && lockOut.order.indexOf(step) >= done.length
  if (wasLeft) return lockOut
  return { ...lockOut, order: [...done, step, ...left] }
}

/** The same with what rests on an act that is to do again: a look at it, and what only follows it, are to do again too. */
export function reopenAfter(lockOut: LockOut, act: string, moment: LockOutMoment): LockOut {
  let open = lockOut
  const isDone = (step: string): boolean => findCard(open, step)?.state.is === 'done'
  for (const step of findDependents(moment.map, act, isDone)) {
    const card = findCard(open, step)
    if (card?.state.is !== 'done') continue
    open = settleCard(replaceCard(open, { ...card, state: { is: 'to-do' } }, moment.revision), step)
    open = reopenAfter(open, step, moment)
  }
  return open
}
