import { sayDay } from '../../../foundation/calendar-day.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { type Html, html } from '../../../web/html.ts'
import type { LeakFinding, LeakFindings } from '../../leaks/leak-answer.ts'
import { sayAtLeast, sayTurningPoint, turningPoints } from '../../leaks/say-leak.ts'

/** What may be said: a source with a figure that holds when something was entered wrongly, or what would settle it. */
export function findingView({ finding }: LeakFindings, base: string, mayChange: boolean): Html {
  return html`<h2 class="govuk-heading-m" id="finding">What can be said</h2>${
    finding.settled ? settledView(finding) : openView(finding, base, mayChange)
  }`
}

type Settled = Extract<LeakFinding, { settled: true }>
type Open = Extract<LeakFinding, { settled: false }>

function settledView({ said }: Settled): Html {
  return html`${said.map(
    each =>
      html`<p class="govuk-body govuk-!-font-weight-bold">Likely to have told them: <bdi>${each.label}</bdi>, ${sayAtLeast(each.atLeast)}.</p>`,
  )}<p class="govuk-body">That holds in each of these cases, taken one at a time:</p>
<ul class="govuk-list govuk-list--bullet">${turningPoints.map(each => html`<li>${sayTurningPoint(each)}</li>`)}</ul>`
}

function openView({ between, turns, tick, test }: Open, base: string, mayChange: boolean): Html {
  const could =
    between.length === 0
      ? html`Nothing speaks for any source yet.`
      : between.length === 1
        ? html`It could be <bdi>${between[0]}</bdi>, but too little speaks for it.`
        : html`It could be ${between.map((label, at) => html`${at > 0 && (at === between.length - 1 ? ' or ' : ', ')}<bdi>${label}</bdi>`)}.`
  const day = tick && html`${sayDay(tick.day.on)}: <bdi>${tick.day.what}</bdi>`
  return insetText({
    html: html`<p class="govuk-body"><strong>Not settled.</strong> ${could}</p>${
      turns.length > 0 &&
      html`<p class="govuk-body">The answer turns in ${turns.length === 1 ? 'this case' : 'each of these cases'}:</p><ul class="govuk-list govuk-list--bullet">${turns.map(
        each => html`<li>${sayTurningPoint(each)}</li>`,
      )}</ul>`
    }${
      tick &&
      html`<p class="govuk-body">Ask about this first: did <bdi>${tick.label}</bdi> carry it on ${mayChange ? html`<a class="govuk-link" href="${base}/days/${tick.day.dayId}">${day}</a>` : day}? The table says that it ${tick.isTicked ? 'did' : 'did not'}, and more hangs on that than on any other tick.</p>`
    }${
      test &&
      html`<p class="govuk-body">Then find out more: <bdi>${test.do}</bdi>. <a class="govuk-link" href="#tests">Read its danger first.</a></p>`
    }`,
  })
}
