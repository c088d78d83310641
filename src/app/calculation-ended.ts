import type { AnyRoute } from '../identity/route.ts'
import type { NoResult } from '../platform/why-ended.ts'
import { type Answer, showPage } from '../web/answer.ts'
import { html } from '../web/html.ts'
import { layoutPage } from '../web/layout.ts'

const words: Readonly<Record<NoResult, string>> = {
  time: 'It took longer than the program waits for an answer.',
  memory: 'It needed more memory than the program gives to one answer.',
  busy: 'Several answers of this kind are being worked out, and this one would have had to wait too long.',
  'given-up': 'The person who asked for it had gone.',
  ended: 'The program that worked it out was ended.',
}

const advice: Readonly<Record<NoResult, string>> = {
  time: 'Try again when less is going on. If it happens again, enter less at once: take things off the map that nobody uses any more, and answer open questions about the others.',
  memory:
    'Take things off the map that nobody uses any more, and answer open questions about the others. If it happens again, tell your administrator.',
  busy: 'Wait a minute and try again.',
  'given-up': 'Open the page again.',
  ended: 'Try again. If it happens again, tell your administrator.',
}

/** Says that an answer could not be worked out, that nothing was changed, and what one can do. */
export function calculationEndedPage(route: AnyRoute, why: NoResult): Answer {
  const title = 'This could not be worked out'
  const body = html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds"><h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">${words[why]} Nothing was changed, and nothing that was saved before is lost.</p>
<p class="govuk-body">${advice[why]}</p></div></div>`
  const kind = route.kind === 'public' || route.kind === 'client' ? 'public' : 'staff'
  return showPage(layoutPage({ kind, title, body }), 503)
}
