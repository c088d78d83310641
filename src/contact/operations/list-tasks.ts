import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import type { Task } from '../task.ts'
import { loadCaseTasks, loadOpenTasks } from '../task-store.ts'

/** The open tasks of every case whose channels the person acting may see, the oldest first. */
export async function listOpenTasks(transaction: Transaction): Promise<readonly Task[]> {
  return loadOpenTasks(transaction)
}

/** The tasks of one case, open ones first. */
export async function listCaseTasks(transaction: Transaction, caseId: CaseId): Promise<readonly Task[]> {
  return loadCaseTasks(transaction, caseId)
}
