import type { FormProblem } from '../../../foundation/decision.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { details } from '../../../web/components/details.ts'
import { listCount, listPages } from '../../../web/components/list-pages.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'
import type { Incident } from '../../incident.ts'
import type { ConductChoices } from '../../operations/list-incidents.ts'
import { sayWhen } from '../../say-when.ts'
import { sayNumbers } from '../parts/say-numbers.ts'
import { clipText } from '../parts/text-view.ts'

export type ConductShown = {
  readonly visit: CaseVisit
  readonly choices: ConductChoices
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
  readonly seen: number
}

/** The form in which an advocate says which incidents are one course of conduct. */
export function conductView(shown: ConductShown): Html {
  const { visit, choices, typed, problems, seen } = shown
  const { list } = choices
  const base = `/cases/${visit.caseId}/incidents`
  const title = 'Choose the course of conduct'
  const { tick, date, words } = fieldWriter(typed, problems)
  const items = list.lines.map(incident => choiceOf(incident, choices))
  const pages = { list, one: 'incident', many: 'incidents', address: `${base}/conduct` }
  const body = html`${caseNavigation(visit, 'incidents')}${problemSummary(problems)}
<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">A time limit counts from the last incident of one course of conduct, by one person. Nobody but a person can say which incidents those are: tick those that you take for it. Leave out what somebody else did.</p>
<p class="govuk-body">A course of conduct is conduct on at least two occasions. An incident can hold more than one.</p>
${
  list.lines.length === 0
    ? html`<p class="govuk-body">There are no incidents to choose from yet. <a class="govuk-link" href="${base}/new">Make one from what the client tells</a>.</p>`
    : html`${listCount(pages)}${startForm(
        { action: `${base}/conduct`, csrfToken: visit.csrfToken },
        html`<input type="hidden" name="seen" value="${seen}"><input type="hidden" name="page" value="${list.page}"><input type="hidden" name="after" value="${list.after ?? ''}">${list.lines.map(each => html`<input type="hidden" name="shown" value="${each.incidentId}">`)}`,
        tick('conduct', 'Which incidents are the course of conduct?', items),
        details({
          summary: { text: 'Was one of them an assault?' },
          open: fieldText(typed, 'assaults') !== '',
          html: tick('assaults', 'Which may be a common assault or battery in domestic abuse?', items, {
            hint: 'A limit of its own counts for each. A person who was pushed, grabbed or made to fear it at once may have been assaulted',
          }),
        }),
        date(
          'statementOn',
          'When did the client first give the police a statement or a recorded interview? (optional)',
          {
            hint: 'For an assault, six months count from it. Leave it empty when nobody knows',
          },
        ),
        date('evidenceOn', 'When did enough evidence come to the prosecutor? (optional)', {
          hint: 'Only as the police or the Crown Prosecution Service said',
        }),
        words('why', 'Why these? (optional)', {
          hint: 'For example, the same account, the same words, what the client recognised',
        }),
        button({ text: 'Save the choice', preventDoubleClick: true }),
      )}`
}${listPages(pages)}${
  (list.pages > 1 || list.after !== null) &&
  html`<p class="govuk-body">Save before you go to another page of incidents. What is chosen on other pages stays.</p>`
}${earlierView(choices)}`
  return staffPage(visit, {
    title: titleWithProblems(title, problems),
    body,
    back: { href: base, text: 'Back to the incidents' },
  })
}

function choiceOf({ incidentId, number, newest }: Incident, { senders }: ConductChoices) {
  const from = senders.get(number) ?? []
  const sent = from.length === 0 ? '' : ` From records by ${clipText(from.join(', '), 80).text}.`
  return {
    value: incidentId,
    text: `Incident ${number}. ${sayWhen(newest.when, newest.zone)}`,
    hint: `${clipText(newest.what, 160).text}${sent}`,
  }
}

function earlierView({ chosen, zone, earlier }: ConductChoices): Html {
  if (earlier.length === 0) return html``
  return html`<h2 class="govuk-heading-m">Who chose what, and when</h2><ul class="govuk-list govuk-list--bullet">${earlier.map(
    each =>
      html`<li>${sayMoment(each.at, zone)}, <bdi>${each.byName}</bdi>: ${sayNumbers(each.incidents, chosen)}${each.why !== '' && html`. Why: <bdi>${each.why}</bdi>`}</li>`,
  )}</ul>`
}
