import { tag } from '../../../web/components/tag.ts'
import { type Html, html } from '../../../web/html.ts'
import type { TimelineRecord } from '../../record.ts'
import { labelsOf } from '../../say-writer.ts'

/** The labels of a record: what it is as a tag, whatever else there is to say in a line beside it. */
export function recordTagsView(record: TimelineRecord): Html {
  const labels = labelsOf(record)
  const [kind, ...others] = record.kind === 'message' ? [null, ...labels] : labels
  const isUndecided = record.kind === 'unsettled'
  // A tag is narrow: it holds the answer, and the line beside it the rest.
  const shown = isUndecided ? 'Not decided' : record.kind === 'system' ? 'By the app' : kind
  const said = isUndecided ? ['The app’s words or a person’s', ...others] : others
  const classes = isUndecided ? 'govuk-tag--yellow' : 'govuk-tag--grey'
  return html`${shown && html`${tag({ text: shown, classes })} `}${
    said.length > 0 &&
    html`<span class="govuk-hint govuk-!-font-size-16 govuk-!-margin-bottom-1">${said.join('. ')}</span>`
  }`
}
