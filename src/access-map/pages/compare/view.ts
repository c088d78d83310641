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

/** The plans in a table, what sets each apart, and the form for choosing one. */
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
    : html`<p class="govuk-body">Each can be taken step by step without leaving the client worse off half-way. The price is what the catalogue says of each step, added up; more is dearer. The client decides what weighs most.</p>${priceTable(view)}${compared.withoutOrder > 0 && html`<p class="govuk-body">${compared.withoutOrder === 1 ? 'One plan that asks about as little is' : `${String(compared.withoutOrder)} plans that ask about as little are`} left out: there is no safe order for it.</p>`}${!compared.options.some(each => each.kind === 'unnoticed' || each.unnoticed === each.order.length) && html`<p class="govuk-body">Nothing can be closed without something that will be noticed.</p>`}${compared.options.map((option, index) => optionSteps(view, option, index))}${view.mayChange && chooseForm(visit, view)}`
}`,
  })
}

const name = (index: number): string => `Plan ${String.fromCharCode(65 + index)}`

function sayKind({ kind, isProven }: PlanOption): string {
  switch (kind) {
    case 'least':
      return isProven ? 'Asks least' : 'Asks little; not proven'
    case 'next':
      return 'The next'
    case 'unnoticed':
      return isProven ? 'Nobody notices' : 'Nobody notices; not proven'
  }
}

/** What a plan leaves out and takes instead, beside the first. */
function sayDifference({ drawn, compared }: CompareView, { order }: PlanOption): string {
  const label = (id: string): string => drawn.map.steps.find(step => step.id === id)?.label ?? id
  const first = compared.options[0]?.order ?? []
  const without = first.filter(step => !order.includes(step)).map(label)
  const instead = order.filter(step => !first.includes(step)).map(label)
  const parts = [
    without.length > 0 && `Without: ${without.join('; ')}.`,
    instead.length > 0 && `Instead: ${instead.join('; ')}.`,
  ]
  return parts.filter(Boolean).join(' ')
}

function priceTable({ compared }: CompareView): Html {
  const number = (value: number) => ({ text: String(value), format: 'numeric' as const })
  return scrollingRegion({
    label: 'Plans and their price',
    html: table({
      caption: 'Plans and their price',
      captionClasses: 'govuk-visually-hidden',
      firstCellIsHeader: true,
      head: [
        { text: 'Plan' },
        { text: 'Kind' },
        ...['Steps', 'Quiet first', 'Effort', 'Money', 'Disruption', 'Risk'].map(text => ({
          text,
          format: 'numeric' as const,
        })),
        { text: 'Stays open', format: 'numeric' },
        { text: 'Evidence not kept', format: 'numeric' },
      ],
      rows: compared.options.map((option, index) => [
        { text: name(index) },
        { text: sayKind(option) },
        number(option.order.length),
        number(option.unnoticed),
        number(option.price.effort),
        number(option.price.money),
        number(option.price.disruption),
        number(option.price.risk),
        number(option.opens.length),
        number(option.loses.length),
      ]),
    }),
  })
}

/** The steps of a plan in their order. Beside the first plan only those that differ are marked. */
function optionSteps({ drawn, compared }: CompareView, option: PlanOption, index: number): Html {
  const first = compared.options[0]?.order ?? []
  const label = (id: string): string => drawn.map.steps.find(step => step.id === id)?.label ?? id
  const isLoud = (id: string): boolean => drawn.map.steps.find(step => step.id === id)?.alerts ?? false
  return details({
    summary: { text: `The steps of ${name(index)}` },
    html: html`<ol class="govuk-list govuk-list--number">${option.order.map(step => html`<li><bdi>${label(step)}</bdi>${isLoud(step) && ' (may be noticed)'}${index > 0 && !first.includes(step) && html` <strong>not in ${name(0)}</strong>`}</li>`)}</ol>${
      option.opens.length > 0 &&
      html`<p class="govuk-body">Stays open: ${option.opens.map(node => labelOf(drawn, node)).join(', ')}.</p>`
    }${
      option.loses.length > 0 &&
      html`<p class="govuk-body">Evidence it does not keep: <bdi>${option.loses.map(id => drawn.evidenceWords.get(id) ?? id).join('; ')}</bdi></p>`
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
      compared.options.map((option, index) => {
        const hint = sayDifference(view, option)
        return {
          value: option.order.join(' '),
          text: `${name(index)}: ${sayKind(option).toLowerCase()}`,
          ...(hint === '' ? {} : { hint }),
        }
      }),
    ),
    momentFieldsView(typed, problems),
    button({ text: 'The client chooses this plan', preventDoubleClick: true }),
  )}`
}
