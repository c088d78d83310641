import type { StateAfterStep } from '../../../access-engine/plan/after-each-step.ts'
import { sayDay } from '../../../foundation/calendar-day.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'
import type { CardBlock } from '../../lock-out/card-gate.ts'
import type { Card, LockOut } from '../../lock-out/lock-out.ts'
import { sayCardBlock } from '../../lock-out/say-card-block.ts'
import type { DrawnCase } from '../../operations/draw-up-case.ts'
import { cardRows, noticeTags } from '../parts/card-rows.ts'
import { couldTakeView } from '../parts/could-take-view.ts'

export type CardView = {
  readonly card: Card
  readonly drawn: DrawnCase
  readonly zone: string
  readonly isInPlan: boolean
  readonly blocks: readonly CardBlock[]
  readonly kept: LockOut['kept']
  readonly statesAfterSteps: readonly StateAfterStep[]
  readonly mayChange: boolean
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
  readonly once: string
}

/** One card on a page of its own. */
export function cardPageView(visit: CaseVisit, view: CardView): Html {
  const { card, drawn, problems, zone } = view
  const base = `/cases/${visit.caseId}/map/lock-out`
  return staffPage(visit, {
    title: titleWithProblems('A step of the lock-out plan', problems),
    back: { href: base, text: 'Back to the lock-out plan' },
    body: html`${caseNavigation(visit, 'map')}${problemSummary(problems)}<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
<span class="govuk-caption-l">A step of the lock-out plan</span><h1 class="govuk-heading-l"><bdi>${card.label}</bdi></h1>
<p class="govuk-body">${noticeTags(drawn, card.step, view.statesAfterSteps)}</p>
<p class="govuk-body">${sayState(view)}</p>
${card.reactions.map(
  each =>
    html`<p class="govuk-body">The suspected person reacted (${sayMoment(new Date(each.at), zone)}, recorded by <bdi>${each.byName}</bdi>): <bdi>${each.what}</bdi>${each.undid && html` <strong>It undid this step.</strong>`}</p>`,
)}
${
  view.blocks.length > 0 &&
  insetText({
    html: html`<p class="govuk-body"><strong>It cannot go ahead yet:</strong></p><ul class="govuk-list govuk-list--bullet">${view.blocks.map(block => html`<li>${sayCardBlock(block, drawn, zone)}</li>`)}</ul><p class="govuk-body govuk-!-margin-bottom-0">Where that is not how it is, put the map right first.</p>`,
  })
}
${cardRows(drawn, card.step, view.statesAfterSteps)}
${couldTakeView(drawn, card.step, view.statesAfterSteps)}
${keepPart(visit, view)}
${view.mayChange && markForm(visit, view)}
${view.isInPlan && card.state.is !== 'done' && html`<p class="govuk-body">${visit.sees('plan', 'write') && html`<a class="govuk-link" href="/cases/${visit.caseId}/plan/cards?card=${card.cardId}">Add it to the safety plan</a>, with an owner and a day. `}<a class="govuk-link" href="${base}/what-if?step=${encodeURIComponent(card.step)}">Why this step, and what if not</a></p>`}
</div></div>`,
  })
}

function sayState({ card, isInPlan, zone }: CardView): Html {
  const { state } = card
  switch (state.is) {
    case 'to-do':
      return isInPlan ? html`To do.` : html`It is no longer in the plan.`
    case 'go':
      return html`It goes ahead: said by <bdi>${state.byName}</bdi> on ${sayMoment(new Date(state.at), zone)}.`
    case 'done':
      return html`Done on ${sayDay(state.on)}, recorded by <bdi>${state.byName}</bdi>.`
    case 'could-not':
      return html`It could not be done (<bdi>${state.byName}</bdi>, ${sayMoment(new Date(state.at), zone)}): <bdi>${state.why}</bdi>`
  }
}

/** The evidence it destroys: where to hand it in, and who answered for it. */
function keepPart(visit: CaseVisit, view: CardView): Html {
  const { card, drawn, kept, typed, problems, zone } = view
  const loses = drawn.map.steps.find(each => each.id === card.step)?.destroys ?? []
  if (loses.length === 0 && kept.length === 0) return html``
  const words = (id: string): string => drawn.evidenceWords.get(id) ?? id
  const { choose, line } = fieldWriter(typed, problems)
  return html`<h2 class="govuk-heading-m">Evidence to keep first</h2><ul class="govuk-list govuk-list--bullet">${kept.map(
    each =>
      html`<li>${words(each.evidence)}: ${each.how === 'kept' ? 'kept' : 'there is nothing to keep'}, said by <bdi>${each.byName}</bdi> on ${sayMoment(new Date(each.at), zone)}${each.where !== '' && html` (<bdi>${each.where}</bdi>)`}</li>`,
  )}${loses.map(id => html`<li>${words(id)}: <strong>not kept yet</strong></li>`)}</ul>${
    loses.length > 0 &&
    view.mayChange &&
    html`<p class="govuk-body">${visit.sees('evidence', 'read') ? html`<a class="govuk-link" href="/cases/${visit.caseId}/evidence">Hand it in as evidence</a>` : 'Have it handed in as evidence'}, then say so here.</p>${startForm(
      {
        action: `/cases/${visit.caseId}/map/lock-out/cards/${card.cardId}`,
        csrfToken: visit.csrfToken,
      },
      seenField(view),
      html`<input type="hidden" name="to" value="keep">`,
      choose('how', 'Is it kept?', [
        { value: 'kept', text: 'Yes, all of it' },
        { value: 'nothing-to-keep', text: 'There is nothing to keep, or the client gives it up' },
      ]),
      line('where', 'Where is it? (optional)', { hint: 'For example, the number of the exhibit' }),
      button({ text: 'Save', classes: 'govuk-button--secondary', preventDoubleClick: true }),
    )}`
  }`
}

function markForm(visit: CaseVisit, view: CardView): Html {
  const { card, typed, problems } = view
  const { choose, words, date, tick } = fieldWriter(typed, problems)
  const is = card.state.is
  const isOpen = view.isInPlan && (is === 'to-do' || is === 'go')
  const choices = [
    ...(isOpen && is === 'to-do' ? [{ value: 'go', text: 'It goes ahead' }] : []),
    ...(isOpen ? [{ value: 'done', text: 'It is done' }] : []),
    ...(isOpen ? [{ value: 'could-not', text: 'It could not be done' }] : []),
    ...(is === 'to-do' ? [] : [{ value: 'to-do', text: 'It is to do again' }]),
    { value: 'reacted', text: 'The suspected person reacted' },
  ]
  return startForm(
    {
      action: `/cases/${visit.caseId}/map/lock-out/cards/${card.cardId}`,
      csrfToken: visit.csrfToken,
      once: view.once,
    },
    seenField(view),
    choose('to', 'How did it go?', choices, {
      hint: 'When it could not be done, or they reacted, the rest is planned again from here',
    }),
    isOpen
      ? date('on', 'If it is done, on which day? (optional)', { hint: 'Leave it empty for today' })
      : html``,
    words('what', 'What happened?', {
      rows: 3,
      hint: 'Why it could not be done, or what the suspected person did',
    }),
    is === 'done'
      ? tick('undid', 'What they did', [{ value: 'yes', text: 'It undid this step' }], {
          hint: 'Only when the suspected person reacted',
        })
      : html``,
    button({ text: 'Save', preventDoubleClick: true }),
  )
}

function seenField({ drawn }: CardView): Html {
  return html`<input type="hidden" name="seen" value="${String(drawn.revision)}">`
}
