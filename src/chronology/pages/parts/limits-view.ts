import type { CalendarDay } from '../../../foundation/calendar-day.ts'
import { citeSaying } from '../../../foundation/law-reading.ts'
import { details } from '../../../web/components/details.ts'
import { summaryList } from '../../../web/components/summary-list.ts'
import { type Html, html } from '../../../web/html.ts'
import { limitationRules } from '../../limitation-rules.ts'
import { findUnreadLimits, meaningOfTimeLimits, sayTimeLimit } from '../../say-time-limits.ts'
import type { TimeLimit } from '../../time-limits.ts'

/** Every time limit that may apply, each with its own start, what they mean, and where the rules stand. */
export function limitsView(limits: readonly TimeLimit[], today: CalendarDay): Html {
  const unread = findUnreadLimits(today)
  return html`<h2 class="govuk-heading-m">Time limits for a charge</h2>
<p class="govuk-body">${meaningOfTimeLimits}</p>${summaryList({
    rows: limits.map(limit => {
      const { charges, words } = sayTimeLimit(limit)
      return { key: { text: charges }, value: { text: words } }
    }),
  })}${details({
    summary: { text: 'Where these limits stand in law, and what of it nobody here has read' },
    html: html`<ul class="govuk-list govuk-list--bullet">${limitationRules
      .flatMap(each => each.readings)
      .map(each => html`<li>${citeSaying(each)}</li>`)}</ul>${
      unread.length > 0 &&
      html`<p class="govuk-body">Check before relying on these:</p><ul class="govuk-list govuk-list--bullet">${unread.map(each => html`<li>${each}</li>`)}</ul>`
    }`,
  })}`
}
