import { loadProfile } from '../../../directory/operations/load-profile.ts'
import { parseId, type TaskId } from '../../../foundation/ids.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import { type ActCheck, findActCheck } from '../../../identity/check-act.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { readForm } from '../../../web/read-form.ts'
import { fieldText, type PageRequest } from '../../../web/request.ts'
import { doTask } from '../../operations/finish-task.ts'
import { listCaseTasks } from '../../operations/list-tasks.ts'
import { reopenTask } from '../../operations/reopen-task.ts'
import { findRaisable, sayTask, sayTaskReason, type Task } from '../../task.ts'
import { doneForm } from './form.ts'

/** Closes a task of this case with a note, or raises again one that was closed, once what follows was read. */
export async function takeTaskDone(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const taskId = parseId<TaskId>(request.params['task'] ?? '')
  if (!taskId) return showPage(problemPage(404), 404)
  const { clinic, caseId, staff } = visit
  const { form } = request
  const back = `/cases/${caseId}/contact`
  return visit.onCase(async transaction => {
    const tasks = await listCaseTasks(transaction, caseId)
    const task = tasks.find(each => each.taskId === taskId)
    if (!task) return showPage(problemPage(404), 404)
    const { timeZone } = await loadProfile(transaction)
    if (fieldText(form, 'again') === 'yes') {
      const raisable = findRaisable(task)
      if (task.doneAt === null || !raisable || isRaised(tasks, task)) return goTo(back)
      const page = findActCheck(visit, form, raisingAgain(visit, task, timeZone))
      if (page) return page
      await reopenTask(transaction, caseId, { ...raisable, subject: task.subject })
      return goTo(back)
    }
    if (task.doneAt !== null) return goTo(back)
    const read = readForm(doneForm, form)
    const page = findActCheck(visit, form, closing(visit, task, timeZone), read.ok ? [] : read.problems)
    if (page || !read.ok) return page ?? showPage(problemPage(404), 404)
    await doTask(clinic, transaction, staff.personId, caseId, taskId, read.value.note)
    return goTo(back)
  })
}

/** Whether the same is to be done already. */
function isRaised(tasks: readonly Task[], task: Task): boolean {
  return tasks.some(each => each.doneAt === null && each.kind === task.kind && each.subject === task.subject)
}

const chosenOf = (task: Task, zone: string): NonNullable<ActCheck['chosen']> => [
  { key: 'What to do', value: sayTask(task) },
  { key: 'Why', value: sayTaskReason(task) },
  { key: 'Since', value: sayMoment(task.raisedAt, zone) },
]

function closing(visit: CaseVisit, task: Task, zone: string): ActCheck {
  const path = `/cases/${visit.caseId}`
  return {
    title: 'Close this task?',
    chosen: chosenOf(task, zone),
    follows: [
      'It leaves everybody’s list of tasks. Nobody is reminded of it any more, and the program does not do it for you.',
      'What you write is kept with it, sealed, with your name and the time.',
    ],
    undo: 'It can be raised again on the page of safe contact, under the tasks that are done.',
    action: `${path}/tasks/${task.taskId}`,
    fields: {},
    asks: ({ words }) => words('note', 'What was done?'),
    button: 'Close the task',
    back: { href: `${path}/contact`, text: 'Back to safe contact' },
  }
}

function raisingAgain(visit: CaseVisit, task: Task, zone: string): ActCheck {
  const path = `/cases/${visit.caseId}`
  return {
    title: 'Raise this task again?',
    chosen: chosenOf(task, zone),
    follows: [
      'It stands on everybody’s list of tasks again, as a new one from now on.',
      'The one that was closed stays as it is, with its note.',
    ],
    undo: 'Close it again.',
    action: `${path}/tasks/${task.taskId}`,
    fields: { again: 'yes' },
    button: 'Raise it again',
    isGiving: true,
    back: { href: `${path}/contact`, text: 'Back to safe contact' },
  }
}
