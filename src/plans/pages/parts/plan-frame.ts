import type { FormProblem } from '../../../foundation/decision.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'

/** The frame of a page of the plan: its place in the case, its problems, its heading. */
export function planPage(
  visit: CaseVisit,
  page: {
    readonly title: string
    readonly problems?: readonly FormProblem[]
    readonly body: Html
    readonly status?: number
    readonly isPlan?: boolean
  },
): Answer {
  const problems = page.problems ?? []
  const body = html`${caseNavigation(visit, 'plan')}${problemSummary(problems)}
<h1 class="govuk-heading-l">${page.title}</h1>
${page.body}`
  const back = { href: `/cases/${visit.caseId}/plan`, text: 'Back to the safety plan' }
  return showPage(
    staffPage(visit, {
      title: titleWithProblems(page.title, problems),
      body,
      ...(page.isPlan ? {} : { back }),
    }),
    page.status ?? (problems.length > 0 ? 422 : 200),
  )
}
