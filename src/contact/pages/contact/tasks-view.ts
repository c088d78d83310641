import { sayMoment } from '../../../foundation/say-date.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { button } from '../../../web/components/button.ts'
import { startForm } from '../../../web/form.ts'
import { type Html, html } from '../../../web/html.ts'
import { findRaisable, sayTask, sayTaskReason, type Task } from '../../task.ts'

/**
 * What only a person can do in this case, each with a link to close it; and what was done last, which can be raised
 * again.
 */
export function tasksView(
  visit: CaseVisit,
  {
    tasks,
    zone,
    mayChange,
  }: { readonly tasks: readonly Task[]; readonly zone: string; readonly mayChange: boolean },
): Html {
  const open = tasks.filter(each => each.doneAt === null)
  const done = tasks.filter(each => each.doneAt !== null).slice(0, mostDone)
  const act = (task: Task, text: string, again: boolean): Html | false =>
    mayChange &&
    startForm(
      { action: `/cases/${visit.caseId}/tasks/${task.taskId}`, csrfToken: visit.csrfToken },
      again ? html`<input type="hidden" name="again" value="yes">` : html``,
      button({
        html: html`${text}<span class="govuk-visually-hidden">: ${sayTask(task)}</span>`,
        classes: 'govuk-button--secondary',
        preventDoubleClick: true,
      }),
    )
  const write = (task: Task, last: Html): Html =>
    html`<li class="govuk-!-margin-bottom-4"><strong>${sayTask(task)}</strong><br>${sayTaskReason(task)} ${last}</li>`
  return html`${
    open.length > 0 &&
    html`<h2 class="govuk-heading-m">To do</h2><ul class="govuk-list">${open.map(each =>
      write(
        each,
        html`<span class="govuk-hint">${sayMoment(each.raisedAt, zone)}</span>${act(each, 'This is done', false)}`,
      ),
    )}</ul>`
  }${
    done.length > 0 &&
    html`<h2 class="govuk-heading-m">Done</h2><ul class="govuk-list">${done.map(each =>
      write(
        each,
        html`<span class="govuk-hint">${each.doneAt && sayMoment(each.doneAt, zone)}, <bdi>${each.doneBy ?? ''}</bdi></span>${findRaisable(each) && act(each, 'Raise it again', true)}`,
      ),
    )}</ul>`
  }`
}

/** Of what was done, no more than anybody would still take up again. */
const mostDone = 10
