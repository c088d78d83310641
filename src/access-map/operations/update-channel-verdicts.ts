import type { AccessMap } from '../../access-engine/reach/map.ts'
import { reachesMore } from '../../access-engine/reach/reaches-more.ts'
import { endClientWords } from '../../contact/operations/end-client-words.ts'
import { listMapVerdicts } from '../../contact/operations/list-verdicts.ts'
import { nameMapRulesOf } from '../../contact/operations/map-rules.ts'
import { markChannel } from '../../contact/operations/mark-channel.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { findThings } from '../inventory/channel-carriers.ts'
import { findChannelVerdicts } from '../inventory/channel-verdicts.ts'
import { drawUpMap } from '../inventory/draw-up-map.ts'
import type { Inventory } from '../inventory/inventory.ts'
import type { InventoryChange } from '../inventory/inventory-change.ts'
import { loadCatalogue } from '../inventory/load-catalogue.ts'
import { findCurrentMap, findMapOfChannels, type LockOut } from '../lock-out/lock-out.ts'
import { loadRevisionMoments } from '../store.ts'

/** After this many milliseconds the same verdict is said again, because its own age counts as well. */
const day = 24 * 60 * 60 * 1000

/**
 * Tells `contact` what the map says of every channel that goes through it, if that changed. It does so in the
 * transaction that changed the map, so that nothing leaves between the change and its effect (rule S1). Every
 * operation that changes what the suspected person reaches ends with it, on a case that is open for writing its map.
 * It makes no difference who may see the contact.
 *
 * What the client said of their channels ends when the map gives the suspected person more than before: the client
 * spoke of what was known then, and may not have thought of just that.
 *
 * The caller locked the map before they loaded it. The map is locked before the contact gate, here and everywhere.
 *
 * @param asItIs the map and the lock-out plan as they are now, after the change
 * @param change the map as it stood before, and what was done to the list of what the client has; null where nobody
 *   changed anything
 */
export async function updateChannelVerdicts(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  asItIs: { readonly inventory: Inventory; readonly lockOut: LockOut | null },
  change: { readonly before: AccessMap; readonly what: InventoryChange | null } | null,
): Promise<void> {
  const { inventory, lockOut } = asItIs
  const said = await listMapVerdicts(clinic, transaction, caseId)
  const { entries } = await loadCatalogue()
  const draw = (each: Inventory) => findMapOfChannels(drawUpMap(each, entries), lockOut)
  if (change && reachesMore(change.before, findCurrentMap(drawUpMap(inventory, entries).map, lockOut)))
    await endClientWords(transaction, caseId, null, 'map-changed')
  const moments = await loadRevisionMoments(transaction, caseId)
  const verdicts = findChannelVerdicts(inventory, {
    moment: transaction.now,
    madeAt: revision => moments.get(revision) ?? new Date(0),
    draw,
    catalogue: entries,
    before: new Map([...said].map(([channelId, { verdict }]) => [channelId, verdict])),
  })
  // A channel that is tied again, or whose thing goes or comes back, is not the channel the client spoke of.
  const isAbout = (channelId: string): boolean => {
    const what = change?.what
    if (what?.kind === 'tie') return what.channelId === channelId
    if (what?.kind !== 'gone') return false
    const { things, open } = findThings(inventory, channelId, entries)
    return [...things, ...open].some(each => each.thingId === what.thingId)
  }
  const byRules = await nameMapRulesOf(clinic)
  for (const { channelId, verdict, why, countsUntil, carriedBy } of verdicts) {
    const last = said.get(channelId)
    const isNew = last?.verdict !== verdict || isAbout(channelId)
    const isSame =
      !isNew &&
      last.why === why &&
      last.byRules === byRules &&
      last.carriedBy === carriedBy &&
      last.countsUntil?.getTime() === countsUntil?.getTime() &&
      transaction.now.getTime() - last.at.getTime() < day
    if (isSame) continue
    const word = { channelId, verdict, why, countsUntil, carriedBy, fromMap: true, isNew }
    await markChannel(clinic, transaction, caseId, word)
  }
}
