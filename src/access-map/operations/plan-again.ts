import { type CardId, makeId } from '../../foundation/ids.ts'
import type { MayCalculate } from '../../platform/calculation.ts'
import { findCurrentMap, findLeftOut } from '../lock-out/lock-out.ts'
import { decideLockOutChange, type LockOutChange } from '../lock-out/lock-out-change.ts'
import type { DrawnCase } from './draw-up-case.ts'
import { planLockOutFor } from './plan-lock-out.ts'

/**
 * Plans again after something went wrong: what is done stays done, and what could not be done is left out. Null when
 * no plan was found, or when the change would be refused anyway. It may take seconds and holds no transaction, so its
 * answer is checked again when it is kept.
 */
export async function planAgainAfter(
  clinic: MayCalculate,
  drawn: DrawnCase,
  change: Extract<LockOutChange, { kind: 'could-not' | 'reacted' }>,
  { now, zone }: { readonly now: Date; readonly zone: string },
): Promise<readonly string[] | null> {
  const { whole, revision, lockOut } = drawn
  const decision = decideLockOutChange(lockOut, change, {
    map: whole,
    revision,
    now,
    byName: '',
    zone,
    makeCardId: () => makeId<CardId>(now),
  })
  if (!decision.allowed) return null
  const current = findCurrentMap(whole, decision.lockOut)
  const { answer } = await planLockOutFor(clinic, current, findLeftOut(decision.lockOut))
  return answer.cost === null ? null : answer.order
}
