import type { CaseId } from '../../../foundation/ids.ts'
import { type Html, html } from '../../../web/html.ts'
import { type TimelineRecord, writeRecordRef } from '../../record.ts'
import { sayPlace } from '../../say-place.ts'

/** The address of a record's own page. */
export function recordHref(caseId: CaseId, ref: TimelineRecord['ref']): string {
  return `/cases/${caseId}/records/${writeRecordRef(ref)}`
}

/** "ABC/1, line 12", a link to the record as it stands in its source. */
export function sourceView(
  caseId: CaseId,
  record: Pick<TimelineRecord, 'ref' | 'exhibitRef' | 'place'>,
): Html {
  return html`<a class="govuk-link" href="${recordHref(caseId, record.ref)}">${record.exhibitRef}, <bdi>${sayPlace(record.place)}</bdi></a>`
}
