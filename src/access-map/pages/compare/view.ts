import type { FormProblem } from '../../../foundation/decision.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { details } from '../../../web/components/details.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { table } from '../../../web/components/table.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'
import { findThingsAtWork } from '../../lock-out/at-work.ts'
import { type AimName, guessedPoundsOfMoney } from '../../lock-out/plan-figures.ts'
import {
  joinWithAnd,
  type PlanNames,
  sayPlanTrade,
  saysBetter,
  saysOfAim,
  sayWorkTime,
} from '../../lock-out/say-plan-trade.ts'
import type { ComparedPlans, PlanOption } from '../../operations/compare-plans.ts'
import type { DrawnCase } from '../../operations/draw-up-case.ts'
import { labelOf } from '../parts/card-rows.ts'
import { momentFieldsView } from '../parts/moment-view.ts'

export type CompareView = {
  readonly drawn: DrawnCase
  readonly compared: ComparedPlans
  readonly never: readonly string[]
  readonly mayChange: boolean
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
  readonly once: string
}

/** The plans, what each trades in a sentence, the same in figures, their steps, and the form for choosing one. */
export function compareView(visit: CaseVisit, view: CompareView): Html {
  const base = `/cases/${visit.caseId}/map/lock-out`
  const { compared, problems } = view
  return staffPage(visit, {
    title: titleWithProblems('Plans side by side', problems),
    wide: true,
    back: { href: base, text: 'Back to the lock-out plan' },
    body: html`${caseNavigation(visit, 'map')}${problemSummary(problems)}<h1 class="govuk-heading-l">Plans side by side</h1>
${
  compared.options.length === 0
    ? html`<p class="govuk-body">There is no plan to choose. ${compared.why ?? 'By the answers so far nothing is left to close.'}</p>`
    : html`<p class="govuk-body">Each can be taken step by step without leaving the client worse off half-way. The client decides what weighs most.</p><ul class="govuk-list govuk-list--spaced">${compared.options.map((option, index) => html`<li><strong>${name(index)} ${sayBest(option)}.</strong> ${sayOption(view, option, index)}</li>`)}</ul>${othersView(compared)}${workView(view)}${figuresTable(view)}<p class="govuk-body">Times and prices are guesses of ours: a time for each kind of step, as in the sittings of a plan, and £${String(guessedPoundsOfMoney)} for each point of money in the catalogue. Nobody has measured or looked them up. Waiting is not counted in the time.</p>${compared.options.map((option, index) => optionSteps(view, option, index))}${view.mayChange && chooseForm(visit, view)}`
}`,
  })
}

const name = (index: number): string => `Plan ${String.fromCharCode(65 + index)}`

function sayBest({ bestIn, isProven }: PlanOption): string {
  if (bestIn.length === 0)
    return isProven ? 'asks least of everything together' : 'asks little; not proven the least'
  return `${joinWithAnd(bestIn.map(each => saysOfAim[each]))}${isProven ? '' : ', as far as was found in the time'}`
}

function namesOf(drawn: DrawnCase): PlanNames {
  return {
    thing: id => drawn.inventory.things.find(({ thingId }) => thingId === id)?.label ?? id,
    open: id => labelOf(drawn, id),
    evidence: id => drawn.evidenceWords.get(id) ?? id,
  }
}

function sayOption({ drawn, compared }: CompareView, { figures, bestIn }: PlanOption, index: number): string {
  const first = compared.options[0]
  if (index > 0 && first) return sayPlanTrade(first.figures, figures, bestIn, namesOf(drawn)) ?? ''
  const { steps, noticed, minutes, pounds } = figures
  const money = pounds === 0 ? 'no money' : `about £${String(pounds)}`
  const seen = noticed === steps ? 'each' : noticed === 0 ? 'none' : String(noticed)
  const many =
    steps === 1
      ? `One step, which may ${noticed === 0 ? 'not ' : ''}be noticed`
      : `${String(steps)} steps, ${seen} of which may be noticed`
  return `${many}: about ${sayWorkTime(minutes)} of work, and ${money}.`
}

/** What was looked for and is not among the plans, and why. */
function othersView({ noneBetter, hardlyBetter, open }: ComparedPlans): Html {
  const isOwn = (each: AimName): boolean => each === 'unnoticed-only' || each === 'not-at-work'
  const list = (names: readonly AimName[]): string => names.map(each => saysBetter[each]).join(', or ')
  const say = (names: readonly AimName[], words: string): Html =>
    names.length === 0 ? html`` : html`<p class="govuk-body">${words}</p>`
  const amounts = noneBetter.filter(each => !isOwn(each))
  return html`${say(amounts, `No plan that closes as much in a safe order, and keeps as much evidence, ${list(amounts)} than Plan A.`)}${say(
    noneBetter.filter(each => each === 'unnoticed-only'),
    'Nothing can be closed without something that may be noticed.',
  )}${say(
    noneBetter.filter(each => each === 'not-at-work'),
    'There is no plan without steps at the client’s work.',
  )}${say(hardlyBetter, `Left out, because it saves too little to matter: a plan that ${list(hardlyBetter)}.`)}${say(open, `There was not time to find out whether there is a plan that ${list(open)}. Load the page again to go on looking.`)}`
}

