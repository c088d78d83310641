import { sql } from 'kysely'
import type { CaseId, PersonId, TaskId } from '../foundation/ids.ts'
import { readWord } from '../foundation/of-another-version.ts'
import {
  makePageOfList,
  type PagedRow,
  type PageOfList,
  type PlaceInList,
  rowsOfPage,
} from '../foundation/page-of-list.ts'
import type { Transaction } from '../platform/database.ts'
import { type OpenTask, type Task, type TaskKind, taskKinds } from './task.ts'
import { type TaskReason, taskReasons } from './task-reason.ts'

type TaskRow = {
  task_id: TaskId
  case_id: CaseId
  reference: string
  kind: string
  because: string
  subject: string | null
  raised_at: Date
  raised_name: string | null
  done_at: Date | null
  done_name: string | null
  sealed: Buffer | null
}

const taskOf = (row: TaskRow): Task => ({
  taskId: row.task_id,
  caseId: row.case_id,
  reference: row.reference,
  kind: readWord(taskKinds, row.kind),
  because: readWord(taskReasons, row.because),
  subject: row.subject,
  raisedAt: row.raised_at,
  raisedBy: row.raised_name,
  doneAt: row.done_at,
  doneBy: row.done_name,
  sealedNote: row.sealed,
})

const select = sql`select t.task_id, t.case_id, c.reference, t.kind, t.because, t.subject, t.raised_at,
    r.name as raised_name, t.done_at, d.name as done_name, t.sealed
  from unwatched.task t
  join unwatched.case_file c on c.clinic_id = t.clinic_id and c.case_id = t.case_id
  left join unwatched.person r on r.clinic_id = t.clinic_id and r.person_id = t.raised_by
  left join unwatched.person d on d.clinic_id = t.clinic_id and d.person_id = t.done_by`

type OpenTaskRow = PagedRow & Omit<TaskRow, 'raised_name' | 'done_at' | 'done_name' | 'sealed'>

/** A page of the open tasks of every case whose channels the person acting may see, the oldest first. */
export async function loadOpenTasks(
  transaction: Transaction,
  place: PlaceInList,
): Promise<PageOfList<OpenTask>> {
  const { skipped, atMost } = rowsOfPage(place)
  const found =
    await sql<OpenTaskRow>`select place, counted, task_id, case_id, reference, kind, because, subject, raised_at
    from unwatched.open_tasks(${place.after}, ${skipped}, ${atMost})`.execute(transaction.tables())
  return makePageOfList(
    found.rows,
    place,
    row => ({
      taskId: row.task_id,
      caseId: row.case_id,
      reference: row.reference,
      kind: readWord(taskKinds, row.kind),
      because: readWord(taskReasons, row.because),
      subject: row.subject,
      raisedAt: row.raised_at,
    }),
    row => row.task_id,
  )
}

/** The tasks of one case: open ones first. */
export async function loadCaseTasks(transaction: Transaction, caseId: CaseId): Promise<readonly Task[]> {
  const found =
    await sql<TaskRow>`${select} where t.clinic_id = ${transaction.actor.clinicId} and t.case_id = ${caseId}
    order by t.done_at is not null, t.raised_at desc limit 200`.execute(transaction.tables())
  return found.rows.map(taskOf)
}

/** One task of a case that is open; null where it has none such. */
export async function loadTask(
  transaction: Transaction,
  caseId: CaseId,
  taskId: TaskId,
): Promise<Task | null> {
  const found = await sql<TaskRow>`${select} where t.clinic_id = ${transaction.actor.clinicId}
    and t.case_id = ${caseId} and t.task_id = ${taskId}`.execute(transaction.tables())
  return found.rows[0] ? taskOf(found.rows[0]) : null
}

export async function addTask(
  transaction: Transaction,
  task: {
    readonly taskId: TaskId
    readonly caseId: CaseId
    readonly kind: TaskKind
    readonly because: TaskReason
    readonly subject: string | null
    readonly raisedBy: PersonId | null
  },
): Promise<void> {
  await sql`insert into unwatched.task (clinic_id, task_id, case_id, kind, because, subject, raised_at, raised_by)
    values (${transaction.actor.clinicId}, ${task.taskId}, ${task.caseId}, ${task.kind}, ${task.because},
            ${task.subject}, ${transaction.now}, ${task.raisedBy})`.execute(transaction.tables())
}

/** Marks a task as done; false when it was done before, or is not there. */
export async function finishTask(
  transaction: Transaction,
  caseId: CaseId,
  taskId: TaskId,
  by: PersonId,
  sealed: Buffer | null,
): Promise<boolean> {
  const done =
    await sql`update unwatched.task set done_at = ${transaction.now}, done_by = ${by}, sealed = ${sealed}
    where clinic_id = ${transaction.actor.clinicId} and case_id = ${caseId} and task_id = ${taskId} and done_at is null`.execute(
      transaction.tables(),
    )
  return (done.numAffectedRows ?? 0n) > 0n
}
