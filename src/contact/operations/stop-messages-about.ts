import { recordAct } from '../../audit/operations/record-act.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { lockContactGate, stopAbout } from '../store.ts'
import type { MessageReason } from '../task-reason.ts'
import { raiseTask } from './raise-task.ts'

/**
 * Stops every waiting message about something that is no longer so, such as an appointment that was moved, on a case
 * open for writing its contact. The contact gate is held meanwhile, so that none slips out. What has left has left.
 * Where a program took one up and did not finish, nobody knows, and a person finds out.
 *
 * @param about the beginning of what the messages are about
 */
export async function stopMessagesAbout(
  transaction: Transaction,
  caseId: CaseId,
  about: string,
  because: MessageReason,
): Promise<number> {
  await lockContactGate(transaction, caseId)
  const stopped = await stopAbout(transaction, caseId, about, because)
  for (const { messageId, wasTakenUp } of stopped) {
    await recordAct(transaction, {
      verb: 'message-stopped',
      caseId,
      part: 'contact',
      subject: messageId,
      detail: { because },
    })
    if (wasTakenUp)
      await raiseTask(transaction, { caseId, kind: 'reminder-in-doubt', because, subject: messageId })
  }
  return stopped.length
}
