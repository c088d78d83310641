import { listMapVerdicts } from '../../contact/operations/list-verdicts.ts'
import { markChannel } from '../../contact/operations/mark-channel.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { findChannelVerdicts } from '../channel-verdicts.ts'
import { drawUpMap } from '../draw-up-map.ts'
import { loadCatalogue } from '../load-catalogue.ts'
import { findStandingMap } from '../lock-out.ts'
import { loadRevisionMoments, takeMapTurn } from '../store.ts'
import { loadInventory } from './load-inventory.ts'
import { loadLockOut } from './load-lock-out.ts'

/** What was said so long ago is said again, in milliseconds: its own age counts as well. */
const day = 24 * 60 * 60 * 1000

/**
 * Tells `contact` what the map says of every way to reach the client that goes through it, wherever that is not what it
 * said before: in the transaction that changed the map, so that nothing leaves between the change and its effect
 * (rule S1). Every operation that changes what the suspected person reaches ends with it, on a case that is open for
 * writing its map; who may see the contact makes no difference.
 *
 * The turn at the map is taken before the one at the door, here and everywhere.
 */
export async function weighChannels(clinic: Clinic, transaction: Transaction, caseId: CaseId): Promise<void> {
  await takeMapTurn(transaction, caseId)
  const { inventory } = await loadInventory(clinic, transaction, caseId)
  const said = await listMapVerdicts(clinic, transaction, caseId)
  if (said.size === 0 && inventory.things.every(each => each.channels.length === 0)) return
  const { entries } = await loadCatalogue()
  const { lockOut } = await loadLockOut(clinic, transaction, caseId)
  const moments = await loadRevisionMoments(transaction, caseId)
  const verdicts = findChannelVerdicts(inventory, {
    moment: transaction.now,
    madeAt: revision => moments.get(revision) ?? new Date(0),
    draw: each => findStandingMap(drawUpMap(each, entries).map, lockOut),
    catalogue: entries,
    judgedBefore: [...said.keys()],
  })
  for (const { channelId, verdict, why, countsUntil } of verdicts) {
    const before = said.get(channelId)
    const isSame =
      before?.verdict === verdict &&
      before.why === why &&
      before.countsUntil?.getTime() === countsUntil?.getTime() &&
      transaction.now.getTime() - before.at.getTime() < day
    if (isSame) continue
    await markChannel(clinic, transaction, caseId, { channelId, verdict, why, countsUntil, fromMap: true })
  }
}
