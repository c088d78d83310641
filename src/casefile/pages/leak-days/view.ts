import { knowledgeKinds } from '../../../access-map/leaks/leak-log.ts'
import { sayKnowledge } from '../../../access-map/leaks/say-leak.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { select } from '../../../web/components/select.ts'
import { table } from '../../../web/components/table.ts'
import { startForm } from '../../../web/form.ts'
import { problemBeside, problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import { type FormFields, fieldText } from '../../../web/request.ts'
import type { OfferedDay, OfferedDays } from '../../offer-days.ts'
import { fieldOfDay } from './form.ts'

export type LeakDaysView = {
  readonly offered: OfferedDays | null
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
  readonly once: string
}

/** The incidents of the chronology in a table, each with one choice: what the suspected person knew. */
export function leakDaysView(visit: CaseVisit, view: LeakDaysView): Html {
  const { offered, problems } = view
  const base = `/cases/${visit.caseId}/map/leaks`
  const title = 'Take over from the chronology'
  return staffPage(visit, {
    title: titleWithProblems(title, problems),
    wide: true,
    back: { href: base, text: 'Back to the leak finder' },
    body: html`${caseNavigation(visit, 'map')}${problemSummary(problems)}
<h1 class="govuk-heading-l">${title}</h1>
${
  offered
    ? offersView(visit, view, offered, base)
    : insetText({
        html: html`The chronology of this case is not open to you. <a class="govuk-link" href="${base}">Enter the days here</a> as the client tells them.`,
      })
}`,
  })
}

function offersView(visit: CaseVisit, view: LeakDaysView, offered: OfferedDays, base: string): Html {
  const { days, takenOver, withoutDay } = offered
  const notes = [
    takenOver > 0 ? `${count(takenOver)} in the leak finder already.` : '',
    withoutDay > 0
      ? `${count(withoutDay)} not offered, because nobody knows the day, or it lies ahead. Enter such a day by hand.`
      : '',
  ].filter(Boolean)
  if (days.length === 0)
    return html`<p class="govuk-body">There is no incident to take over. ${notes.join(' ')}</p>`
  return html`<p class="govuk-body">Select what the suspected person knew in each incident that was about knowing something, and leave the others. Afterwards say where the client was. What is taken over can be read by everybody who may see the access map.</p>
${notes.length > 0 && html`<p class="govuk-body">${notes.join(' ')}</p>`}
${startForm(
  { action: `${base}/chronology`, csrfToken: visit.csrfToken, once: view.once },
  scrollingRegion({
    label: 'Incidents of the chronology',
    html: table({
      caption: 'Incidents of the chronology',
      captionClasses: 'govuk-visually-hidden',
      head: ['Incident', 'What happened', 'What did they know?'].map(text => ({ text })),
      firstCellIsHeader: true,
      rows: days.map(day => [
        { html: html`Incident ${day.number}<span class="leak-what">${day.when}</span>` },
        { html: html`<bdi>${day.day.what}</bdi>` },
        { html: choiceView(view, day) },
      ]),
    }),
  }),
  button({ text: 'Take these over', preventDoubleClick: true }),
)}`
}

function choiceView({ typed, problems }: LeakDaysView, { incidentId, number }: OfferedDay): Html {
  const name = fieldOfDay(incidentId)
  return select({
    name,
    label: { text: `What did they know in incident ${number}?`, classes: 'govuk-visually-hidden' },
    formGroup: { classes: 'leak-tick' },
    errorMessage: problemBeside(problems, name),
    value: fieldText(typed, name),
    items: [
      { value: '', text: 'Nothing: leave it' },
      ...knowledgeKinds.map(each => ({ value: each, text: sayKnowledge(each) })),
    ],
  })
}

const count = (number: number): string => (number === 1 ? '1 incident is' : `${number} incidents are`)
