import { openPartInSight } from '../../audit/operations/open-part-in-sight.ts'
import { isTooOld, markLapsed, type SaidVerdict } from '../../contact/channel-verdict.ts'
import { type CurrentChannel, listChannels } from '../../contact/operations/list-channels.ts'
import { listMapVerdicts } from '../../contact/operations/list-verdicts.ts'
import { nameMapRulesOf } from '../../contact/operations/map-rules.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import type { Thing } from '../inventory/inventory.ts'
import { loadInventory } from './load-inventory.ts'

/** A channel with what it goes through. Its number stays where it is. */
export type TiedChannel = CurrentChannel & {
  readonly through: readonly Thing[]
  /** What the map says of it; null while it was never tied to anything. */
  readonly byMap: (SaidVerdict & { readonly why: string }) | null
  /** The verdict rests on answers that are too old, or counts no longer. */
  readonly isMapOld: boolean
}

export type TiedChannels = {
  readonly channels: readonly TiedChannel[]
  readonly things: readonly Thing[]
  readonly zone: string
}

/**
 * The channels, each with what it goes through on the map, on a case that is open for its map. The contact is opened
 * as well, which is recorded. Null for somebody who may not see the contact.
 */
export async function loadTiedChannels(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<TiedChannels | null> {
  if (!(await openPartInSight(transaction, { caseId, part: 'contact', mode: 'read' }))) return null
  const { inventory } = await loadInventory(clinic, transaction, caseId)
  const { channels, zone } = await listChannels(clinic, transaction, caseId)
  const verdicts = await listMapVerdicts(clinic, transaction, caseId)
  const mapRules = await nameMapRulesOf(clinic)
  return {
    things: inventory.things,
    zone,
    channels: channels.map(channel => {
      const last = verdicts.get(channel.channelId)
      const [byMap = null] = last ? markLapsed([last], channel.kind, mapRules) : []
      return {
        ...channel,
        through: inventory.things.filter(each => each.channels.includes(channel.channelId)),
        byMap,
        isMapOld: byMap?.verdict === 'not-observable' && isTooOld(byMap, transaction.now.getTime()),
      }
    }),
  }
}
