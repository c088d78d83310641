import { type Belief, beliefs } from '../../../access-engine/reach/map.ts'
import { type Html, html } from '../../../web/html.ts'
import { markPathView } from './picture-view.ts'

const shapes: Readonly<Record<Belief, string>> = {
  known: 'Whole line, full mark',
  suspected: 'Dashed line, half mark',
  possible: 'Dotted line, empty mark',
}

const meanings: Readonly<Record<Belief, string>> = {
  known: 'known',
  suspected: 'suspected',
  possible: 'possible, or not known',
}

/** What the lines and the marks of a picture mean, beside a sample of each. */
export function legendView(means: Readonly<Record<Belief, string>> = meanings): Html {
  return html`<ul class="govuk-list reach-legend">${beliefs.map(
    belief =>
      html`<li><svg class="reach-sample" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 14" width="64" height="14" aria-hidden="true" focusable="false"><path class="reach-line reach-line--${belief}" d="M0 7H44"/>${markPathView([{ x: 54, y: 7 }], belief, 5.5)}</svg> ${shapes[belief]}: ${means[belief]}</li>`,
  )}</ul>`
}
