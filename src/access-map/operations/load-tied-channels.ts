import { openPartInSight } from '../../audit/operations/open-part-in-sight.ts'
import type { SafeChannel } from '../../contact/contact-plan.ts'
import { listMapVerdicts } from '../../contact/operations/list-verdicts.ts'
import { loadContactPlan } from '../../contact/operations/load-plan.ts'
import { isTooOld } from '../../contact/safe-channel.ts'
import type { SaidVerdict } from '../../contact/weigh-verdicts.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import type { Thing } from '../inventory.ts'
import { loadInventory } from './load-inventory.ts'

/** A way to reach the client with what it goes through; its number stays where it is. */
export type TiedChannel = Pick<SafeChannel, 'channelId' | 'kind'> & {
  readonly through: readonly Thing[]
  /** What the map says of it; null while it was never tied to anything. */
  readonly verdict: (SaidVerdict & { readonly why: string }) | null
  /** What was said of it rests on answers that are too old. */
  readonly isOld: boolean
}

export type TiedChannels = {
  readonly channels: readonly TiedChannel[]
  readonly things: readonly Thing[]
}

/**
 * The ways to reach the client, each with what it goes through on the map, on a case that is open for its map. The
 * contact is opened as well, which is recorded; null for whom the contact is not.
 */
export async function loadTiedChannels(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<TiedChannels | null> {
  if (!(await openPartInSight(transaction, { caseId, part: 'contact', mode: 'read' }))) return null
  const { inventory } = await loadInventory(clinic, transaction, caseId)
  const plan = (await loadContactPlan(clinic, transaction, caseId))?.plan
  const verdicts = await listMapVerdicts(clinic, transaction, caseId)
  const agreed = plan?.channels.filter(each => !each.isGone) ?? []
  return {
    things: inventory.things,
    channels: agreed.map(({ channelId, kind }) => {
      const verdict = verdicts.get(channelId) ?? null
      return {
        channelId,
        kind,
        through: inventory.things.filter(each => each.channels.includes(channelId)),
        verdict,
        isOld: verdict?.verdict === 'not-observable' && isTooOld(verdict, transaction.now.getTime()),
      }
    }),
  }
}
