import { recordAct } from '../../audit/operations/record-act.ts'
import type { CaseId, ItemId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { loadAsked } from '../asked-store.ts'
import { findItem, saveReading } from '../store.ts'
import { numberLines, type Transcript, type TranscriptLine } from '../transcript.ts'
import { addTranscript, loadTranscripts } from '../transcript-store.ts'
import { askForReading } from './answer-question.ts'
import { appendCustody } from './append-custody.ts'

/** What a person typed: lines that are new have no number yet. */
export type TypedTranscript = Omit<Transcript, 'lines'> & {
  readonly lines: readonly (Omit<TranscriptLine, 'number'> & { readonly number: number | null })[]
}

/**
 * Keeps what a person typed off a picture as one more revision, and has the picture read again with it, so that each line
 * is a record of the case. Every revision before stays. Not kept when somebody else kept one since `base`, the revision that
 * was on the screen, 0 for none; and of what is no picture or was set aside. The case must be open for changing its evidence.
 */
export async function transcribePicture(
  clinic: Pick<Clinic, 'clinicId' | 'key'>,
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
  base: number,
  typed: TypedTranscript,
  byName: string,
): Promise<'kept' | 'changed-meanwhile' | 'not-found'> {
  const asked = await loadAsked(transaction, caseId, itemId, 'lock')
  const item = await findItem(transaction, caseId, { itemId })
  if (!asked || asked.asked.kind === 'nothing' || item?.kind !== 'image') return 'not-found'
  const earlier = await loadTranscripts(transaction, caseId, itemId)
  if ((earlier[0]?.revision ?? 0) !== base) return 'changed-meanwhile'
  const lines = numberLines(
    typed.lines,
    earlier.map(each => each.transcript),
  )
  const revision = base + 1
  const kept = await addTranscript(transaction, caseId, itemId, revision, {
    byName,
    transcript: { ...typed, lines: [...lines] },
  })
  if (!kept) return 'changed-meanwhile'
  await saveReading(transaction, caseId, itemId, { state: 'waiting' })
  await appendCustody(clinic, transaction, caseId, [
    { act: 'transcribed', item, detail: { exhibit: item.exhibitRef, revision, lines: lines.length } },
  ])
  await recordAct(transaction, {
    verb: 'picture-transcribed',
    caseId,
    part: 'evidence',
    subject: itemId,
  })
  await askForReading(transaction, caseId, itemId)
  return 'kept'
}
