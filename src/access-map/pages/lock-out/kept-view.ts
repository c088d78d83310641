import type { StateAfterStep } from '../../../access-engine/plan/after-each-step.ts'
import type { PlanInHand } from '../../../access-engine/plan/plan-in-hand.ts'
import { type CalendarDay, sayDay } from '../../../foundation/calendar-day.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { button } from '../../../web/components/button.ts'
import { details } from '../../../web/components/details.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { tag } from '../../../web/components/tag.ts'
import { warningText } from '../../../web/components/warning-text.ts'
import { startForm } from '../../../web/form.ts'
import { type Html, html } from '../../../web/html.ts'
import type { CardBlock } from '../../lock-out/card-gate.ts'
import { type Card, findCard, findDone, findLeft, type LockOut } from '../../lock-out/lock-out.ts'
import { sayCardBlock } from '../../lock-out/say-card-block.ts'
import type { PlanInSittings } from '../../operations/cut-plan.ts'
import type { DrawnCase } from '../../operations/draw-up-case.ts'
import { type CardRow, findReachedThings, labelOf, noticeTags, writeRows } from '../parts/card-rows.ts'
import { sittingsView } from './sitting-view.ts'

export type KeptView = {
  readonly drawn: DrawnCase
  readonly lockOut: LockOut
  readonly revision: number
  readonly zone: string
  /** Everything the suspected person holds now. */
  readonly ofSuspect: ReadonlySet<string>
  readonly inHand: PlanInHand
  readonly blocks: ReadonlyMap<string, readonly CardBlock[]>
  readonly statesAfterSteps: readonly StateAfterStep[]
  readonly cut: PlanInSittings
  readonly today: CalendarDay
  /** Minutes of an appointment of the clinic. */
  readonly target: number
  readonly mayChange: boolean
}

/**
 * The plan the client chose, as far as it has got: what is done, what comes next and what keeps it from going ahead.
 */
export function keptView(visit: CaseVisit, view: KeptView): Html {
  const { lockOut } = view
  const base = `/cases/${visit.caseId}/map/lock-out`
  const done = findDone(lockOut)
  const left = findLeft(lockOut)
  const failed = lockOut.cards.filter(card => card.state.is === 'could-not')
  return html`${progressView(view, done.length)}
<p class="govuk-body">${sayMomentChosen(view)}${view.mayChange && html` <a class="govuk-link" href="${base}/moment">Change how and when</a>`}</p>
${reactedView(visit, view)}${replannedView(view)}${inHandView(view, base)}
${done.length > 0 && details({ summary: { text: `Done (${String(done.length)})` }, html: html`<ul class="govuk-list govuk-list--bullet">${done.map(step => doneLine(base, findCard(lockOut, step), view.zone))}</ul>` })}
${failed.length > 0 && details({ summary: { text: `Could not be done (${String(failed.length)})` }, html: html`<ul class="govuk-list govuk-list--bullet">${failed.map(card => html`<li><a class="govuk-link" href="${base}/cards/${card.cardId}"><bdi>${card.label}</bdi></a>: <bdi>${card.state.is === 'could-not' && card.state.why}</bdi></li>`)}</ul>` })}
${left.length === 0 ? html`<p class="govuk-body">Every step of the plan is done.</p>` : leftView(visit, view, done.length, left)}
<ul class="govuk-list">${visit.sees('plan', 'write') && html`<li><a class="govuk-link" href="/cases/${visit.caseId}/plan/cards">Add steps to the safety plan</a></li>`}<li><a class="govuk-link" href="${base}/print">The steps on paper</a></li><li><a class="govuk-link" href="${base}/what-if">What would change the plan, and what to ask next</a></li><li><a class="govuk-link" href="/cases/${visit.caseId}/map/reach">What the suspected person reaches now</a></li></ul>`
}

