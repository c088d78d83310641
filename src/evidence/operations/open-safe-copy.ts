import { Readable } from 'node:stream'
import { recordAct } from '../../audit/operations/record-act.ts'
import type { CaseId, ItemId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { loadAsked } from '../asked-store.ts'
import type { CaseContext, Item } from '../item.ts'
import type { MadeSafeCopy, SafeCopy } from '../pictures/safe-copy.ts'
import { findItemWithCopy } from '../safe-copy-store.ts'
import { loadCaseContext } from '../store.ts'
import type { TranscriptRevision } from '../transcript.ts'
import { loadTranscripts } from '../transcript-store.ts'
import { type OnOpenCase, openCaseKey, openStored } from './open-original.ts'

/** A picture as its page shows it. */
export type PictureOfItem = {
  readonly context: CaseContext | null
  readonly item: Item
  /** Null where nobody has tried to make one. */
  readonly copy: SafeCopy | null
  /** Somebody said that nothing is to be read of it: then nothing of it is shown. */
  readonly isSetAside: boolean
  /** What was typed off it, the newest first. */
  readonly transcripts: readonly TranscriptRevision[]
}

/** A picture of a case that is open for its evidence, with the act of looking at it; null when there is no such picture. */
export async function loadPicture(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
): Promise<PictureOfItem | null> {
  const found = await findPicture(transaction, caseId, itemId)
  if (!found) return null
  if (found.copy?.kind === 'made' && !found.isSetAside)
    await recordAct(transaction, { verb: 'picture-looked-at', caseId, part: 'evidence', subject: itemId })
  const transcripts = found.isSetAside ? [] : await loadTranscripts(transaction, caseId, itemId)
  return { ...found, transcripts, context: await loadCaseContext(transaction, caseId) }
}

/** The file of a picture, as this program made it: the whole, or the small one of a list. */
export type OpenedPicture = Pick<MadeSafeCopy, 'mediaType' | 'size'> & { readonly body: Readable }

/**
 * Opens a picture that this program made, on a case that is open for its evidence; null when there is none to be looked at.
 * The original is not touched, so it is no line of custody. Throws `original-altered` when what is stored is not what was made.
 */
export async function openSafeCopyFile(
  clinic: Clinic,
  onCase: OnOpenCase,
  caseId: CaseId,
  itemId: ItemId,
  which: 'whole' | 'small',
): Promise<OpenedPicture | null> {
  const found = await onCase(async transaction => {
    const picture = await findPicture(transaction, caseId, itemId)
    if (picture?.copy?.kind !== 'made' || picture.isSetAside) return null
    return { copy: picture.copy, caseKey: await openCaseKey(clinic, transaction, caseId) }
  })
  if (!found) return null
  const { copy, caseKey } = found
  if (which === 'small')
    return { mediaType: 'image/jpeg', size: copy.small.length, body: Readable.from([copy.small]) }
  const body = await openStored(clinic, caseId, caseKey, copy)
  return { mediaType: copy.mediaType, size: copy.size, body }
}

async function findPicture(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
): Promise<Omit<PictureOfItem, 'context' | 'transcripts'> | null> {
  const found = await findItemWithCopy(transaction, caseId, itemId)
  if (found?.item.kind !== 'image') return null
  const asked = await loadAsked(transaction, caseId, itemId)
  return { item: found.item, copy: found.copy, isSetAside: asked?.asked.kind === 'nothing' }
}
