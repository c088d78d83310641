import { recordAct } from '../../audit/operations/record-act.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import type { WordEnd } from '../client-word.ts'
import { endClientWordRows } from '../client-word-store.ts'
import { isChannelOpen, lockContactGate, stopWaiting } from '../store.ts'
import { raiseTask } from './raise-task.ts'

/**
 * Ends what the client said of one channel, or of all where none is named, in the transaction that makes it no longer
 * count (rule S1). What waits on such a channel is stopped, unless the map vouches for it, and a person asks the client
 * again. A message that is already on its way out is waited for first.
 *
 * The case is open for writing its contact, or its map; a person who changes the map sees nothing of what the client
 * said.
 *
 * @param isSeen that the channel can be observed is what ends it, which is a task of its own
 */
export async function endClientWords(
  transaction: Transaction,
  caseId: CaseId,
  channelId: string | null,
  because: WordEnd,
  isSeen = false,
): Promise<void> {
  await lockContactGate(transaction, caseId)
  const ended = await endClientWordRows(transaction, caseId, channelId, because)
  if (ended.length === 0) return
  for (const each of ended) {
    await recordAct(transaction, {
      verb: 'client-word-ended',
      caseId,
      part: 'contact',
      detail: { channel: each, because },
    })
    if (because === 'said-again' || (await isChannelOpen(transaction, caseId, each))) continue
    await silenceMessage(transaction, caseId, each, 'not-known-whether-observable')
    if (because === 'map-changed' && !isSeen)
      await raiseTask(transaction, { caseId, kind: 'ask-again', because: 'map-changed', subject: each })
  }
}

/** Stops what waits on a channel, each with a task for a person. */
export async function silenceMessage(
  transaction: Transaction,
  caseId: CaseId,
  channelId: string,
  because: 'observable' | 'not-known-whether-observable',
): Promise<void> {
  const stopped = await stopWaiting(transaction, caseId, channelId, because)
  for (const messageId of stopped)
    await raiseTask(transaction, { caseId, kind: 'reminder-not-sent', because, subject: messageId })
}
