import { warningText } from '../../../web/components/warning-text.ts'
import { type Html, html } from '../../../web/html.ts'

/** The words that come first wherever somebody may be in danger. */
export function emergencyWords(): Html {
  return html`${emergencyLine()}<p class="govuk-body">If you cannot speak on a mobile phone: stay on the line, cough or tap the screen, and press 55 when you are asked to. A silent call alone does not bring the police, and 55 does not tell them where you are. If you are deaf or cannot speak: call by video with 999 BSL, or text 999 if you have registered.</p>`
}

/** The first line of it alone, for a page that holds little else. */
export function emergencyLine(): Html {
  return warningText({ text: 'If you are in danger now, call 999.' })
}
