import { recordAct } from '../../audit/operations/record-act.ts'
import { openCaseSeal } from '../../cases/operations/open-case-seal.ts'
import { loadProfile } from '../../directory/operations/load-profile.ts'
import type { Decision } from '../../foundation/decision.ts'
import type { CaseId } from '../../foundation/ids.ts'
import { readWallClock, writeWallClock } from '../../foundation/local-date.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { decideClientWord, type Hearing } from '../client-word.ts'
import { addClientWord } from '../client-word-store.ts'
import { saidOfAddress } from '../decide-channel-verdict.ts'
import { startOfNextDay } from '../safe-window.ts'
import { lockContactGate } from '../store.ts'
import { endClientWords } from './end-client-words.ts'
import { loadContactPlan } from './load-plan.ts'
import { loadSaid } from './load-said.ts'

/**
 * Writes down what the client says of a channel: that the suspected person cannot observe it, how the client said so,
 * and until when that counts. It is a basis of its own, shown as what it is; it lifts "not known" and never
 * "observable" (rule S1). What the client said of that channel before ends with it. The case is open for writing its
 * contact.
 */
export async function writeClientWord(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  word: {
    readonly channelId: string
    readonly heard: Hearing
    readonly words: string
    readonly lastDay: string
  },
): Promise<Decision<object, 'no-such-channel' | 'observable' | 'over' | 'too-long'>> {
  await lockContactGate(transaction, caseId)
  const { channelId, heard, words, lastDay } = word
  const zone = (await loadProfile(transaction)).timeZone
  const plan = (await loadContactPlan(clinic, transaction, caseId))?.plan ?? null
  if (!plan?.channels.some(each => each.channelId === channelId && !each.isGone))
    return { allowed: false, because: 'no-such-channel' }
  const { said } = saidOfAddress(plan, channelId, await loadSaid(transaction, caseId))
  const today = writeWallClock(readWallClock(transaction.now.getTime(), zone)).slice(0, 10)
  const decision = decideClientWord(said, lastDay, today)
  if (!decision.allowed) return decision
  await endClientWords(transaction, caseId, channelId, 'said-again')
  const seal = await openCaseSeal(clinic, transaction, caseId)
  const countsUntil = new Date(startOfNextDay(lastDay, zone))
  const sealed = await seal.seal(fieldOfClientWord(channelId, transaction.now), words)
  await addClientWord(transaction, caseId, { channelId, heard, countsUntil, sealed })
  await recordAct(transaction, {
    verb: 'client-word-written',
    caseId,
    part: 'contact',
    detail: { channel: channelId, heard, until: lastDay },
  })
  return decision
}

/** The name under which what the client said is sealed. */
export function fieldOfClientWord(channelId: string, at: Date): string {
  return `client-word ${channelId} ${at.toISOString()}`
}
