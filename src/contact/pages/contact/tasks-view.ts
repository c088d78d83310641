import type { FormProblem } from '../../../foundation/decision.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { button } from '../../../web/components/button.ts'
import { input } from '../../../web/components/input.ts'
import { tag } from '../../../web/components/tag.ts'
import { startForm } from '../../../web/form.ts'
import { problemBeside } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'
import { sayTask, sayTaskReason, secondPhraseUsed, type Task } from '../../task.ts'

export type TasksView = {
  readonly tasks: readonly Task[]
  readonly zone: string
  readonly mayChange: boolean
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
}

/** What only a person can do in this case, a second phrase before everything else, each with the form that ends it. */
export function tasksView(visit: CaseVisit, view: TasksView): Html {
  const open = view.tasks.filter(each => each.doneAt === null)
  if (open.length === 0) return html``
  return html`<h2 class="govuk-heading-m">To do</h2><ul class="govuk-list">${open.map(each => taskView(visit, view, each))}</ul>`
}

function taskView(visit: CaseVisit, { zone, mayChange, problems, typed }: TasksView, task: Task): Html {
  const isFirst = task.kind === secondPhraseUsed
  const id = `note-${task.taskId}`
  const wrong = problemBeside(problems, id)
  const reason = isFirst ? '' : sayTaskReason(task)
  return html`<li class="govuk-!-margin-bottom-4">${isFirst && html`${tag({ text: 'First', classes: 'govuk-tag--red' })} `}<strong>${sayTask(task)}</strong><br>${reason} <span class="govuk-hint">${sayMoment(task.raisedAt, zone)}</span>${
    mayChange &&
    startForm(
      { action: `/cases/${visit.caseId}/tasks/${task.taskId}`, csrfToken: visit.csrfToken },
      input({
        id,
        name: 'note',
        label: { text: 'What was done' },
        ...(isFirst ? { hint: { text: 'Needed. The warning and this task end together.' } } : {}),
        classes: 'govuk-!-width-two-thirds',
        autocomplete: 'off',
        value: wrong ? fieldText(typed, 'note') : '',
        errorMessage: wrong,
        attributes: { maxlength: '1000', dir: 'auto' },
      }),
      button({ text: 'Done', classes: 'govuk-button--secondary', preventDoubleClick: true }),
    )
  }</li>`
}