function progressView({ drawn, lockOut, ofSuspect }: KeptView, done: number): Html {
  const all = drawn.map.protect
  const open = all.filter(({ node }) => ofSuspect.has(node))
  const things = findReachedThings(drawn, ofSuspect)
  return html`<p class="govuk-body"><strong>${String(done)} of ${String(lockOut.order.length)} steps are done.</strong> ${
    open.length === 0
      ? 'By the answers so far, nothing that is on the map is open any more. That is not the same as safe.'
      : html`The suspected person still reaches ${things.length > 0 && html`<bdi>${things.join(', ')}</bdi>, and by them `}${String(open.length)} of ${String(all.length)} kinds of information.`
  }</p>`
}

function sayMomentChosen({ lockOut, zone }: KeptView): string {
  const how =
    lockOut.mode === 'quiet'
      ? 'The client chose to do quietly first what nobody notices.'
      : 'The client chose a clean break: everything from one hour on, and nothing before it but keeping evidence.'
  return lockOut.hour === null
    ? `${how} The hour from which something may be noticed is not chosen yet.`
    : `${how} Nothing that will be noticed before ${sayMoment(new Date(lockOut.hour), zone)}.`
}

/** After a reaction the client is asked how they are, before anything else is done. */
function reactedView(visit: CaseVisit, { lockOut }: KeptView): Html {
  if (lockOut.replanned?.because !== 'reacted') return html``
  return warningText({
    html: html`The suspected person reacted. Ask first whether the client is safe now, and whether the method and the hour they chose still hold. ${visit.sees('plan', 'write') && html`<a class="govuk-link" href="/cases/${visit.caseId}/plan">Ask for a review of the safety plan</a>.`}`,
  })
}

/** What the last planning changed, and why there was one. */
function replannedView({ drawn, lockOut, zone }: KeptView): Html {
  const { replanned } = lockOut
  if (!replanned) return html``
  const label = (step: string): string =>
    findCard(lockOut, step)?.label ?? drawn.whole.steps.find(each => each.id === step)?.label ?? step
  const why = {
    'could-not': 'a step could not be done',
    reacted: 'the suspected person reacted',
    chosen: 'the client chose again',
  }[replanned.because]
  const when = sayMoment(new Date(replanned.at), zone)
  if (!replanned.isFound)
    return insetText({
      text: `On ${when} ${why}, and no sound new plan was found. The rest of the old one still counts; compare plans, or ask a colleague.`,
    })
  const isSame = replanned.added.length + replanned.left.length === 0
  return insetText({
    html: html`<p class="govuk-body">Planned again on ${when}, because ${why}. ${isSame && 'The steps that are left are the same.'}</p>${listView('New in it', replanned.added.map(label))}${listView('No longer in it', replanned.left.map(label))}`,
  })
}

/** Steps by their names, folded and counted. */
function listView(title: string, labels: readonly string[]): Html {
  if (labels.length === 0) return html``
  return details({
    summary: { text: `${title} (${String(labels.length)})` },
    html: html`<ul class="govuk-list govuk-list--bullet">${labels.map(label => html`<li><bdi>${label}</bdi></li>`)}</ul>`,
  })
}

/** Whether what is left of the plan still does what it was chosen for. */
function inHandView({ drawn, inHand, mayChange }: KeptView, base: string): Html {
  const again =
    mayChange && html` <a class="govuk-link" href="${base}/compare">Compare plans and choose again</a>`
  if (!inHand.isSound)
    return insetText({
      html: html`<strong>What is left of this plan can no longer be taken in this order</strong>, because the map or what was done has changed since.${again}`,
    })
  if (inHand.opens.length > 0)
    return insetText({
      html: html`After the last step this stays open: ${inHand.opens.map(node => labelOf(drawn, node)).join(', ')}.${again}`,
    })
  return again ? html`<p class="govuk-body">${again}</p>` : html``
}

function doneLine(base: string, card: Card | undefined, zone: string): Html {
  if (card?.state.is !== 'done') return html``
  const last = card.reactions.at(-1)
  return html`<li><a class="govuk-link" href="${base}/cards/${card.cardId}"><bdi>${card.label}</bdi></a>, on ${sayDay(card.state.on)}, recorded by <bdi>${card.state.byName}</bdi>${
    last &&
    html`. The suspected person reacted (${sayMoment(new Date(last.at), zone)}): <bdi>${last.what}</bdi>`
  }</li>`
}

