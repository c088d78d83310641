import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { accessCase } from '../../audit/operations/access-case.ts'
import { recordAct } from '../../audit/operations/record-act.ts'
import type { CaseId, ItemId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import { findPosition, type PicturePosition } from '../giveaways/find-position.ts'
import { measureImage } from '../importers/image/measure-image.ts'
import type { Item } from '../item.ts'
import { pictureBounds } from '../pictures/safe-copy.ts'
import { findItem } from '../store.ts'
import { appendCustody } from './append-custody.ts'
import { type OnOpenCase, openCaseKey, readStored } from './open-original.ts'

/** What there is to show of where a picture was taken. */
export type ShownPosition = {
  readonly item: Item
  /** Null where the camera data hold none that can be read here. */
  readonly position: PicturePosition | null
}

/**
 * The position in a picture, for a person who asked for just that and who may see how the client is reached: where a client
 * takes pictures is where they live. It is read from the original at each look and kept nowhere; the act and the line of
 * custody come first. Null when there is no such picture, when it is larger than pictures may be, or when they may not see it.
 */
export async function showPosition(
  clinic: Clinic,
  onCase: OnOpenCase,
  caseId: CaseId,
  itemId: ItemId,
): Promise<ShownPosition | null> {
  const found = await onCase(async transaction => {
    if (!(await accessCase(transaction, { caseId, part: 'contact', mode: 'read' }))) return null
    const item = await findItem(transaction, caseId, { itemId })
    if (item?.kind !== 'image' || item.size > pictureBounds.bytes) return null
    await appendCustody(clinic, transaction, caseId, [
      { act: 'position-shown', item, detail: { exhibit: item.exhibitRef } },
    ])
    await recordAct(transaction, { verb: 'position-shown', caseId, part: 'evidence', subject: itemId })
    return { item, caseKey: await openCaseKey(clinic, transaction, caseId) }
  })
  if (!found) return null
  const { item, caseKey } = found
  const bytes = await buffer(Readable.from(readStored(clinic, caseId, caseKey, item)))
  const measured = measureImage(bytes)
  return { item, position: measured && (await findPosition(measured.type, bytes)) }
}
