import { openCaseSeal } from '../../cases/operations/open-case-seal.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import type { MessageLine } from '../message.ts'
import type { ChannelVerdict } from '../safe-channel.ts'
import { loadMessages, loadVerdicts } from '../store.ts'
import { weighVerdicts } from '../weigh-verdicts.ts'

/** The verdict that counts on each channel with its reason; the case must be open for its contact. */
export async function listVerdicts(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<ReadonlyMap<string, ChannelVerdict & { readonly why: string; readonly fromMap: boolean }>> {
  const rows = await loadVerdicts(transaction, caseId)
  if (rows.size === 0) return new Map()
  const seal = await openCaseSeal(clinic, transaction, caseId)
  const opened = new Map<string, ChannelVerdict & { readonly why: string; readonly fromMap: boolean }>()
  for (const [channelId, said] of rows) {
    const counts = weighVerdicts(said)
    if (!counts) continue
    const { verdict, at, sealed, fromMap } = counts
    const why = await seal.open(`channel-verdict ${channelId} ${at.toISOString()}`, sealed)
    opened.set(channelId, { verdict, at, why, fromMap })
  }
  return opened
}

/** What was asked for and what became of it, the newest first. */
export async function listMessages(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly MessageLine[]> {
  return loadMessages(transaction, caseId)
}
