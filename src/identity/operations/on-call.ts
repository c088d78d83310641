import type { CaseId, PhraseUseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import type { OnCallMail } from '../second-phrase.ts'
import { findUseOfFile, keepTold, loadCompanion, loadUseToTell } from '../second-phrase-store.ts'

export type UseForOnCall = NonNullable<Awaited<ReturnType<typeof loadUseToTell>>> & {
  /** Where the act of telling is recorded: with the companion, which the client does not read. */
  readonly companionId: CaseId | null
}

/** A use of either phrase, for the job that writes to those on call: that it was, and nothing of the case. */
export async function loadUseForOnCall(
  transaction: Transaction,
  useId: PhraseUseId,
): Promise<UseForOnCall | null> {
  const use = await loadUseToTell(transaction, useId)
  return use && { ...use, companionId: await loadCompanion(transaction, use.caseId) }
}

/** The last use of the second phrase that opens this file; null when it is a client's own. */
export const findUseBehind: typeof findUseOfFile = findUseOfFile

/** Keeps what became of the mail about a use, as long as nobody has looked into it. */
export async function keepToldOnCall(
  transaction: Transaction,
  { caseId, lastAt }: Pick<UseForOnCall, 'caseId' | 'lastAt'>,
  outcome: {
    readonly useId: PhraseUseId
    readonly told: OnCallMail
    readonly toldAt: Date
    readonly toldTo: readonly string[]
    /** When a mail about it began to leave; null when none did. */
    readonly mailedAt: Date | null
  },
): Promise<void> {
  await keepTold(transaction, { caseId, lastAt, ...outcome })
}
