import { recordAct } from '../../audit/operations/record-act.ts'
import { openCaseSeal } from '../../cases/operations/open-case-seal.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import type { ChannelVerdict } from '../safe-channel.ts'
import { addVerdict, stopWaiting, takeDoorTurn } from '../store.ts'
import { raiseTask } from './raise-task.ts'

/**
 * Says whether the suspected person can observe a channel, with the reason: a person's knowledge, or the path on the
 * access map, which calls this in the transaction that changes the map. Anything but "not observable" stops what waits
 * on the channel at once, in this transaction; what was already on its way out is waited for first.
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
  },
): Promise<void> {
  await takeDoorTurn(transaction, caseId)
  const seal = await openCaseSeal(clinic, transaction, caseId)
  await addVerdict(transaction, caseId, {
    ...mark,
    sealed: await seal.seal(`channel-verdict ${mark.channelId} ${transaction.now.toISOString()}`, mark.why),
  })
  await recordAct(transaction, {
    verb: 'channel-marked',
    caseId,
    part: 'contact',
    detail: { channel: mark.channelId, verdict: mark.verdict, fromMap: mark.fromMap },
  })
  if (mark.verdict === 'not-observable') return
  const because = mark.verdict === 'observable' ? 'observable' : 'not-known-whether-observable'
  const stopped = await stopWaiting(transaction, caseId, mark.channelId, because)
  for (const messageId of stopped)
    await raiseTask(transaction, { caseId, kind: 'reminder-not-sent', because, subject: messageId })
  if (mark.verdict === 'observable')
    await raiseTask(transaction, { caseId, kind: 'channel-observable', because, subject: mark.channelId })
}
