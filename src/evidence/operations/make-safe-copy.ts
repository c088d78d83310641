import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { withCase } from '../../audit/operations/access-case.ts'
import { recordAct } from '../../audit/operations/record-act.ts'
import type { CaseId, ItemId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import type { JobEnd, SetAside } from '../../platform/jobs.ts'
import { loadAsked } from '../asked-store.ts'
import type { Item } from '../item.ts'
import { decodePicture } from '../pictures/decode-picture.ts'
import { encodePixels } from '../pictures/encode-pixels.ts'
import { findCopyForm, pictureBounds, type SafeCopy } from '../pictures/safe-copy.ts'
import { addSafeCopy, findItemWithCopy } from '../safe-copy-store.ts'
import { appendCustody } from './append-custody.ts'
import { keepMadeFile } from './keep-made-file.ts'
import { openCaseKey, readStored } from './open-original.ts'

const onEvidence = <Result>(
  clinic: Clinic,
  caseId: CaseId,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result | null> => {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'job-read-item' } as const
  return withCase(clinic.database, actor, { caseId, part: 'evidence', mode: 'write' }, work)
}

/**
 * Makes a picture again from its pixels, so that it can be looked at, or keeps why that cannot be done. Once there is one,
 * nothing is made; of an item that was set aside neither. The original is only read. For the job that was asked for with the
 * intake, or by a person.
 */
export async function makeSafeCopy(clinic: Clinic, caseId: CaseId, itemId: ItemId): Promise<JobEnd> {
  const start = await onEvidence(clinic, caseId, async transaction => {
    const found = await findItemWithCopy(transaction, caseId, itemId)
    if (!found) return null
    const asked = await loadAsked(transaction, caseId, itemId)
    const caseKey = await openCaseKey(clinic, transaction, caseId)
    return { ...found, caseKey, isSetAside: asked?.asked.kind === 'nothing' }
  })
  if (!start) return 'not-found'
  const { item, copy, attempts, caseKey, isSetAside } = start
  if (copy?.kind === 'made' || isSetAside) return 'rightly-nothing'
  const made = await makeFrom(clinic, caseId, caseKey, item)
  return keepTry(clinic, caseId, item, attempts + 1, made)
}

/** Keeps that no picture was made, because the work stopped twice or a person cancelled it. */
export async function keepNoSafeCopy(
  clinic: Clinic,
  caseId: CaseId,
  itemId: ItemId,
  because: SetAside,
): Promise<JobEnd> {
  const found = await onEvidence(clinic, caseId, transaction => findItemWithCopy(transaction, caseId, itemId))
  if (!found) return 'not-found'
  if (found.copy?.kind === 'made') return 'rightly-nothing'
  return keepTry(clinic, caseId, found.item, found.attempts + 1, { kind: 'none', because })
}

async function makeFrom(clinic: Clinic, caseId: CaseId, caseKey: Buffer, item: Item): Promise<SafeCopy> {
  const none = (because: Extract<SafeCopy, { kind: 'none' }>['because']) =>
    ({ kind: 'none', because }) as const
  if (item.size > pictureBounds.bytes) return none('too-large')
  const original = await buffer(Readable.from(readStored(clinic, caseId, caseKey, item)))
  const found = findCopyForm(original, item.size)
  if ('because' in found) return none(found.because)
  const pixels = await decodePicture(original, found.form)
  if (typeof pixels === 'string') return none(pixels)
  const encoded = await encodePixels(pixels, found.form)
  if (!encoded) return none('cannot-be-decoded')
  const file = await keepMadeFile(clinic, caseId, caseKey, Readable.from([encoded.bytes]))
  const { width, height, shownWidth, shownHeight, frames, isTurned, isDamaged } = pixels
  const shown = { width, height, shownWidth, shownHeight, frames, isTurned, isDamaged }
  return { kind: 'made', ...file, ...shown, mediaType: encoded.mediaType, small: encoded.small }
}

/** One try, its line of custody and its act, together. Of two at once the first is kept. */
async function keepTry(
  clinic: Clinic,
  caseId: CaseId,
  item: Item,
  attempt: number,
  copy: SafeCopy,
): Promise<JobEnd> {
  const { itemId, exhibitRef: exhibit } = item
  const end = await onEvidence(clinic, caseId, async transaction => {
    if (!(await addSafeCopy(transaction, caseId, itemId, attempt, copy))) return 'rightly-nothing'
    await appendCustody(clinic, transaction, caseId, [
      copy.kind === 'made'
        ? {
            act: 'safe-copy-made',
            item,
            detail: { exhibit, sha256: copy.sha256, size: copy.size, how: 'pixels-made-again' },
          }
        : { act: 'safe-copy-not-made', item, detail: { exhibit, because: copy.because } },
    ])
    const verb = copy.kind === 'made' ? 'safe-copy-made' : 'safe-copy-not-made'
    await recordAct(transaction, { verb, caseId, part: 'evidence', subject: itemId })
    return 'done'
  })
  return end ?? 'not-found'
}
