import { findLeft } from '../../access-map/lock-out/lock-out.ts'
import { loadLockOut } from '../../access-map/operations/load-lock-out.ts'
import { openPartInSight } from '../../audit/operations/open-part-in-sight.ts'
import type { CardId, CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { loadPlan } from './load-plan.ts'

/** A card of the lock-out plan that is left to do. */
export type CardToAdd = { readonly cardId: CardId; readonly label: string }

/**
 * The cards of the lock-out plan that are left and have no action yet, in their order; null when this person may not
 * see the map of the case. The access to the map is recorded.
 */
export async function listCards(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly CardToAdd[] | null> {
  const plan = (await loadPlan(clinic, transaction, caseId))?.plan
  if (!(await openPartInSight(transaction, { caseId, part: 'map', mode: 'read' }))) return null
  const { lockOut } = await loadLockOut(clinic, transaction, caseId)
  if (!lockOut) return []
  const there = new Set(plan?.actions.map(each => each.cardId))
  return findLeft(lockOut).flatMap(step => {
    const card = lockOut.cards.find(each => each.step === step)
    return card && !there.has(card.cardId) ? [{ cardId: card.cardId, label: card.label }] : []
  })
}
