import { recordAct } from '../../audit/operations/record-act.ts'
import { openCaseSeal } from '../../cases/operations/open-case-seal.ts'
import type { Decision } from '../../foundation/decision.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import type { ChannelVerdict } from '../safe-channel.ts'
import { addVerdict, loadVerdicts, stopWaiting, takeDoorTurn } from '../store.ts'
import { decideMark } from '../weigh-verdicts.ts'
import { fieldOfVerdict } from './list-verdicts.ts'
import { raiseTask } from './raise-task.ts'

/**
 * Says whether the suspected person can observe a channel, with the reason: a person's knowledge, or the path on the
 * access map, which calls this in the transaction that changes the map. Anything but "not observable" stops what waits
 * on the channel at once, in this transaction; what was already on its way out is waited for first. A person who would
 * say the opposite of the map's "observable" is refused.
 *
 * The case is open for writing its contact; for the map's word, for writing its map.
 */
export async function markChannel(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  mark: {
    readonly channelId: string
    readonly verdict: ChannelVerdict['verdict']
    readonly why: string
    readonly fromMap: boolean
    readonly countsUntil?: Date | null
  },
): Promise<Decision<object, 'the-map-says-observable'>> {
  await takeDoorTurn(transaction, caseId)
  const said = (await loadVerdicts(transaction, caseId)).get(mark.channelId) ?? []
  const decision = decideMark(said, mark)
  if (!decision.allowed) return decision
  const before = said.find(each => each.fromMap === mark.fromMap)
  const seal = await openCaseSeal(clinic, transaction, caseId)
  await addVerdict(transaction, caseId, {
    ...mark,
    countsUntil: mark.countsUntil ?? null,
    sealed: await seal.seal(fieldOfVerdict(mark.channelId, transaction.now), mark.why),
  })
  await recordAct(transaction, {
    verb: 'channel-marked',
    caseId,
    part: 'contact',
    detail: { channel: mark.channelId, verdict: mark.verdict, fromMap: mark.fromMap },
  })
  if (mark.verdict === 'not-observable') return decision
  const because = mark.verdict === 'observable' ? 'observable' : 'not-known-whether-observable'
  const stopped = await stopWaiting(transaction, caseId, mark.channelId, because)
  for (const messageId of stopped)
    await raiseTask(transaction, { caseId, kind: 'reminder-not-sent', because, subject: messageId })
  // Another path to what was observable before is nothing new to do.
  if (mark.verdict === 'observable' && before?.verdict !== 'observable')
    await raiseTask(transaction, { caseId, kind: 'channel-observable', because, subject: mark.channelId })
  return decision
}
