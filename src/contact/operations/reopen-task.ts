import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import type { RaisableTask, Task } from '../task.ts'
import { raiseTask } from './raise-task.ts'

/** Raises again what somebody closed by mistake: as a new task, so that the closed one keeps its note and its name. */
export async function reopenTask(
  transaction: Transaction,
  caseId: CaseId,
  task: RaisableTask & Pick<Task, 'subject'>,
): Promise<void> {
  const { kind, because, subject } = task
  await raiseTask(transaction, { caseId, kind, because, ...(subject === null ? {} : { subject }) })
}
