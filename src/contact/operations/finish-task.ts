import { recordAct } from '../../audit/operations/record-act.ts'
import { openCaseSeal } from '../../cases/operations/open-case-seal.ts'
import type { CaseId, PersonId, TaskId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { finishTask, loadTask } from '../task-store.ts'

/**
 * Marks a task as done, with a note that lies sealed. Nothing changes where somebody did it before, or it is not there.
 */
export async function doTask(
  clinic: Clinic,
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  taskId: TaskId,
  note: string,
): Promise<'done' | 'done-before'> {
  const task = await loadTask(transaction, caseId, taskId)
  if (!task || task.doneAt !== null) return 'done-before'
  const seal = await openCaseSeal(clinic, transaction, caseId)
  const sealed = note === '' ? null : await seal.seal(`task ${taskId}`, note)
  const isDone = await finishTask(transaction, caseId, taskId, by, sealed)
  if (isDone) await recordAct(transaction, { verb: 'task-done', caseId, subject: taskId })
  return isDone ? 'done' : 'done-before'
}
