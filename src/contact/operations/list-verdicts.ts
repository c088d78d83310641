import { mayLook } from '../../audit/operations/open-case.ts'
import { openCaseSeal } from '../../cases/operations/open-case-seal.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import type { MessageLine } from '../message.ts'
import { isTooOld } from '../safe-channel.ts'
import { loadMessages, loadVerdicts } from '../store.ts'
import { type SaidVerdict, weighVerdicts } from '../weigh-verdicts.ts'

export type ExplainedVerdict = SaidVerdict & {
  /** Null where the reason is the map's, and the map is not for whoever looks. */
  readonly why: string | null
  /** It was "not observable" once, and is too old to be that still. */
  readonly isOld: boolean
}

/** The verdict that counts on each channel now, with its reason; the case must be open for its contact. */
export async function listVerdicts(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<ReadonlyMap<string, ExplainedVerdict>> {
  const rows = await loadVerdicts(transaction, caseId)
  if (rows.size === 0) return new Map()
  const seal = await openCaseSeal(clinic, transaction, caseId)
  const seesMap = await mayLook(transaction, { caseId, part: 'map', mode: 'read' })
  const opened = new Map<string, ExplainedVerdict>()
  for (const [channelId, said] of rows) {
    const moment = transaction.now.getTime()
    const counts = weighVerdicts(said, moment)
    if (!counts) continue
    const { sealed, at, fromMap } = counts
    const wasSafe = said.some(
      each => each.at === at && each.fromMap === fromMap && each.verdict === 'not-observable',
    )
    const isOld = wasSafe && isTooOld(counts, moment)
    const verdict = isOld ? 'unknown' : counts.verdict
    const why = fromMap && !seesMap ? null : await seal.open(fieldOfVerdict(channelId, at), sealed)
    opened.set(channelId, { verdict, at, fromMap, why, isOld })
  }
  return opened
}

/** What the access map last said of each channel, with the path; the case must be open for its map. */
export async function listMapVerdicts(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<ReadonlyMap<string, SaidVerdict & { readonly why: string }>> {
  const rows = await loadVerdicts(transaction, caseId)
  if (rows.size === 0) return new Map()
  const seal = await openCaseSeal(clinic, transaction, caseId)
  const opened = new Map<string, SaidVerdict & { readonly why: string }>()
  for (const [channelId, said] of rows) {
    const byMap = said.find(each => each.fromMap)
    if (!byMap) continue
    const { sealed, ...verdict } = byMap
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
