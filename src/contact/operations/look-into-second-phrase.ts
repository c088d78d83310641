import { recordAct } from '../../audit/operations/record-act.ts'
import { openCaseSeal } from '../../cases/operations/open-case-seal.ts'
import type { CaseId, PersonId, PhraseUseId } from '../../foundation/ids.ts'
import { isQuietUse, settleQuietPhrase } from '../../identity/operations/phrase-state.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { doOnce } from '../../platform/do-once.ts'
import { takeTurn } from '../../platform/take-turn.ts'
import { secondPhraseUsed } from '../task.ts'
import { finishTask, loadTasksAbout } from '../task-store.ts'
import { raiseTask } from './raise-task.ts'

/**
 * Raises the task that the use of a second phrase asks for (rule S4), once, however often it is asked; none where it was
 * the first phrase. The case is open for writing its contact.
 */
export async function raiseSecondPhrase(
  transaction: Transaction,
  caseId: CaseId,
  useId: PhraseUseId,
): Promise<void> {
  await takeTurn(transaction, 'second-phrase', caseId)
  if (!(await isQuietUse(transaction, caseId, useId))) return
  await doOnce(
    transaction,
    'phrase-use',
    useId,
    () => true,
    async () => {
      const kind = secondPhraseUsed
      await raiseTask(transaction, { caseId, kind, because: kind, subject: useId })
      return true
    },
  )
}

/**
 * Closes these uses of a second phrase with what was done about them: the warning and the task of each end together, in
 * this transaction, and never without a note. Where the queue has not raised a task yet, it is raised and closed here, so
 * that the note is kept. One that somebody else closed meanwhile stays as it is; one that came meanwhile stays open.
 */
export async function lookIntoSecondPhrase(
  clinic: Clinic,
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  useIds: readonly PhraseUseId[],
  note: string,
): Promise<'done' | 'note-missing'> {
  if (note.trim() === '') return 'note-missing'
  await takeTurn(transaction, 'second-phrase', caseId)
  for (const useId of useIds) await raiseSecondPhrase(transaction, caseId, useId)
  const seal = await openCaseSeal(clinic, transaction, caseId)
  for (const taskId of await loadTasksAbout(transaction, caseId, secondPhraseUsed, useIds)) {
    await finishTask(transaction, caseId, taskId, by, await seal.seal(`task ${taskId}`, note))
    await recordAct(transaction, { verb: 'task-done', caseId, subject: taskId })
  }
  await settleQuietPhrase(transaction, by, caseId, useIds)
  return 'done'
}
