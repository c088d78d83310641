import { recordAct } from '../../audit/operations/record-act.ts'
import { type CaseId, type MessageId, makeId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { askForJob } from '../../platform/jobs.ts'
import type { MessagePurpose } from '../message.ts'
import type { Silence } from '../safe-channel.ts'
import { addMessage, lockContactGate } from '../store.ts'
import { askContactGate } from './ask-contact-gate.ts'
import { raiseTask } from './raise-task.ts'

export type Asked =
  | { readonly kind: 'waiting'; readonly messageId: MessageId; readonly notBefore: Date | null }
  | { readonly kind: 'refused'; readonly because: Silence }
  | { readonly kind: 'asked-before' }

/**
 * Asks for one message to a client, on a case open for writing its contact. The contact gate is asked at once; a
 * refusal is kept with its reason and raises a task. What is not refused waits for its job, which asks the contact gate
 * again at the moment of sending. Asking twice about the same thing is asking once. Nothing else in the program can
 * write to a client.
 *
 * @param message.about an id that tells this from others of its kind, such as an appointment's
 */
export async function askToSend(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  message: {
    readonly purpose: MessagePurpose
    readonly channelId: string
    readonly about: string
    readonly aboutAt: Date
  },
): Promise<Asked> {
  await lockContactGate(transaction, caseId)
  const messageId = makeId<MessageId>(transaction.now)
  const answer = await askContactGate(clinic, transaction, caseId, message)
  const mayWait = answer.allowed || answer.notBefore !== null
  const because = mayWait ? null : answer.because
  const state = mayWait ? 'waiting' : 'refused'
  const isNew = await addMessage(transaction, caseId, { ...message, messageId, state, because })
  if (!isNew) return { kind: 'asked-before' }
  await recordAct(transaction, {
    verb: mayWait ? 'message-asked-for' : 'message-refused',
    caseId,
    part: 'contact',
    subject: messageId,
    detail: { purpose: message.purpose, because },
  })
  if (because !== null) {
    await raiseTask(transaction, { caseId, kind: 'reminder-not-sent', because, subject: messageId })
    return { kind: 'refused', because }
  }
  await askForJob(
    transaction,
    'send-message',
    { caseId, messageId },
    {
      key: `send-message ${messageId}`,
      ...(answer.notBefore ? { runAt: answer.notBefore } : {}),
    },
  )
  return { kind: 'waiting', messageId, notBefore: answer.notBefore }
}
