import { loadCatalogue } from '../../access-map/inventory/load-catalogue.ts'
import { findLeft } from '../../access-map/lock-out/lock-out.ts'
import { sayStepPlainly } from '../../access-map/lock-out/plain-step.ts'
import { loadInventory } from '../../access-map/operations/load-inventory.ts'
import { loadLockOut } from '../../access-map/operations/load-lock-out.ts'
import { openPartInSight } from '../../audit/operations/open-part-in-sight.ts'
import type { CardId, CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { loadPlan } from './load-plan.ts'

/** A card of the lock-out plan that is left to do. */
export type CardToAdd = {
  readonly cardId: CardId
  readonly label: string
  /** What it is called on paper and on the client’s page (S2). */
  readonly plainWords: string
}

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
  const { inventory } = await loadInventory(clinic, transaction, caseId)
  const { entries } = await loadCatalogue()
  const there = new Set(plan?.actions.map(each => each.cardId))
  return findLeft(lockOut).flatMap(step => {
    const card = lockOut.cards.find(each => each.step === step)
    if (!card || there.has(card.cardId)) return []
    const plainWords = sayStepPlainly(step, inventory, entries)
    return [{ cardId: card.cardId, label: card.label, plainWords }]
  })
}
