import type { FormProblem } from '../../../foundation/decision.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'
import { bases } from '../../inventory/inventory.ts'
import { sayAnswerBasis } from '../../inventory/say-inventory.ts'
import type { Glance } from '../../operations/load-glance.ts'
import { questionFieldView } from '../parts/question-view.ts'
import { prefixOf } from './form.ts'
import type { Unasked } from './open-questions.ts'

export type MapQuestions = {
  readonly glance: Glance
  readonly unasked: readonly Unasked[]
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
  readonly once: string
}

/** The questions of all things in columns, to be gone through in one sitting. */
export function questionsView(visit: CaseVisit, view: MapQuestions): Html {
  const base = `/cases/${visit.caseId}/map`
  const { problems, unasked } = view
  return staffPage(visit, {
    title: titleWithProblems('Questions not yet asked', problems),
    wide: true,
    back: { href: base, text: 'Back to the map' },
    body: html`${caseNavigation(visit, 'map')}${problemSummary(problems)}
<h1 class="govuk-heading-l">Questions not yet asked</h1>
${
  unasked.length === 0
    ? html`<p class="govuk-body">Every question about what is on the map was asked. <a class="govuk-link" href="${base}">Back to the map</a></p>`
    : html`<p class="govuk-body">Answer what the client can say now. What is left empty stays to be asked and counts as possible.</p>${questionsForm(visit, view)}`
}`,
  })
}

function questionsForm(visit: CaseVisit, view: MapQuestions): Html {
  const { glance, typed, problems } = view
  const { choose } = fieldWriter(typed, problems)
  const { inventory } = glance.drawn
  return startForm(
    { action: `/cases/${visit.caseId}/map/questions`, csrfToken: visit.csrfToken, once: view.once },
    html`<input type="hidden" name="seen" value="${glance.revision}"><div class="one-screen">${view.unasked.map(
      ({ thing, questions }) =>
        html`<h2 class="govuk-heading-m"><bdi>${thing.label}</bdi></h2>${questions.map(question =>
          questionFieldView({ thing, question, inventory, typed, problems, prefix: prefixOf(thing.thingId) }),
        )}`,
    )}</div>`,
    choose(
      'basis',
      'How is what you chose here known?',
      bases.map(each => ({ value: each, text: sayAnswerBasis(each) })),
      { inline: true },
    ),
    button({ text: 'Save, and see what it makes of the map', preventDoubleClick: true }),
  )
}
