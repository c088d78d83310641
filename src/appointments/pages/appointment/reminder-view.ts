import { sayChannel, sayMessageState, sayWindows } from '../../../contact/say-channel.ts'
import { sayChannelVerdict } from '../../../contact/say-verdict.ts'
import { sayTaskReason } from '../../../contact/task.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { button } from '../../../web/components/button.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'
import type { Reminders } from '../../operations/reminder.ts'

export type ReminderView = {
  readonly reminders: Reminders
  readonly zone: string
  readonly mayAsk: boolean
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
}

/** What was asked for, what became of it, and the form to ask for one. */
export function reminderView(visit: CaseVisit, path: string, view: ReminderView): Html {
  const { reminders, zone } = view
  const { choose } = fieldWriter(view.typed, view.problems)
  const lines = reminders.messages.map(
    each =>
      html`<li>Asked for on ${sayMoment(each.askedAt, zone)}: ${sayMessageState(each.state)}.${each.because && ` ${sayTaskReason({ because: each.because })}`}${each.state === 'refused' && ' A task was raised: a person tells the client by the agreed way, if there is one.'}</li>`,
  )
  if (!view.mayAsk && lines.length === 0) return html``
  const form =
    reminders.problems.channels.length === 0
      ? html`<p class="govuk-body" id="channel">No way to reach the client has been agreed, so none can be asked for. <a class="govuk-link" href="/cases/${visit.caseId}/contact">Agree on a safe way</a> first.</p>`
      : startForm(
          { action: `${path}/reminder`, csrfToken: visit.csrfToken },
          choose(
            'channel',
            'By which way?',
            reminders.problems.channels.map(each => ({
              value: each.channelId,
              text: sayChannel(each),
              hint: `${sayChannelVerdict(each, zone)} ${sayWindows(each)}. ${each.mayRemind ? 'The client wants reminders on it' : 'The client has not asked for reminders on it'}`,
            })),
            {
              hint: 'It says when, and nothing else. Whether it may leave is asked again in the moment of sending; if not, a task is raised instead.',
            },
          ),
          button({
            text: 'Ask for a reminder',
            classes: 'govuk-button--secondary',
            preventDoubleClick: true,
          }),
        )
  return html`<h2 class="govuk-heading-m" id="reminder-heading">Reminder</h2>
<p class="govuk-body">None is sent unless somebody asks for it here.</p>
${lines.length > 0 && html`<ul class="govuk-list govuk-list--bullet">${lines}</ul>`}
${view.mayAsk && form}`
}
