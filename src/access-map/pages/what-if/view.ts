import { type MapStep, measures } from '../../../access-engine/reach/map.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { table } from '../../../web/components/table.ts'
import { type Html, html } from '../../../web/html.ts'
import type { AboutStep, askForUnnoticed } from '../../operations/ask-what-if.ts'
import type { DrawnCase } from '../../operations/draw-up-case.ts'
import type { ValuedQuestions } from '../../operations/value-questions.ts'
import { labelOf } from '../parts/card-rows.ts'

const unproven = 'There was not time to prove that nothing else asks less.'

/** Why a step is in the plan, and what would replace it. */
export function stepView(visit: CaseVisit, drawn: DrawnCase, step: MapStep, about: AboutStep): Html {
  const label = (id: string): string => drawn.map.steps.find(each => each.id === id)?.label ?? id
  const list = (ids: readonly string[], say: (id: string) => string): Html =>
    html`<ul class="govuk-list govuk-list--bullet">${ids.map(id => html`<li><bdi>${say(id)}</bdi></li>`)}</ul>`
  const nodes = (ids: readonly string[]): Html => list(ids, id => labelOf(drawn, id))
  const { why, without } = about
  const isNeeded = why.opens.length + why.loses.length + why.askedForBy.length > 0
  const prices = measures.filter(measure => without.dearer[measure] !== 0)
  return frame(
    visit,
    'Why this step',
    html`<span class="govuk-caption-l">Why this step, and what if not</span><h1 class="govuk-heading-l"><bdi>${step.label}</bdi></h1>
<h2 class="govuk-heading-m">Why this step</h2>
${why.opens.length > 0 && html`<p class="govuk-body">Without it this opens again:</p>${nodes(why.opens)}`}
${why.loses.length > 0 && html`<p class="govuk-body">Without it the client would lose:</p>${nodes(why.loses)}`}
${why.askedForBy.length > 0 && html`<p class="govuk-body">Other steps ask for it:</p>${list(why.askedForBy, label)}`}
${!isNeeded && html`<p class="govuk-body">Nothing opens again without it: it is there to keep evidence, or to make another step safe.</p>`}
<h2 class="govuk-heading-m">What if not this step</h2>
${
  without.order === null
    ? html`<p class="govuk-body"><strong>There is no plan without it</strong> that leaves the client what is theirs.</p>`
    : html`${
        without.opens.length > 0
          ? html`<p class="govuk-body"><strong>Nothing stands in for it whole.</strong> Without it this stays open:</p>${nodes(without.opens)}`
          : html`<p class="govuk-body">Another plan closes as much.</p>`
      }${without.added.length > 0 && html`<p class="govuk-body">It takes instead:</p>${list(without.added, label)}`}${without.dropped.length > 0 && html`<p class="govuk-body">It does without:</p>${list(without.dropped, label)}`}${without.loses.length > 0 && html`<p class="govuk-body">Nothing in it keeps this evidence, so it is kept otherwise or lost:</p>${list(without.loses, id => drawn.evidenceWords.get(id) ?? id)}`}<p class="govuk-body">${
        prices.length === 0
          ? 'It asks as much of the client as before.'
          : `It asks ${prices.map(measure => sayDearer(measure, without.dearer[measure])).join(', ')}.`
      } ${!without.isProven && unproven}</p>`
}`,
  )
}

function sayDearer(measure: string, by: number): string {
  return by > 0 ? `${String(by)} more ${measure}` : `${String(-by)} less ${measure}`
}

/** What stays open when nothing may be noticed, and which questions are worth asking first. */
export function whatIfQuestionsView(
  visit: CaseVisit,
  drawn: DrawnCase,
  unnoticed: Awaited<ReturnType<typeof askForUnnoticed>> | null,
  valued: ValuedQuestions,
): Html {
  return frame(
    visit,
    'What would change the plan',
    html`<h1 class="govuk-heading-l">What would change the plan</h1>
<h2 class="govuk-heading-m">If nothing may be noticed</h2>${
      unnoticed === null
        ? html`<p class="govuk-body">There is nothing on the map to plan for.</p>`
        : html`<p class="govuk-body">${
            unnoticed.opens.length === 0
              ? 'Quiet steps alone close everything that is on the map.'
              : `Quiet steps alone leave this open: ${unnoticed.opens.map(node => labelOf(drawn, node)).join(', ')}.`
          } ${!unnoticed.isProven && unproven}</p>`
    }
<h2 class="govuk-heading-m">What to ask next</h2>${questionTable(visit, valued)}`,
  )
}

function questionTable(visit: CaseVisit, { questions, notTried }: ValuedQuestions): Html {
  if (questions.length + notTried === 0)
    return html`<p class="govuk-body">Every question about what is on the map has a certain answer.</p>`
  return html`<p class="govuk-body">What is not certain counts against the client. Of each such question it was asked how much less the plan would ask if the answer turned out to be no. The first are worth most.</p>${scrollingRegion(
    {
      label: 'What to ask next',
      html: table({
        caption: 'What to ask next',
        captionClasses: 'govuk-visually-hidden',
        firstCellIsHeader: true,
        head: [
          { text: 'Question' },
          { text: 'About' },
          { text: 'So far' },
          { text: 'The plan would ask less by', format: 'numeric' },
        ],
        rows: questions.map(each => [
          {
            html: html`<a class="govuk-link" href="/cases/${visit.caseId}/map/things/${each.thingId}">${each.ask}</a>`,
          },
          { html: html`<bdi>${each.label}</bdi>` },
          { text: each.isUnknown ? 'Not known' : 'Probably' },
          { text: String(each.saving), format: 'numeric' },
        ]),
      }),
    },
  )}${notTried > 0 && html`<p class="govuk-body">${notTried === 1 ? 'One more question was' : `${String(notTried)} more questions were`} not weighed, because the time was up.</p>`}`
}

function frame(visit: CaseVisit, title: string, body: Html): Html {
  return staffPage(visit, {
    title,
    back: { href: `/cases/${visit.caseId}/map/lock-out`, text: 'Back to the lock-out plan' },
    body: html`${caseNavigation(visit, 'map')}${body}`,
  })
}
