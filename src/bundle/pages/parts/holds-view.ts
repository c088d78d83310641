import { sayAccountPlace } from '../../../evidence/say-account.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Html, html } from '../../../web/html.ts'
import { saySearch, type WeighedExhibit } from '../../exhibit-choice.ts'

/** What was found in an exhibit and the first places of it, or why it is not known. The content itself is not shown. */
export function holdsView(visit: CaseVisit, { itemId, reference, look }: WeighedExhibit): Html {
  // Of a whole file there is no place to name.
  const places = (look?.found ?? [])
    .flatMap(each => each.places)
    .filter(place => place.entry !== null || place.firstLine !== null)
    .slice(0, 3)
  const reasons = [...new Set((look?.notLooked ?? []).map(each => each.because))].slice(0, 3)
  return html`${saySearch(look)}${places.length > 0 && html` First at: <bdi>${places.map(sayAccountPlace).join('; ')}</bdi>.`}${reasons.length > 0 && html` ${reasons.join(' ')}`} <a class="govuk-link" href="/cases/${visit.caseId}/evidence/${itemId}" target="_blank" rel="noreferrer">Look at ${reference} (opens in new tab)</a>`
}
