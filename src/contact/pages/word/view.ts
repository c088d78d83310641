import type { FormProblem } from '../../../foundation/decision.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { dateInput } from '../../../web/components/date-input.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { summaryList } from '../../../web/components/summary-list.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import { datePartNames } from '../../../web/read-date.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'
import { channelVerdictLine } from '../../channel-verdict-line.ts'
import { hearings, longestWordDays } from '../../client-word.ts'
import type { CurrentChannel } from '../../operations/list-channels.ts'
import { sayChannel } from '../../say-channel.ts'
import { sayHearing } from '../../say-verdict.ts'

export type WordView = {
  readonly channel: CurrentChannel
  readonly zone: string
  readonly seesMap: boolean
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
}

/** What the client says of one channel: what counts of it now, and the form that writes it down. */
export function wordView(visit: CaseVisit, view: WordView): Html {
  const { channel, zone, problems, seesMap } = view
  const title = `What the client says of ${sayChannel(channel)}`
  const isSeen = channel.verdict.verdict === 'observable'
  return staffPage(visit, {
    title: titleWithProblems(title, problems),
    back: { href: `/cases/${visit.caseId}/contact`, text: 'Back to safe contact' },
    body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">${problemSummary(problems)}<h1 class="govuk-heading-l">${title}</h1>
${insetText({ html: channelVerdictLine(channel, zone) })}
${channel.client && keptView(visit, channel, channel.client, zone)}
${
  isSeen
    ? html`<p class="govuk-body">Nothing that anybody says lifts this. If it is wrong, ${
        channel.verdict.basis === 'person'
          ? html`say so on <a class="govuk-link" href="/cases/${visit.caseId}/contact">safe contact</a>, with how you know.`
          : seesMap
            ? html`<a class="govuk-link" href="/cases/${visit.caseId}/map/channels">change the map</a>, with the reason. The program works it out again at once.`
            : 'ask somebody who keeps the map of this client to change it, with the reason.'
      }</p>`
    : formView(visit, view)
}</div></div>`,
  })
}

function keptView(
  visit: CaseVisit,
  channel: CurrentChannel,
  client: NonNullable<CurrentChannel['client']>,
  zone: string,
): Html {
  const row = (key: string, value: Html) => ({ key: { text: key }, value: { html: value } })
  const by = client.by === null ? html`` : html`<bdi>${client.by}</bdi>, `
  return html`<h2 class="govuk-heading-m">What is written down now</h2>${summaryList({
    rows: [
      row('How', html`${sayHearing(client.heard)}`),
      row('What they said', html`<span class="keeps-lines" dir="auto">${client.words}</span>`),
      row('Written down', html`${by}${sayMoment(client.at, zone)}`),
    ],
  })}${startForm(
    {
      action: `/cases/${visit.caseId}/contact/channels/${channel.channelId}/word/taken-back`,
      csrfToken: visit.csrfToken,
    },
    button({
      text: 'They no longer say so',
      classes: 'govuk-button--secondary',
      preventDoubleClick: true,
    }),
  )}`
}

function formView(visit: CaseVisit, { channel, typed, problems }: WordView): Html {
  const { choose, words } = fieldWriter(typed, problems)
  const names = Object.values(datePartNames('until'))
  const wrong = problems.find(problem => names.includes(problem.field))
  return html`<h2 class="govuk-heading-m">Write down what they say</h2>
<p class="govuk-body">Ask: who else knows this number or address, on which devices is it open, and who had them in their hands? Where the map knows nothing of it, what the client says counts, until the day below. It is shown everywhere as what the client says, never as what is known. It ends by itself, and when the map or a colleague comes to say something else.</p>${startForm(
    {
      action: `/cases/${visit.caseId}/contact/channels/${channel.channelId}/word`,
      csrfToken: visit.csrfToken,
    },
    choose(
      'heard',
      'How did they say that it is safe?',
      hearings.map(each => ({ value: each, text: sayHearing(each) })),
      {
        hint: 'What came by this way itself, or in any message, does not count: somebody else could have written it.',
      },
    ),
    words('said', 'What did they say?', { rows: 3, hint: 'How they know. Kept sealed.' }),
    dateInput({
      id: 'until',
      namePrefix: 'until',
      fieldset: { legend: { text: 'Last day on which it counts', classes: 'govuk-fieldset__legend--s' } },
      hint: { text: `Within ${longestWordDays} days. After it, ask again.` },
      values: Object.fromEntries(names.map(each => [each, fieldText(typed, each)])),
      errorMessage: wrong && { text: wrong.message },
    }),
    button({ text: 'Write this down', preventDoubleClick: true }),
  )}`
}
