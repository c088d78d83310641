import { type CalendarDay, dayAt } from '../../../foundation/calendar-day.ts'
import { sayLawReading } from '../../../foundation/law-reading.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import { type SummaryRow, summaryList } from '../../../web/components/summary-list.ts'
import { type Html, html } from '../../../web/html.ts'
import { guardedWords } from '../../basis-answers.ts'
import { findCondition, guardedKinds } from '../../data-condition.ts'
import { findBasis, sayBasis } from '../../legal-basis.ts'
import type { ExceptionLine } from '../../operations/list-exceptions.ts'
import { sayUsualPart } from '../../usual-parts.ts'

export const stateWords = {
  asked: 'Waiting for another coordinator',
  approved: 'Approved',
  refused: 'Refused',
  withdrawn: 'Taken back',
} as const

/** Everything about one sharing without consent, as the approver reads it and as it prints. */
export function exceptionRecordView(request: ExceptionLine, zone: string, now: Date): Html {
  const { decidedAt } = request
  const row = (key: string, value: Html | string): SummaryRow => ({
    key: { text: key },
    value: typeof value === 'string' ? { text: value } : { html: value },
  })
  return summaryList({
    rows: [
      row('May see', request.parts.map(sayUsualPart).join(', ')),
      row('Rests on', sayRestsOn(request.legalBasis, dayAt(now, zone))),
      ...groundRows(request, row, dayAt(now, zone)),
      row('Why', html`<bdi>${request.reason}</bdi>`),
      row('Client told', request.isTold ? 'Yes' : html`No: <bdi>${request.notToldBecause}</bdi>`),
      row('Until', sayMoment(request.until, zone)),
      row('Asked for', html`<bdi>${request.askedByName}</bdi>, ${sayMoment(request.askedAt, zone)}`),
      ...(decidedAt
        ? [
            row(
              stateWords[request.state],
              html`<bdi>${request.decidedByName ?? ''}</bdi>, ${sayMoment(decidedAt, zone)}${request.note !== '' && html`: <bdi>${request.note}</bdi>`}`,
            ),
          ]
        : []),
    ],
  })
}

function sayRestsOn(basis: string, today: CalendarDay): Html {
  const found = findBasis(basis)
  return html`${sayBasis(basis) ?? 'A basis this program does not know'}${found && html`<br><span class="govuk-hint">${sayLawReading(found, today)}</span>`}`
}

function groundRows(
  request: ExceptionLine,
  row: (key: string, value: Html | string) => SummaryRow,
  today: CalendarDay,
): readonly SummaryRow[] {
  const { grounds } = request
  if (!grounds) return [row('Its questions', 'Not asked at the time: it cannot be approved')]
  const limbs = findBasis(request.legalBasis)?.limbs ?? []
  const conditions = guardedKinds.map(kind => {
    const found = findCondition(grounds[kind])
    return row(
      `Tells of ${guardedWords[kind]}`,
      found
        ? html`${found.words}. ${found.holds}<br><span class="govuk-hint">${sayLawReading(found, today)}</span>`
        : 'No, the person who asked said',
    )
  })
  return [
    ...limbs.map(limb => {
      const answer = grounds.limbs[limb.id] ?? ''
      return row(
        limb.asks,
        limb.kind === 'yes' ? (answer === 'yes' ? 'Yes' : 'No') : html`<bdi>${answer}</bdi>`,
      )
    }),
    ...conditions,
    ...(grounds.conditionWhy === ''
      ? []
      : [row('Why the condition holds', html`<bdi>${grounds.conditionWhy}</bdi>`)]),
    ...(grounds.policyDocument === ''
      ? []
      : [row('Appropriate policy document', html`<bdi>${grounds.policyDocument}</bdi>`)]),
  ]
}
