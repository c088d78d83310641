import { recordAct } from '../../audit/operations/record-act.ts'
import { type CaseId, makeId, type TaskId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import type { TaskKind } from '../task.ts'
import type { TaskReason } from '../task-reason.ts'
import { addTask } from '../task-store.ts'

/**
 * Raises a task for the people of a case that this transaction has opened, for whatever part. The subject
 * is an id.
 */
export async function raiseTask(
  transaction: Transaction,
  task: {
    readonly caseId: CaseId
    readonly kind: TaskKind
    readonly because: TaskReason
    readonly subject?: string
  },
): Promise<TaskId> {
  const taskId = makeId<TaskId>(transaction.now)
  const raisedBy = transaction.actor.kind === 'person' ? transaction.actor.personId : null
  await addTask(transaction, { ...task, subject: task.subject ?? null, taskId, raisedBy })
  await recordAct(transaction, {
    verb: 'task-raised',
    caseId: task.caseId,
    detail: { kind: task.kind, because: task.because },
  })
  return taskId
}
