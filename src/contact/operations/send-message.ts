import { withCase } from '../../audit/operations/access-case.ts'
import { recordAct } from '../../audit/operations/record-act.ts'
import type { CaseId, MessageId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import { askForJob, type JobEnd, type SetAside } from '../../platform/jobs.ts'
import { type MailOutcome, sendMail } from '../../platform/mail.ts'
import { decideTakenUp, type MessageLine, type MessageState, mostAttempts } from '../message.ts'
import { changeMessage, lockContactGate, takeMessage } from '../store.ts'
import type { MessageReason } from '../task-reason.ts'
import { askContactGate } from './ask-contact-gate.ts'
import { raiseTask } from './raise-task.ts'

/**
 * Sends a message that waits, or leaves it, or stays silent: the one place from which anything leaves to a client.
 *
 * There are two steps. First the message is marked as being sent, and that is kept. Then the contact gate of its case
 * is held and asked again, and only on its yes is the mail handed over; what became of it is kept before the gate is
 * released. A program that dies in between leaves a message marked as being sent. It may have left, so it is never sent
 * again, and a person finds out. Throws `mail-did-not-leave`, so that the queue tries again, where that is certain.
 */
export async function sendMessage(clinic: Clinic, caseId: CaseId, messageId: MessageId): Promise<JobEnd> {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'job-send-message' } as const
  const onCase = <Result>(work: (transaction: Transaction) => Promise<Result>) =>
    withCase(clinic.database, actor, { caseId, part: 'contact', mode: 'write' }, work)

  const takenUp = await onCase(async (transaction): Promise<JobEnd | 'taken-up'> => {
    await lockContactGate(transaction, caseId)
    const message = await takeMessage(transaction, caseId, messageId)
    // No message is ever taken away: one that is not there was looked for in the wrong place.
    if (!message) return 'not-found'
    switch (decideTakenUp(message.state, transaction.now.getTime() - message.changedAt.getTime())) {
      case 'leave':
        return 'rightly-nothing'
      case 'in-hand':
        throw new Fault(
          'message-in-hand',
          'A message is in the hands of another job; this one looks again later.',
        )
      case 'it-may-have-left':
        await end(transaction, caseId, message, 'not-known', 'program-stopped', 'reminder-in-doubt')
        return 'done'
      case 'ask-the-gate':
        return (await takeUp(clinic, transaction, caseId, message)) ? 'taken-up' : 'done'
    }
  })
  if (takenUp !== 'taken-up') return takenUp ?? 'not-found'

  const outcome = await onCase(async transaction => {
    await lockContactGate(transaction, caseId)
    const message = await takeMessage(transaction, caseId, messageId)
    if (message?.state !== 'sending') return null
    const answer = await askContactGate(clinic, transaction, caseId, message)
    if (!answer.allowed) {
      await end(transaction, caseId, message, 'refused', answer.because, 'reminder-not-sent')
      return null
    }
    if (!clinic.mail)
      throw new Fault('no-mail-here', 'The contact gate let something through that cannot be sent.')
    const sent = await sendMail(clinic.mail, { to: answer.channel.value, ...answer.wording })
    await keepOutcome(transaction, caseId, message, sent)
    return sent
  })
  if (outcome?.kind === 'did-not-leave' && !outcome.isFinal)
    throw new Fault('mail-did-not-leave', 'The mail server did not take a message; it is tried again.')
  return 'done'
}

/**
 * Ends a message that will not be sent, with a task for a person. One that a program had taken up when it ended may
 * have left, and is never called unsent.
 */
export async function setMessageAside(
  clinic: Clinic,
  caseId: CaseId,
  messageId: MessageId,
  why: SetAside,
): Promise<JobEnd> {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'job-send-message' } as const
  const access = { caseId, part: 'contact', mode: 'write' } as const
  const done = await withCase(clinic.database, actor, access, async (transaction): Promise<JobEnd> => {
    await lockContactGate(transaction, caseId)
    const message = await takeMessage(transaction, caseId, messageId)
    if (!message) return 'not-found'
    if (message.state === 'sending')
      await end(transaction, caseId, message, 'not-known', 'program-stopped', 'reminder-in-doubt')
    else if (message.state === 'waiting')
      await end(transaction, caseId, message, 'failed', `work-${why}`, 'reminder-not-sent')
    else return 'rightly-nothing'
    return 'done'
  })
  return done ?? 'not-found'
}

/**
 * Asks the contact gate. On its yes the message is marked as being sent; on its no it is silenced, or waits for its
 * hour.
 */
async function takeUp(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  message: MessageLine,
): Promise<boolean> {
  const answer = await askContactGate(clinic, transaction, caseId, message)
  if (answer.allowed) {
    const attempts = message.attempts + 1
    await changeMessage(transaction, caseId, message.messageId, { state: 'sending', because: null, attempts })
    return true
  }
  if (answer.notBefore) {
    const { messageId } = message
    const key = `send-message ${messageId} ${answer.notBefore.getTime()}`
    await askForJob(transaction, 'send-message', { caseId, messageId }, { key, runAt: answer.notBefore })
    return false
  }
  await end(transaction, caseId, message, 'refused', answer.because, 'reminder-not-sent')
  return false
}

async function keepOutcome(
  transaction: Transaction,
  caseId: CaseId,
  message: MessageLine,
  outcome: MailOutcome,
): Promise<void> {
  switch (outcome.kind) {
    case 'taken':
      await changeMessage(transaction, caseId, message.messageId, { state: 'sent', because: null })
      await recordAct(transaction, {
        verb: 'message-sent',
        caseId,
        part: 'contact',
        subject: message.messageId,
      })
      return
    case 'not-known':
      return end(transaction, caseId, message, 'not-known', 'connection-broke', 'reminder-in-doubt')
    case 'did-not-leave':
      if (outcome.isFinal)
        return end(transaction, caseId, message, 'failed', 'mail-refused', 'reminder-not-sent')
      if (message.attempts >= mostAttempts)
        return end(transaction, caseId, message, 'failed', 'mail-not-reached', 'reminder-not-sent')
      await changeMessage(transaction, caseId, message.messageId, {
        state: 'waiting',
        because: 'mail-not-reached',
      })
  }
}

async function end(
  transaction: Transaction,
  caseId: CaseId,
  message: MessageLine,
  state: MessageState,
  because: MessageReason,
  task: 'reminder-not-sent' | 'reminder-in-doubt',
): Promise<void> {
  const { messageId } = message
  await changeMessage(transaction, caseId, messageId, { state, because })
  const verb = state === 'refused' ? 'message-refused' : 'message-not-sent'
  await recordAct(transaction, { verb, caseId, part: 'contact', subject: messageId, detail: { because } })
  await raiseTask(transaction, { caseId, kind: task, because, subject: messageId })
}