/** What is left, in sittings; what the map no longer has comes last. */
function leftView(visit: CaseVisit, view: KeptView, done: number, left: readonly string[]): Html {
  const { cut, drawn, today, target, zone, blocks } = view
  const inSittings = new Set(cut.sittings.flatMap(({ steps }) => steps))
  const gone = left.filter(step => !inSittings.has(step))
  return html`${sittingsView(visit, {
    drawn,
    cut,
    today,
    target,
    isSound: view.inHand.isSound,
    done,
    sayHour: ({ steps }) => {
      const hour = steps.flatMap(step => blocks.get(step) ?? []).find(isOfHour)
      return hour ? sayCardBlock(hour, drawn, zone) : null
    },
    cardView: (step, place) => cardView(visit, view, step, place),
    isLaterWhole: false,
  })}${gone.map((step, index) =>
    cardView(visit, view, step, {
      number: done + inSittings.size + index + 1,
      isNext: inSittings.size + index === 0,
      rows: null,
    }),
  )}`
}

const isOfHour = ({ because }: CardBlock): boolean => because === 'no-hour' || because === 'before-hour'

function cardView(
  visit: CaseVisit,
  view: KeptView,
  step: string,
  {
    number,
    isNext,
    rows,
  }: { readonly number: number; readonly isNext: boolean; readonly rows: readonly CardRow[] | null },
): Html {
  const { drawn, lockOut, zone } = view
  const card = findCard(lockOut, step)
  if (!card) return html``
  const blocks = view.blocks.get(step) ?? []
  const said = rows === null ? [] : blocks.filter(block => !isOfHour(block))
  const isThere = drawn.map.steps.some(each => each.id === step)
  const path = `/cases/${visit.caseId}/map/lock-out/cards/${card.cardId}`
  const heading = `step-${String(number)}`
  return html`<section class="plan-card" aria-labelledby="${heading}"><h3 class="govuk-heading-s" id="${heading}">${String(number)}. <bdi>${card.label}</bdi></h3>
<p class="govuk-body">${isNext && html`${tag({ text: 'Next', classes: 'govuk-tag--purple' })} `}${noticeTags(drawn, step, view.statesAfterSteps)} ${card.state.is === 'go' && tag({ text: 'Goes ahead', classes: 'govuk-tag--blue' })}</p>
${
  isThere
    ? blocks.length > 0 &&
      html`<p class="govuk-body govuk-!-margin-bottom-1"><strong>Not yet:</strong>${rows === null ? ' its sitting comes later.' : said.length === 0 && ' its hour has not come.'}</p>${said.length > 0 && html`<ul class="govuk-list govuk-list--bullet">${said.map(block => html`<li>${sayCardBlock(block, drawn, zone)}</li>`)}</ul>`}`
    : html`<p class="govuk-body">What this step belongs to is no longer on the map.</p>`
}${rows !== null && (isNext ? writeRows(rows) : rows.length > 0 && details({ summary: { text: 'What to have ready, what is lost, how to go back' }, html: writeRows(rows) }))}
${
  view.mayChange &&
  html`<div class="govuk-button-group not-printed">${
    isThere &&
    blocks.length === 0 &&
    startForm(
      { action: path, csrfToken: visit.csrfToken },
      html`<input type="hidden" name="seen" value="${String(view.revision)}">`,
      html`${card.state.is === 'to-do' && button({ text: 'Go ahead', name: 'to', value: 'go', classes: 'govuk-button--secondary', preventDoubleClick: true })} ${button({ text: 'Done', name: 'to', value: 'done', preventDoubleClick: true })}`,
    )
  }<a class="govuk-link" href="${path}">Say how it went<span class="govuk-visually-hidden">: <bdi>${card.label}</bdi></span></a></div>`
}</section>`
}
