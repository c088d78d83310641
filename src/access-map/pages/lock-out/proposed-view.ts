import type { StateAfterStep } from '../../../access-engine/plan/after-each-step.ts'
import type { CalendarDay } from '../../../foundation/calendar-day.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { button } from '../../../web/components/button.ts'
import { checkboxes } from '../../../web/components/checkboxes.ts'
import { startForm } from '../../../web/form.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'
import type { PlanInSittings } from '../../operations/cut-plan.ts'
import type { DrawnCase } from '../../operations/draw-up-case.ts'
import type { PlannedLockOut } from '../../operations/plan-lock-out.ts'
import { type CardRow, labelOf, noticeTags, writeRows } from '../parts/card-rows.ts'
import { momentFieldsView } from '../parts/moment-view.ts'
import { sittingsView } from './sitting-view.ts'

export type ProposedView = {
  readonly drawn: DrawnCase
  readonly planned: PlannedLockOut | null
  /** The same in sittings; null when there is no plan. */
  readonly cut: PlanInSittings | null
  readonly today: CalendarDay
  /** Minutes of an appointment of the clinic. */
  readonly target: number
  readonly never: readonly string[]
  readonly mayChange: boolean
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
  readonly once: string
}

/** The plan that asks least of the client, as cards, before they have chosen one; and the form for choosing it. */
export function proposedView(visit: CaseVisit, view: ProposedView): Html {
  const { drawn, planned, cut, never } = view
  if (!planned) return html`<p class="govuk-body">There is nothing on the map to plan for.</p>`
  const base = `/cases/${visit.caseId}/map/lock-out`
  const { answer } = planned
  const isEmpty = answer.order.length === 0
  const asked = never.map(step => `never=${encodeURIComponent(step)}`).join('&')
  return html`${isEmpty ? emptyView(drawn, planned) : html`<p class="govuk-body">${sayPlan(planned)}</p>${openView(drawn, planned)}`}
${!isEmpty && html`<p class="govuk-body">The client has not chosen a plan yet. <a class="govuk-link" href="${base}/compare${asked && `?${asked}`}">Compare it with other plans</a>, or look at <a class="govuk-link" href="${base}/what-if">what would change it</a>.</p>`}
${
  cut &&
  sittingsView(visit, {
    drawn,
    cut,
    today: view.today,
    target: view.target,
    isSound: true,
    done: 0,
    sayHour: () => null,
    cardView: (step, place) => cardView(drawn, base, step, { ...place, states: cut.statesAfterSteps }),
    isLaterWhole: true,
  })
}
${neverForm(visit, view)}${view.mayChange && !isEmpty && chooseForm(visit, view, cut?.sittings.flatMap(({ steps }) => steps) ?? answer.order)}`
}

function cardView(
  drawn: DrawnCase,
  base: string,
  id: string,
  {
    number,
    rows,
    states,
  }: {
    readonly number: number
    readonly rows: readonly CardRow[] | null
    readonly states: readonly StateAfterStep[]
  },
): Html {
  const heading = `step-${String(number)}`
  const label = drawn.map.steps.find(each => each.id === id)?.label ?? id
  return html`<section class="plan-card" aria-labelledby="${heading}"><h3 class="govuk-heading-s" id="${heading}">${String(number)}. <bdi>${label}</bdi></h3>
<p class="govuk-body">${noticeTags(drawn, id, states)}</p>
${writeRows(rows ?? [])}<p class="govuk-body govuk-!-margin-bottom-0 not-printed"><a class="govuk-link" href="${base}/what-if?step=${encodeURIComponent(id)}">Why this step, and what if not<span class="govuk-visually-hidden">: <bdi>${label}</bdi></span></a></p></section>`
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
