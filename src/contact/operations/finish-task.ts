import { recordAct } from '../../audit/operations/record-act.ts'
import { openCaseSeal } from '../../cases/operations/open-case-seal.ts'
import { type CaseId, type PersonId, type PhraseUseId, parseId, type TaskId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { secondPhraseUsed } from '../task.ts'
import { finishTask, loadTask } from '../task-store.ts'
import { lookIntoSecondPhrase } from './look-into-second-phrase.ts'

/**
 * Marks a task as done, with a note that lies sealed. That of a second phrase is not done without one, and what it warned
 * of ends with it. Nothing changes where somebody did it before, or it is not there.
 */
export async function doTask(
  clinic: Clinic,
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  taskId: TaskId,
  note: string,
): Promise<'done' | 'done-before' | 'note-missing'> {
  const task = await loadTask(transaction, caseId, taskId)
  if (!task || task.doneAt !== null) return 'done-before'
  const useId = task.kind === secondPhraseUsed ? parseId<PhraseUseId>(task.subject ?? '') : null
  if (useId) return lookIntoSecondPhrase(clinic, transaction, by, caseId, [useId], note)
  const seal = await openCaseSeal(clinic, transaction, caseId)
  const sealed = note === '' ? null : await seal.seal(`task ${taskId}`, note)
  const isDone = await finishTask(transaction, caseId, taskId, by, sealed)
  if (isDone) await recordAct(transaction, { verb: 'task-done', caseId, subject: taskId })
  return isDone ? 'done' : 'done-before'
}
