import { openCaseSeal } from '../../cases/operations/open-case-seal.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { onceInVisit } from '../../platform/once-in-visit.ts'
import type { SaidVerdict } from '../channel-verdict.ts'
import type { MessageLine } from '../message.ts'
import { loadMessages, loadVerdicts } from '../store.ts'

/** What the access map last said of each channel, with the path; the case must be open for its map. */
export async function listMapVerdicts(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<ReadonlyMap<string, SaidVerdict & { readonly why: string }>> {
  const rows = await onceInVisit(transaction, `verdicts ${caseId}`, () => loadVerdicts(transaction, caseId))
  if (rows.size === 0) return new Map()
  const seal = await openCaseSeal(clinic, transaction, caseId)
  const opened = new Map<string, SaidVerdict & { readonly why: string }>()
  for (const [channelId, said] of rows) {
    const byMap = said.find(each => each.fromMap)
    if (!byMap) continue
    const { sealed, channelId: _, ...verdict } = byMap
    opened.set(channelId, { ...verdict, why: await seal.open(fieldOfVerdict(channelId, verdict.at), sealed) })
  }
  return opened
}

/** The name under which the reason of a verdict is sealed. */
export function fieldOfVerdict(channelId: string, at: Date): string {
  return `channel-verdict ${channelId} ${at.toISOString()}`
}

/** What was asked for and what became of it, the newest first. */
export async function listMessages(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly MessageLine[]> {
  return loadMessages(transaction, caseId)
}
