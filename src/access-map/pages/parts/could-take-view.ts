import type { StateAfterStep } from '../../../access-engine/plan/after-each-step.ts'
import { type Html, html } from '../../../web/html.ts'
import type { DrawnCase } from '../../operations/draw-up-case.ts'
import { labelOf } from './card-rows.ts'

/** What the suspected person could still take over once a step is done, by name; nothing for a step that is not to come. */
export function couldTakeView(
  drawn: DrawnCase,
  stepId: string,
  states: readonly StateAfterStep[],
): Html | false {
  const state = states.find(each => each.step === stepId)
  if (!state) return false
  const { couldSeize, couldRegain, isNoticedByThen } = state
  const names = (nodes: readonly string[]): Html =>
    html`${nodes.map((node, index) => html`${joint(index, nodes.length)}<bdi>${labelOf(drawn, node)}</bdi>`)}`
  const isLeft = couldSeize.length + couldRegain.length > 0
  return html`<h2 class="govuk-heading-m">What could still be taken</h2>
${
  couldSeize.length > 0
    ? html`<p class="govuk-body">Once this is done, the suspected person still reaches ${names(couldSeize)}, and could take ${couldSeize.length > 1 ? 'them' : 'it'} over.</p>`
    : html`<p class="govuk-body">Once this is done, nothing that the client must keep is left, by the map, for the suspected person to take over.</p>`
}
${
  couldRegain.length > 0 &&
  html`<p class="govuk-body">The suspected person no longer reaches ${names(couldRegain)}, but could try to get ${couldRegain.length > 1 ? 'them' : 'it'} back through what they still reach.</p>`
}
${
  isNoticedByThen
    ? isLeft &&
      html`<p class="govuk-body">By then the suspected person may know that something is being done.</p>`
    : html`<p class="govuk-body">By the map, nothing is noticed up to here.</p>`
}`
}

const joint = (index: number, count: number): string =>
  index === 0 ? '' : index === count - 1 ? ' and ' : ', '
