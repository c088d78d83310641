import { recordAct } from '../../audit/operations/record-act.ts'
import type { CaseId, PersonId, PhraseUseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import {
  loadOpenQuietUses,
  loadPhraseMadeAt,
  loadQuietUses,
  loadUseKind,
  settleQuietUses,
} from '../client-door-store.ts'
import type { QuietUse } from '../second-phrase.ts'

export type PhraseState = {
  /** When the phrases in force were made; null when there are none. */
  readonly madeAt: Date | null
  /** When the second phrase was used and nobody has looked into it. */
  readonly quietUses: readonly Pick<QuietUse, 'useId' | 'at'>[]
}

/** How it stands with the phrases of a case that is open for its contact. */
export async function loadPhraseState(transaction: Transaction, caseId: CaseId): Promise<PhraseState> {
  return {
    madeAt: await loadPhraseMadeAt(transaction, caseId),
    quietUses: await loadQuietUses(transaction, caseId),
  }
}

/**
 * Records that somebody has looked into these uses of the second phrase, and no others: one that came meanwhile stays
 * open. `contact` ends the task of each with it.
 */
export async function settleQuietPhrase(
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  useIds: readonly PhraseUseId[],
): Promise<void> {
  const settled = await settleQuietUses(transaction, caseId, by, useIds)
  if (settled > 0) await recordAct(transaction, { verb: 'quiet-phrase-looked-into', caseId, part: 'contact' })
}

/** Uses of a second phrase that nobody has looked into, of cases whose contact whoever acts may keep. */
export async function listQuietUses(transaction: Transaction): Promise<readonly QuietUse[]> {
  return loadOpenQuietUses(transaction)
}

/** Whether there was such a use of a phrase in a case that is open for its contact. */
export async function isUseThere(
  transaction: Transaction,
  caseId: CaseId,
  useId: PhraseUseId,
): Promise<boolean> {
  return (await loadUseKind(transaction, caseId, useId)) !== null
}

/** Whether it was the second phrase that let somebody in that time, in a case that is open for its contact. */
export async function isQuietUse(
  transaction: Transaction,
  caseId: CaseId,
  useId: PhraseUseId,
): Promise<boolean> {
  return (await loadUseKind(transaction, caseId, useId)) === 'quiet'
}
