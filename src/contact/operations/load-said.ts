import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { type ClientWordRow, loadClientWords } from '../client-word-store.ts'
import type { SaidOfChannel } from '../decide-channel-verdict.ts'
import { loadVerdicts, type VerdictRow } from '../store.ts'

/** Everything that was said of each channel, sealed; the case must be open for its contact. */
export async function loadSaid(
  transaction: Transaction,
  caseId: CaseId,
): Promise<ReadonlyMap<string, SaidOfChannel<VerdictRow, ClientWordRow>>> {
  const [verdicts, words] = await Promise.all([
    loadVerdicts(transaction, caseId),
    loadClientWords(transaction, caseId),
  ])
  const names = new Set([...verdicts.keys(), ...words.keys()])
  return new Map(
    [...names].map(name => [name, { said: verdicts.get(name) ?? [], client: words.get(name) ?? null }]),
  )
}
