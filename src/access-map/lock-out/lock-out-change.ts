import type { CalendarDay } from '../../foundation/calendar-day.ts'
import type { CardId } from '../../foundation/ids.ts'
import { type CardBlock, findBlocksAtAnyHour, findCardBlocks } from './card-gate.ts'
import { findClocks, findEarliestMoment, findLatestMoment } from './clocks.ts'
import {
  type Card,
  findCurrentMap,
  findLeft,
  type KeptHow,
  type LockOut,
  type LockOutMode,
} from './lock-out.ts'
import {
  emptyLockOut,
  type LockOutMoment,
  planAgain,
  reopenAfter,
  replaceCard,
  settleCard,
  takePlan,
} from './take-plan.ts'

/** What somebody does to the plan a client chose. `seen` is the revision that stood on the screen. */
export type LockOutChange = { readonly seen: number } & (
  | {
      readonly kind: 'choose'
      readonly order: readonly string[]
      readonly mode: LockOutMode
      readonly hour: string | null
      readonly never: readonly string[]
    }
  | { readonly kind: 'moment'; readonly mode: LockOutMode; readonly hour: string | null }
  | { readonly kind: 'mark'; readonly cardId: CardId; readonly to: 'to-do' | 'go' }
  | { readonly kind: 'mark'; readonly cardId: CardId; readonly to: 'done'; readonly on: CalendarDay }
  /** `again` is the plan made again from the client's state then; null when none was found in time. */
  | {
      readonly kind: 'could-not'
      readonly cardId: CardId
      readonly why: string
      readonly again: readonly string[] | null
    }
  | {
      readonly kind: 'reacted'
      readonly cardId: CardId
      readonly what: string
      readonly undid: boolean
      readonly again: readonly string[] | null
    }
  | {
      readonly kind: 'keep'
      readonly cardId: CardId
      readonly how: KeptHow
      readonly where: string
    }
)

export const lockOutRefusals = [
  'no-plan',
  'no-such-card',
  'changed-meanwhile',
  'not-from-here',
  'not-sound',
  'blocked',
  'nothing-to-keep',
] as const
export type LockOutRefusal = (typeof lockOutRefusals)[number]

export type LockOutDecision =
  | { readonly allowed: true; readonly lockOut: LockOut }
  | {
      readonly allowed: false
      readonly because: LockOutRefusal
      /** What keeps the card from going ahead, if that is the reason. */
      readonly blocks: readonly CardBlock[]
    }

const no = (because: LockOutRefusal, blocks: readonly CardBlock[] = []): LockOutDecision => ({
  allowed: false,
  because,
  blocks,
})

const follows: Readonly<Record<Card['state']['is'], readonly Card['state']['is'][]>> = {
  'to-do': ['go', 'done', 'could-not'],
  go: ['done', 'to-do', 'could-not'],
  done: ['to-do'],
  'could-not': ['to-do'],
}

/**
 * Decides what the plan is after a change. A card goes ahead or is done only while nothing keeps it from that, and
 * the answer names what does. A plan is kept only when its steps can be taken in order from the client's current
 * state. Steps that are done stay done. When two people change one card the second one is told, and so is anyone
 * whose plan is out of date.
 */
export function decideLockOutChange(
  lockOut: LockOut | null,
  change: LockOutChange,
  moment: LockOutMoment,
): LockOutDecision {
  const { map, revision, now } = moment
  const by = { at: now.toISOString(), byName: moment.byName }
  const isStale = change.seen !== revision
  if (change.kind === 'choose') {
    if (isStale) return no('changed-meanwhile')
    const { mode, hour, never, order } = change
    if (never.some(step => order.includes(step))) return no('not-sound')
    const chosen = { ...(lockOut ?? emptyLockOut), mode, hour, never: [...never] }
    const taken = takePlan(chosen, order, lockOut === null ? null : 'chosen', moment)
    return taken ? { allowed: true, lockOut: taken } : no('not-sound')
  }
  if (!lockOut) return no('no-plan')
  if (change.kind === 'moment') {
    if (isStale) return no('changed-meanwhile')
    return { allowed: true, lockOut: { ...lockOut, mode: change.mode, hour: change.hour } }
  }
  const card = lockOut.cards.find(each => each.cardId === change.cardId)
  if (!card) return no('no-such-card')
  if (card.changedIn > change.seen) return no('changed-meanwhile')
  switch (change.kind) {
    case 'mark': {
      if (!follows[card.state.is].includes(change.to)) return no('not-from-here')
      if (change.to !== 'to-do') {
        if (!lockOut.order.includes(card.step)) return no('not-from-here')
        const current = findCurrentMap(map, lockOut)
        const left = findBlocksAtAnyHour(current, findLeft(lockOut))
        const clocks = findClocks(map, lockOut)
        const at = change.to === 'done' ? findEarliestMoment(change.on, now, moment.zone) : now
        const blocks = findCardBlocks(left, lockOut, clocks, now).get(card.step)
        // A step that left the map can no longer be judged.
        if (!blocks) return no('not-from-here')
        if (blocks.length > 0) return no('blocked', blocks)
        const from = clocks.get(card.step)
        if (from !== undefined && at.getTime() < from.getTime())
          return no('blocked', [{ because: 'before-clock', from: from.toISOString() }])
      }
      const state =
        change.to === 'done'
          ? ({
              is: 'done',
              on: change.on,
              ...by,
              latest: findLatestMoment(change.on, now, moment.zone).toISOString(),
            } as const)
          : change.to === 'go'
            ? ({ is: 'go', ...by } as const)
            : ({ is: 'to-do' } as const)
      const marked = settleCard(replaceCard(lockOut, { ...card, state }, revision), card.step)
      return {
        allowed: true,
        lockOut: change.to === 'to-do' ? reopenAfter(marked, card.step, moment) : marked,
      }
    }
    case 'could-not': {
      if (isStale) return no('changed-meanwhile')
      if (!follows[card.state.is].includes('could-not')) return no('not-from-here')
      const state = { is: 'could-not', why: change.why, ...by } as const
      const changed = replaceCard(lockOut, { ...card, state }, revision)
      const rest = { ...changed, order: changed.order.filter(step => step !== card.step) }
      return { allowed: true, lockOut: planAgain(rest, change.again, 'could-not', moment) }
    }
    case 'reacted': {
      if (isStale) return no('changed-meanwhile')
      const reaction = { what: change.what, undid: change.undid, ...by }
      const state = change.undid && card.state.is === 'done' ? ({ is: 'to-do' } as const) : card.state
      const changed = replaceCard(
        lockOut,
        { ...card, state, reactions: [...card.reactions, reaction] },
        revision,
      )
      const settled = settleCard(changed, card.step)
      const open = state.is === 'to-do' ? reopenAfter(settled, card.step, moment) : settled
      return { allowed: true, lockOut: planAgain(open, change.again, 'reacted', moment) }
    }
    case 'keep': {
      const step = findCurrentMap(map, lockOut).steps.find(each => each.id === card.step)
      if (!step || step.destroys.length === 0) return no('nothing-to-keep')
      const { how, where } = change
      const kept = step.destroys.map(evidence => ({ evidence, how, where, ...by }))
      return {
        allowed: true,
        lockOut: replaceCard({ ...lockOut, kept: [...lockOut.kept, ...kept] }, card, revision),
      }
    }
  }
}
