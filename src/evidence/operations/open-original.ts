import type { Readable } from 'node:stream'
import { recordAct } from '../../audit/operations/record-act.ts'
import type { CaseId, ItemId } from '../../foundation/ids.ts'
import { openBlobStore } from '../../platform/blobs.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import { unwrapCaseKey } from '../../platform/keys.ts'
import { findDownloadName } from '../download-name.ts'
import type { Item } from '../item.ts'
import { openVerified, readCompared, readUnpadded } from '../seal.ts'
import { findItem, loadArrivals, loadWrappedKey } from '../store.ts'
import { appendCustody } from './append-custody.ts'

/** An original that is handed out: its bytes have been compared with the digest taken when it arrived. */
export type OpenedOriginal = {
  readonly item: Item
  /** What to call the copy: its reference and what is safe of its own name. */
  readonly name: string
  readonly body: Readable
}

/** Does work in a transaction that has the case open, and commits it before it answers; null where it is out of sight. */
export type OnOpenCase = <Result>(
  work: (transaction: Transaction) => Promise<Result>,
) => Promise<Result | null>

/**
 * Opens an original for a person who asked for it, on a case that is open for its evidence. The line of custody is
 * written and kept before the first byte leaves. Null when the case has no such item or the actor may not see it. Throws
 * the fault `original-altered` when what is stored is not what arrived.
 */
export async function openOriginal(
  clinic: Clinic,
  onCase: OnOpenCase,
  caseId: CaseId,
  itemId: ItemId,
): Promise<OpenedOriginal | null> {
  const found = await onCase(async transaction => {
    const item = await findItem(transaction, caseId, { itemId })
    if (!item) return null
    const [first] = await loadArrivals(transaction, caseId, { itemId })
    await appendCustody(clinic, transaction, caseId, [
      { act: 'original-opened', item, detail: { exhibit: item.exhibitRef } },
    ])
    await recordAct(transaction, { verb: 'original-opened', caseId, part: 'evidence', subject: itemId })
    return {
      item,
      name: findDownloadName(item.exhibitRef, first?.originalName ?? ''),
      caseKey: await openCaseKey(clinic, transaction, caseId),
    }
  })
  if (!found) return null
  const { item, name, caseKey } = found
  return { item, name, body: await openStored(clinic, caseId, caseKey, item) }
}

/** The key that a case's originals are sealed with. The case must be open. */
export async function openCaseKey(
  clinic: Pick<Clinic, 'clinicId' | 'key'>,
  transaction: Transaction,
  caseId: CaseId,
): Promise<Buffer> {
  const wrapped = await loadWrappedKey(transaction, caseId)
  if (!wrapped) throw new Fault('case-key-missing', 'A case has no key to seal its evidence with.')
  return unwrapCaseKey(clinic.key, clinic.clinicId, caseId, wrapped)
}

type StoredFile = Pick<Item, 'blobId' | 'sha256' | 'size'>

/**
 * The bytes of an original, compared with its digest before the first of them is given. The caller writes the line
 * of custody that says why.
 */
export function openStored(
  clinic: Pick<Clinic, 'clinicId' | 'blobFolder'>,
  caseId: CaseId,
  caseKey: Buffer,
  item: StoredFile,
): Promise<Readable> {
  return openVerified(openBlobStore(clinic.blobFolder), { clinicId: clinic.clinicId, caseId, caseKey }, item)
}

/**
 * The bytes of an original, read once, for work of which nothing is kept or shown before its end: compared with its
 * digest when all are given. Ends in the fault `original-altered` when it is not what arrived.
 */
export function readStored(
  clinic: Pick<Clinic, 'clinicId' | 'blobFolder'>,
  caseId: CaseId,
  caseKey: Buffer,
  item: StoredFile,
): AsyncIterable<Buffer> {
  return readCompared(openBlobStore(clinic.blobFolder), { clinicId: clinic.clinicId, caseId, caseKey }, item)
}

/** The same for a caller that takes the digest itself and keeps nothing that comes to another: it is not taken twice. */
export function readUndigested(
  clinic: Pick<Clinic, 'clinicId' | 'blobFolder'>,
  caseId: CaseId,
  caseKey: Buffer,
  file: Pick<StoredFile, 'blobId' | 'size'>,
): AsyncIterable<Buffer> {
  return readUnpadded(openBlobStore(clinic.blobFolder), { clinicId: clinic.clinicId, caseId, caseKey }, file)
}
