import { openCaseSeal } from '../../cases/operations/open-case-seal.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import type { MessageLine } from '../message.ts'
import type { ChannelVerdict } from '../safe-channel.ts'
import { loadMessages, loadVerdicts } from '../store.ts'

/** The newest verdict on each channel with its reason; the case must be open for its contact. */
export async function listVerdicts(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<ReadonlyMap<string, ChannelVerdict & { readonly why: string }>> {
  const rows = await loadVerdicts(transaction, caseId)
  if (rows.size === 0) return new Map()
  const seal = await openCaseSeal(clinic, transaction, caseId)
  const opened = new Map<string, ChannelVerdict & { readonly why: string }>()
  for (const [channelId, { verdict, at, sealed }] of rows) {
    const why = await seal.open(`channel-verdict ${channelId} ${at.toISOString()}`, sealed)
    opened.set(channelId, { verdict, at, why })
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
