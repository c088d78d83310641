import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { checkboxes } from '../../../web/components/checkboxes.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { summaryList } from '../../../web/components/summary-list.ts'
import { tag } from '../../../web/components/tag.ts'
import { warningText } from '../../../web/components/warning-text.ts'
import { type Html, html } from '../../../web/html.ts'
import type { DrawnMap } from '../../draw-up-map.ts'
import type { PlannedLockOut } from '../../operations/plan-lock-out.ts'

/** The plan as cards: what to do, what to have ready, what will be noticed, what stays open after it. */
export function lockOutView(
  visit: CaseVisit,
  drawn: DrawnMap,
  planned: PlannedLockOut | null,
  never: readonly string[],
): Html {
  const base = `/cases/${visit.caseId}/map`
  return staffPage(visit, {
    title: 'Lock-out plan',
    back: { href: `${base}/reach`, text: 'Back to what they reach' },
    body: html`${caseNavigation(visit, 'map')}<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
<h1 class="govuk-heading-l">Lock-out plan</h1>
${warningText({ text: 'Changing things can tip the suspected person off, and that can make danger rise. The client decides what, and when. Keep the evidence first.' })}
${drawn.gaps.map(gap => insetText({ text: gap.says }))}
${planned ? planView(drawn, planned) : html`<p class="govuk-body">There is nothing on the map to plan for.</p>`}
${neverForm(visit, drawn, planned, never)}
</div></div>`,
  })
}

function planView(drawn: DrawnMap, { answer, standings }: PlannedLockOut): Html {
  const label = (id: string): string => drawn.map.nodes.find(node => node.id === id)?.label ?? id
  if (answer.order.length === 0) {
    return answer.ok
      ? html`<p class="govuk-body">By the answers so far nothing has to be closed. What was not asked is not closed either.</p>`
      : html`<p class="govuk-body"><strong>There is no plan that closes everything and leaves the client what is theirs.</strong> ${answer.why ?? ''}</p>${openView(answer, label)}`
  }
  return html`<p class="govuk-body">${answer.order.length === 1 ? 'One step' : `${String(answer.order.length)} steps`}, in an order in which stopping half-way never leaves the client worse off. ${
    answer.quiet === 0
      ? 'The first of them will be noticed.'
      : answer.quiet >= answer.order.length
        ? 'None of them is likely to be noticed.'
        : `The first ${String(answer.quiet)} are quiet; after them the suspected person is likely to notice.`
  } ${
    answer.status === 'optimal'
      ? 'No other plan asks less of the client.'
      : 'There was not time to prove that no other plan asks less.'
  }</p>${openView(answer, label)}${answer.order.map((id, index) => {
    const step = drawn.map.steps.find(each => each.id === id)
    const told = drawn.told.get(id)
    const standing = standings[index]
    if (!step || !told) return html``
    const keeps = drawn.map.evidence.filter(each => step.destroys.includes(each.id))
    return html`<section class="plan-card" aria-labelledby="step-${String(index + 1)}"><h2 class="govuk-heading-m" id="step-${String(index + 1)}">${String(index + 1)}. <bdi>${step.label}</bdi></h2>
<p class="govuk-body">${step.alerts ? tag({ text: 'Will be noticed', classes: 'govuk-tag--orange' }) : tag({ text: 'Quiet', classes: 'govuk-tag--green' })} ${standing?.inOneSitting && tag({ text: 'Go on in one sitting', classes: 'govuk-tag--red' })}</p>
${summaryList({
  rows: [
    { key: { text: 'Have ready' }, value: { text: told.ready } },
    { key: { text: 'What will be noticed' }, value: { text: told.notices } },
    { key: { text: 'What is lost' }, value: { text: told.lost } },
    ...(keeps.length > 0
      ? [
          {
            key: { text: 'Keep first' },
            value: {
              text: 'What an earlier step of this plan captures. Hand it in as evidence before this step.',
            },
          },
        ]
      : []),
    { key: { text: 'After it' }, value: { text: sayAfter(standings, index, drawn, label) } },
    { key: { text: 'To go back' }, value: { text: told.undo } },
  ],
})}</section>`
  })}`
}

/** What a step closes, and how much is open still. */
function sayAfter(
  standings: PlannedLockOut['standings'],
  index: number,
  drawn: DrawnMap,
  label: (id: string) => string,
): string {
  const now = standings[index]?.stillReached ?? []
  const before =
    index === 0 ? drawn.map.protect.map(({ node }) => node) : (standings[index - 1]?.stillReached ?? [])
  const closed = before.filter(node => !now.includes(node))
  const open =
    now.length === 0
      ? 'Nothing that is on the map is open.'
      : `${String(now.length)} of ${String(drawn.map.protect.length)} kinds of information are still open.`
  return closed.length === 0 ? open : `Closes ${closed.map(label).join(', ')}. ${open}`
}

function openView(answer: PlannedLockOut['answer'], label: (id: string) => string): Html {
  if (answer.stillReached.length === 0) return html``
  return html`<p class="govuk-body">What stays open whatever is done: ${answer.stillReached.map(each => label(each.node)).join(', ')}.</p>`
}

function neverForm(
  visit: CaseVisit,
  drawn: DrawnMap,
  planned: PlannedLockOut | null,
  never: readonly string[],
): Html {
  const shown = new Set([...(planned?.answer.order ?? []), ...never])
  const steps = drawn.map.steps.filter(step => shown.has(step.id))
  if (steps.length === 0) return html``
  return html`<h2 class="govuk-heading-m">Steps the client will not take</h2><form method="get" action="/cases/${visit.caseId}/map/lock-out" novalidate>${checkboxes(
    {
      name: 'never',
      idPrefix: 'never',
      fieldset: { legend: { text: 'Leave these out', classes: 'govuk-fieldset__legend--s' } },
      hint: { text: 'The plan is made anew without them, and says what then stays open.' },
      classes: 'govuk-checkboxes--small',
      items: steps.map(step => ({ value: step.id, text: step.label })),
      values: [...never],
    },
  )}${button({ text: 'Plan again', classes: 'govuk-button--secondary' })}</form>`
}
