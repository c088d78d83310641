import { recordAct } from '../../audit/operations/record-act.ts'
import type { CaseId, DiaryEntryId, PersonId, PhraseAccessId, PhraseUseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { onceInVisit } from '../../platform/once-in-visit.ts'
import {
  holdDuressUses,
  loadCompanion,
  loadIsSecondPhraseOpen,
  loadLastCompanionNote,
  loadPhraseAccesses,
  loadPhraseRows,
  settleDuressUses,
} from '../second-phrase-store.ts'

export type { PhraseState } from '../second-phrase-store.ts'

/** The state of the phrases of a case that is open for its contact. */
export const loadPhraseState: typeof loadPhraseRows = loadPhraseRows

/** Whether a use of the second phrase is open in a case that is open for its contact. */
export async function isSecondPhraseOpen(transaction: Transaction, caseId: CaseId): Promise<boolean> {
  return onceInVisit(transaction, `second-phrase ${caseId}`, () =>
    loadIsSecondPhraseOpen(transaction, caseId),
  )
}

/**
 * Records that somebody has looked into these uses of the second phrase, with a note that lies sealed, and into no
 * others. One that came meanwhile stays open. All stay open when something was written in such a visit that the person
 * closing them has not read. The act is recorded with the companion, where staff read it and the client does not.
 *
 * @param access.lastNote the last note of such a visit that was on their page; null where there was none
 */
export async function settleDuressPhrase(
  transaction: Transaction,
  caseId: CaseId,
  access: {
    readonly accessId: PhraseAccessId
    readonly by: PersonId
    readonly sealed: Buffer
    readonly lastNote: DiaryEntryId | null
  },
  useIds: readonly PhraseUseId[],
): Promise<'done' | 'done-before' | 'written-since'> {
  const held = await holdDuressUses(transaction, caseId, useIds)
  if (held.length === 0) return 'done-before'
  if ((await loadLastCompanionNote(transaction, caseId)) !== access.lastNote) return 'written-since'
  await settleDuressUses(transaction, caseId, access, held)
  const companionId = await loadCompanion(transaction, caseId)
  if (companionId)
    await recordAct(transaction, { verb: 'duress-phrase-looked-into', caseId: companionId, part: 'contact' })
  return 'done'
}

/** Records that somebody read what was written in such visits: with the companion, whose words they are. */
export async function recordNotesRead(transaction: Transaction, companionId: CaseId): Promise<void> {
  await recordAct(transaction, { verb: 'duress-notes-read', caseId: companionId, part: 'diary' })
}

/** What was done about earlier uses, sealed as it was kept, the newest first. */
export const listPhraseAccesses: typeof loadPhraseAccesses = loadPhraseAccesses
