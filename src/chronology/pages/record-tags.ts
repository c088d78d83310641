import { tag } from '../../web/components/tag.ts'
import { type Html, html } from '../../web/html.ts'
import type { LineRecord } from '../record.ts'
import { sayRecordKind } from '../say-record-kind.ts'
import { labelsOf } from '../say-writer.ts'

const undecided = sayRecordKind('unsettled')

/** The labels of a record as tags; that it is not decided whose words it holds stands out. */
export function recordTags(record: LineRecord): Html {
  return html`${labelsOf(record).map(
    text => html`${tag({ text, classes: text === undecided ? 'govuk-tag--yellow' : 'govuk-tag--grey' })} `,
  )}`
}