/** What counts as the client's work, where steps are counted there. */
function workView({ drawn, compared }: CompareView): Html {
  if (!compared.options.some(({ figures }) => figures.atWork > 0)) return html``
  const things = findThingsAtWork(drawn.inventory).filter(({ isGone }) => !isGone)
  return html`<p class="govuk-body">Counted as the client’s work, by its kind or its name: <bdi>${joinWithAnd(things.map(({ label }) => label))}</bdi>. What is called otherwise is not.</p>`
}

function figuresTable({ drawn, compared }: CompareView): Html {
  const { options } = compared
  const names = namesOf(drawn)
  const row = (words: string, say: (option: PlanOption) => string) => [
    { text: words },
    ...options.map(option => ({ text: say(option) })),
  ]
  const number = (words: string, of: (figures: PlanOption['figures']) => number) =>
    row(words, ({ figures }) => String(of(figures)))
  return scrollingRegion({
    label: 'Plans in figures',
    html: table({
      caption: 'The plans in figures',
      captionClasses: 'govuk-table__caption--m',
      firstCellIsHeader: true,
      head: [{ text: 'What it asks' }, ...options.map((_, index) => ({ text: name(index) }))],
      rows: [
        number('Steps', each => each.steps),
        number('Steps that may be noticed', each => each.noticed),
        number('Steps before the first of these', each => each.unnoticedFirst),
        row('Time', ({ figures }) => `about ${sayWorkTime(figures.minutes)}`),
        row('Money', ({ figures }) => (figures.pounds === 0 ? 'none' : `about £${String(figures.pounds)}`)),
        row(
          'Given up or exchanged',
          ({ figures }) => joinWithAnd(figures.givenUp.map(names.thing)) || 'nothing',
        ),
        number('Steps that interrupt something for a while', each => each.interruptions),
        number('Steps that may go wrong', each => each.risky),
        ...(options.some(({ figures }) => figures.atWork > 0)
          ? [number('Steps at the client’s work', each => each.atWork)]
          : []),
        number('Kinds of information that stay open', each => each.opens.length),
        number('Evidence not kept', each => each.loses.length),
      ],
    }),
  })
}

/** The steps of a plan in their order, and what it leaves out of the first. */
function optionSteps({ drawn, compared }: CompareView, option: PlanOption, index: number): Html {
  const first = compared.options[0]?.order ?? []
  const label = (id: string): string => drawn.map.steps.find(step => step.id === id)?.label ?? id
  const isLoud = (id: string): boolean => drawn.map.steps.find(step => step.id === id)?.alerts ?? false
  const without = first.filter(step => !option.order.includes(step)).map(label)
  const { opens, loses } = option.figures
  return details({
    summary: { text: `The steps of ${name(index)}` },
    html: html`<ol class="govuk-list govuk-list--number">${option.order.map(step => html`<li><bdi>${label(step)}</bdi>${isLoud(step) && ' (may be noticed)'}${index > 0 && !first.includes(step) && html` <strong>not in ${name(0)}</strong>`}</li>`)}</ol>${
      without.length > 0 &&
      html`<p class="govuk-body">In ${name(0)} and not in this one: <bdi>${without.join('; ')}</bdi>.</p>`
    }${
      opens.length > 0 &&
      html`<p class="govuk-body">Stays open: ${opens.map(node => labelOf(drawn, node)).join(', ')}.</p>`
    }${
      loses.length > 0 &&
      html`<p class="govuk-body">Evidence it does not keep: <bdi>${loses.map(id => drawn.evidenceWords.get(id) ?? id).join('; ')}</bdi></p>`
    }`,
  })
}

function chooseForm(visit: CaseVisit, view: CompareView): Html {
  const { compared, drawn, typed, problems } = view
  const { choose } = fieldWriter(typed, problems)
  return html`<h2 class="govuk-heading-m">Choose one</h2>${startForm(
    { action: `/cases/${visit.caseId}/map/lock-out/compare`, csrfToken: visit.csrfToken, once: view.once },
    html`<input type="hidden" name="seen" value="${String(drawn.revision)}">`,
    ...view.never.map(step => html`<input type="hidden" name="never" value="${step}">`),
    choose(
      'order',
      'Which plan does the client choose?',
      compared.options.map((option, index) => ({
        value: option.order.join(' '),
        text: `${name(index)} ${sayBest(option)}`,
      })),
    ),
    momentFieldsView(typed, problems),
    button({ text: 'The client chooses this plan', preventDoubleClick: true }),
  )}`
}
