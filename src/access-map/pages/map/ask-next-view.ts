import { type Html, html } from '../../../web/html.ts'
import type { AskNext } from '../../picture/ask-next.ts'

const most = 10

/** The questions that would change the picture most, each a link to where it is asked. */
export function askNextView(base: string, asks: readonly AskNext[], label: (info: string) => string): Html {
  return html`<h2 class="govuk-heading-m" id="ask-next">Ask next</h2>${
    asks.length === 0
      ? html`<p class="govuk-body">No open question would change the picture.</p>`
      : html`<p class="govuk-body">What would change the picture most comes first. The plan has <a class="govuk-link" href="${base}/lock-out/what-if">an order of its own</a>: by what an answer would save of it.</p><ol class="govuk-list govuk-list--number">${asks
          .slice(0, most)
          .map(
            each =>
              html`<li><a class="govuk-link" href="${base}/things/${each.thingId}#q-${each.question}">${each.ask}</a><br><span class="govuk-hint"><bdi>${each.label}</bdi>${each.wasAsked && ', not known so far'}. ${sayWorth(each, label)}</span></li>`,
          )}</ol>${
          asks.length > most &&
          html`<p class="govuk-body">${asks.length - most} more open questions would change it less.</p>`
        }`
  }`
}

function sayWorth({ closes, paths }: AskNext, label: (info: string) => string): string {
  if (closes.length > 0) return `A “no” closes: ${closes.map(label).join(', ')}.`
  if (paths > 0) return `A “no” closes ${paths === 1 ? 'one path' : `${paths} paths`} to information.`
  return 'A “no” alone leaves the picture as it is, and spares the plan a path to close.'
}
