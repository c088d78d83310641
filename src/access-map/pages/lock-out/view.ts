import type { FormProblem } from '../../../foundation/decision.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { warningText } from '../../../web/components/warning-text.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import type { KeepBy } from '../../inventory/keep-by.ts'
import type { DrawnCase } from '../../operations/draw-up-case.ts'
import { keepByView } from '../parts/keep-by-view.ts'
import { type KeptView, keptView } from './kept-view.ts'
import { type ProposedView, proposedView } from './proposed-view.ts'

/** The page of the lock-out plan: the one that was chosen, or the one that is proposed. */
export function lockOutView(
  visit: CaseVisit,
  drawn: DrawnCase,
  keepBy: readonly KeepBy[],
  problems: readonly FormProblem[],
  plan:
    | { readonly kind: 'kept'; readonly view: KeptView }
    | { readonly kind: 'proposed'; readonly view: ProposedView },
): Html {
  return staffPage(visit, {
    title: titleWithProblems('Lock-out plan', problems),
    back: { href: `/cases/${visit.caseId}/map/reach`, text: 'Back to what they reach' },
    body: html`${caseNavigation(visit, 'map')}${problemSummary(problems)}<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
<h1 class="govuk-heading-l">Lock-out plan</h1>
${warningText({ text: 'Changing things can tip the suspected person off, and that can make danger rise. The client decides what, and when. Keep the evidence first.' })}
${drawn.gaps.map(gap => insetText({ text: gap.says }))}
${keepByView(`/cases/${visit.caseId}/map`, keepBy)}
${plan.kind === 'kept' ? keptView(visit, plan.view) : proposedView(visit, plan.view)}
</div></div>`,
  })
}
