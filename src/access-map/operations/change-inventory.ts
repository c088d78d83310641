import { z } from 'zod'
import { recordAct } from '../../audit/operations/record-act.ts'
import type { CaseId, PersonId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { doOnce } from '../../platform/do-once.ts'
import {
  decideChange,
  type InventoryChange,
  type InventoryRefusal,
  inventoryRefusals,
} from '../inventory/inventory-change.ts'
import { lockMap } from '../store.ts'
import { type DrawnCase, drawUpCase } from './draw-up-case.ts'
import { inventoryRevisions } from './load-inventory.ts'
import { updateChannelVerdicts } from './update-channel-verdicts.ts'

const resultSchema = z.union([
  z.object({ allowed: z.literal(true), revision: z.number(), added: z.array(z.string()) }),
  z.object({ allowed: z.literal(false), because: z.enum(inventoryRefusals) }),
])
export type ChangeResult =
  | { readonly allowed: true; readonly revision: number; readonly added: readonly string[] }
  | { readonly allowed: false; readonly because: InventoryRefusal }

/**
 * Changes what the client has, as a new revision, on a case that is open for writing its map. Two people who change
 * it at once follow one another; the second one is told when the thing was changed meanwhile. What the change means
 * for the client's channels takes effect with it (rule S1).
 */
export async function changeInventory(
  clinic: Clinic,
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  change: InventoryChange,
  formToken: string | null,
): Promise<ChangeResult> {
  return doOnce(
    transaction,
    'change-map',
    formToken,
    kept => resultSchema.parse(kept),
    async () => {
      await lockMap(transaction, caseId)
      const drawn = await drawUpCase(clinic, transaction, caseId)
      return changeDrawnInventory(clinic, transaction, by, caseId, change, drawn)
    },
  )
}

/** The same when the caller has locked and drawn the map already: it is not loaded again. */
export async function changeDrawnInventory(
  clinic: Clinic,
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  change: InventoryChange,
  drawn: DrawnCase,
): Promise<z.output<typeof resultSchema>> {
  const decision = decideChange(drawn.inventory, drawn.inventoryRevision, change)
  if (!decision.allowed) {
    if (change.kind === 'tie' && decision.because === 'nothing-changed')
      await calculateAgain(clinic, transaction, caseId, drawn)
    return decision
  }
  const { inventory, added } = decision
  const revision = drawn.inventoryRevision + 1
  const row = { revision, change: decision.change, kept: inventory }
  await inventoryRevisions.add(clinic, transaction, by, caseId, row)
  await recordAct(transaction, {
    verb: 'map-changed',
    caseId,
    part: 'map',
    detail: { change: decision.change },
  })
  const asItIs = { inventory, lockOut: drawn.lockOut }
  await updateChannelVerdicts(clinic, transaction, caseId, asItIs, { before: drawn.map, what: change })
  return { allowed: true, revision, added: [...added] }
}

/** A tie that is saved as it is asks the map again: of a channel that was calculated by the rules of an earlier release. */
async function calculateAgain(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  drawn: DrawnCase,
): Promise<void> {
  await updateChannelVerdicts(clinic, transaction, caseId, drawn, null)
}
