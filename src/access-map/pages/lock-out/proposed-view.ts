import type { FormProblem } from '../../../foundation/decision.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { button } from '../../../web/components/button.ts'
import { checkboxes } from '../../../web/components/checkboxes.ts'
import { startForm } from '../../../web/form.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'
import type { DrawnCase } from '../../operations/draw-up-case.ts'
import type { PlannedLockOut } from '../../operations/plan-lock-out.ts'
import { cardRows, labelOf, noticeTags } from '../parts/card-rows.ts'
import { momentFieldsView } from '../parts/moment-view.ts'

export type ProposedView = {
  readonly drawn: DrawnCase
  readonly planned: PlannedLockOut | null
  readonly never: readonly string[]
  readonly mayChange: boolean
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
  readonly once: string
}

/** The plan that asks least of the client, as cards, before they have chosen one; and the form for choosing it. */
export function proposedView(visit: CaseVisit, view: ProposedView): Html {
  const { drawn, planned, never } = view
  if (!planned) return html`<p class="govuk-body">There is nothing on the map to plan for.</p>`
  const base = `/cases/${visit.caseId}/map/lock-out`
  const { answer, statesAfterSteps: states } = planned
  const isEmpty = answer.order.length === 0
  const asked = never.map(step => `never=${encodeURIComponent(step)}`).join('&')
  return html`${isEmpty ? emptyView(drawn, planned) : html`<p class="govuk-body">${sayPlan(planned)}</p>${openView(drawn, planned)}`}
${!isEmpty && html`<p class="govuk-body">The client has not chosen a plan yet. <a class="govuk-link" href="${base}/compare${asked && `?${asked}`}">Compare it with other plans</a>, or look at <a class="govuk-link" href="${base}/what-if">what would change it</a>.</p>`}
${answer.order.map((id, index) => {
  const heading = `step-${String(index + 1)}`
  const label = drawn.map.steps.find(each => each.id === id)?.label ?? id
  return html`<section class="plan-card" aria-labelledby="${heading}"><h2 class="govuk-heading-m" id="${heading}">${String(index + 1)}. <bdi>${label}</bdi></h2>
<p class="govuk-body">${noticeTags(drawn, id, states)}</p>
${cardRows(drawn, id, states)}<p class="govuk-body govuk-!-margin-bottom-0"><a class="govuk-link" href="${base}/what-if?step=${encodeURIComponent(id)}">Why this step, and what if not<span class="govuk-visually-hidden">: <bdi>${label}</bdi></span></a></p></section>`
})}
${neverForm(visit, view)}${view.mayChange && !isEmpty && chooseForm(visit, view, answer.order)}`
}

function sayPlan({ answer }: PlannedLockOut): string {
  const many = answer.order.length === 1 ? 'One step' : `${String(answer.order.length)} steps`
  const unnoticed =
    answer.unnoticed === 0
      ? 'The first of them may be noticed.'
      : answer.unnoticed >= answer.order.length
        ? 'By the answers so far nothing of any of them reaches the suspected person.'
        : answer.unnoticed === 1
          ? 'The first is quiet; what comes after it may be noticed.'
          : `The first ${String(answer.unnoticed)} are quiet; what comes after them may be noticed.`
  const proven =
    answer.status === 'optimal'
      ? 'No other plan asks less of the client.'
      : 'There was not time to prove that no other plan asks less.'
  return `${many}, in an order in which stopping half-way never leaves the client worse off. ${unnoticed} ${proven}`
}

function emptyView(drawn: DrawnCase, planned: PlannedLockOut): Html {
  const { answer } = planned
  return answer.ok
    ? html`<p class="govuk-body">By the answers so far nothing has to be closed. What was not asked is not closed either.</p>`
    : html`<p class="govuk-body"><strong>There is no plan that closes everything and leaves the client what is theirs.</strong> ${answer.why ?? ''}</p>${openView(drawn, planned)}`
}

function openView(drawn: DrawnCase, { answer }: PlannedLockOut): Html {
  const say = (words: string, nodes: readonly string[]): Html =>
    nodes.length === 0
      ? html``
      : html`<p class="govuk-body">${words} ${nodes.map(node => labelOf(drawn, node)).join(', ')}.</p>`
  return html`${say(
    'What stays open whatever is done:',
    answer.stillReached.map(each => each.node),
  )}${say('What the client may lose, because nobody knows whether their path to it then is there:', answer.keptByGuess)}`
}

function neverForm(visit: CaseVisit, { drawn, planned, never }: ProposedView): Html {
  const shown = new Set([...(planned?.answer.order ?? []), ...never])
  const steps = drawn.map.steps.filter(step => shown.has(step.id))
  if (steps.length === 0) return html``
  return html`<h2 class="govuk-heading-m">Steps the client will not take</h2><form method="get" action="/cases/${visit.caseId}/map/lock-out" novalidate>${checkboxes(
    {
      name: 'never',
      idPrefix: 'never',
      fieldset: { legend: { text: 'Leave these out', classes: 'govuk-fieldset__legend--s' } },
      hint: { text: 'The plan is made again without them, and says what then stays open.' },
      classes: 'govuk-checkboxes--small',
      items: steps.map(step => ({ value: step.id, text: step.label })),
      values: [...never],
    },
  )}${button({ text: 'Plan again', classes: 'govuk-button--secondary' })}</form>`
}

function chooseForm(visit: CaseVisit, view: ProposedView, order: readonly string[]): Html {
  return html`<h2 class="govuk-heading-m">Choose this plan</h2><p class="govuk-body">From then on each step is marked as it is done, and the map counts it.</p>${startForm(
    { action: `/cases/${visit.caseId}/map/lock-out`, csrfToken: visit.csrfToken, once: view.once },
    html`<input type="hidden" name="seen" value="${String(view.drawn.revision)}"><input type="hidden" name="order" value="${order.join(' ')}">`,
    ...view.never.map(step => html`<input type="hidden" name="never" value="${step}">`),
    momentFieldsView(view.typed, view.problems),
    button({ text: 'The client chooses this plan', preventDoubleClick: true }),
  )}`
}
