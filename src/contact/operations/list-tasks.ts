import type { CaseId } from '../../foundation/ids.ts'
import { beginningOfList, type PageOfList, type PlaceInList } from '../../foundation/page-of-list.ts'
import type { Transaction } from '../../platform/database.ts'
import type { OpenTask, Task } from '../task.ts'
import { loadCaseTasks, loadOpenTasks } from '../task-store.ts'

/** A page of the open tasks of every case whose channels the person acting may see, the oldest first. */
export async function listOpenTasks(
  transaction: Transaction,
  place: PlaceInList = beginningOfList,
): Promise<PageOfList<OpenTask>> {
  return loadOpenTasks(transaction, place)
}

/** The tasks of one case, open ones first. */
export async function listCaseTasks(transaction: Transaction, caseId: CaseId): Promise<readonly Task[]> {
  return loadCaseTasks(transaction, caseId)
}
