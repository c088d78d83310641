import type { CaseId, PhraseUseId } from '../foundation/ids.ts'
import { sayMoment } from '../foundation/say-date.ts'
import { warningText } from '../web/components/warning-text.ts'
import { type Html, html } from '../web/html.ts'

/** A use of a client's second phrase that nobody has looked into: the client may not be alone (rule S4). */
export type QuietUse = {
  readonly caseId: CaseId
  readonly useId: PhraseUseId
  readonly reference: string
  readonly at: Date
}

/** The lines of the cases in which a second phrase was used first, and both in the order they had. */
export function putSecondPhraseFirst<Line extends { readonly caseId: CaseId }>(
  lines: readonly Line[],
  uses: readonly Pick<QuietUse, 'caseId'>[],
): readonly Line[] {
  const cases = new Set(uses.map(each => each.caseId))
  return [...lines.filter(each => cases.has(each.caseId)), ...lines.filter(each => !cases.has(each.caseId))]
}

/**
 * The first thing on every list that holds such a case: one warning for each, however often it happened.
 *
 * @param zone null where a page tells no times
 */
export function secondPhraseFirst(uses: readonly QuietUse[], zone: string | null): Html {
  const cases = [...new Set(uses.map(each => each.caseId))]
  return html`${cases.map(caseId => {
    const own = uses.filter(each => each.caseId === caseId)
    const reference = own[0]?.reference ?? ''
    return warningText({
      html: html`Case ${reference}: the second phrase was used${sayWhen(own, zone)}. The client may not be alone. <a class="govuk-link" href="/cases/${caseId}/phrase">What to do now<span class="govuk-visually-hidden"> in case ${reference}</span></a>`,
      iconFallbackText: 'Warning',
    })
  })}`
}

/** " on 3 March 2026 at 4pm"; " 3 times, last on …". */
export function sayWhen(uses: readonly Pick<QuietUse, 'at'>[], zone: string | null): string {
  const last = new Date(Math.max(...uses.map(each => each.at.getTime())))
  const many = uses.length === 1 ? '' : ` ${uses.length} times`
  if (zone === null) return many
  return `${many}${uses.length === 1 ? '' : ', last'} on ${sayMoment(last, zone)}`
}
