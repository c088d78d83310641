import type { FormProblem } from '../../../foundation/decision.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { dateInput } from '../../../web/components/date-input.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'
import { channelVerdictLine } from '../../channel-verdict-line.ts'
import { channelKinds, type SafeChannel } from '../../contact-plan.ts'
import type { CurrentChannel } from '../../operations/list-channels.ts'
import { sayChannel, sayDayOfWeek, sayKind } from '../../say-channel.ts'

const dayChoices = ['1', '2', '3', '4', '5', '6', '7'].map(day => ({
  value: day,
  text: sayDayOfWeek(Number(day)),
}))

/** One channel: what it is, whether it is safe, when, and until when that counts. */
export function channelView(
  visit: CaseVisit,
  name: string,
  channels: { readonly channel: CurrentChannel | null; readonly zone: string },
  typed: FormFields,
  problems: readonly FormProblem[],
): Html {
  const { choose, line, tick, words } = fieldWriter(typed, problems)
  const base = `/cases/${visit.caseId}/contact`
  const title = name === 'new' ? 'A way to reach them' : `Way ${name.slice(1)} to reach them`
  const names = ['expires-day', 'expires-month', 'expires-year']
  const wrong = problems.find(problem => names.includes(problem.field))
  return staffPage(visit, {
    title: titleWithProblems(title, problems),
    back: { href: base, text: 'Back to safe contact' },
    body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">${problemSummary(problems)}<h1 class="govuk-heading-l">${title}</h1>${channels.channel && insetText({ html: html`<strong>${sayChannel(channels.channel)}</strong>: ${channelVerdictLine(channels.channel, channels.zone)}` })}${startForm(
      { action: `${base}/channels/${name}`, csrfToken: visit.csrfToken },
      choose(
        'kind',
        'What is it?',
        channelKinds.map(each => ({ value: each, text: sayKind(each) })),
      ),
      line('value', 'Number or address', {
        hint: `It is kept sealed and shown only on a click that is recorded.${name === 'new' ? '' : ' Leave it empty to keep the one there is.'}`,
      }),
      choose('safe', 'Did they say that it is safe?', [
        { value: 'yes', text: 'Yes' },
        { value: 'no', text: 'No, never use it' },
        { value: 'unknown', text: 'Not known' },
      ]),
      tick('days', 'On which days?', dayChoices),
      line('from', 'From', { width: 'govuk-input--width-5', hint: 'For example 10:00.' }),
      line('until', 'Until', {
        width: 'govuk-input--width-5',
        hint: 'For example 14:00. A time before the first goes on past midnight.',
      }),
      tick('days2', 'At another time too? On which days? (optional)', dayChoices),
      line('from2', 'From, at the other time', { width: 'govuk-input--width-5' }),
      line('until2', 'Until, at the other time', { width: 'govuk-input--width-5' }),
      dateInput({
        id: 'expires',
        namePrefix: 'expires',
        fieldset: {
          legend: { text: 'Last day it counts as safe (optional)', classes: 'govuk-fieldset__legend--s' },
        },
        hint: { text: 'Three months from today at most. Leave empty for that.' },
        values: Object.fromEntries(names.map(each => [each, fieldText(typed, each)])),
        errorMessage: wrong && { text: wrong.message },
      }),
      choose('mayRemind', 'Do they want reminders on it?', [
        { value: 'no', text: 'No' },
        { value: 'yes', text: 'Yes, in neutral words, and only when somebody asks for one' },
      ]),
      words('note', 'Note', { rows: 2 }),
      button({ text: 'Keep this', preventDoubleClick: true }),
    )}${
      name !== 'new' &&
      startForm(
        { action: `${base}/channels/${name}/gone`, csrfToken: visit.csrfToken },
        button({
          text: 'Take it out of the plan',
          classes: 'govuk-button--secondary',
          preventDoubleClick: true,
        }),
      )
    }</div></div>`,
  })
}

/**
 * The form as the plan has it. The number is left out: only a recorded click shows it. Whether it is safe and the last
 * day are left out too: they are asked again each time.
 */
export function fillFromChannel(channel: SafeChannel): FormFields {
  const [window, other] = channel.windows
  return new Map<string, readonly string[]>([
    ['kind', [channel.kind]],
    ['days', window ? window.days.map(String) : []],
    ['from', [window?.from ?? '']],
    ['until', [window?.until ?? '']],
    ['days2', other ? other.days.map(String) : []],
    ['from2', [other?.from ?? '']],
    ['until2', [other?.until ?? '']],
    ['mayRemind', [channel.mayRemind ? 'yes' : 'no']],
    ['note', [channel.note]],
  ])
}
