import { tag } from '../../../web/components/tag.ts'
import type { Html } from '../../../web/html.ts'
import type { LinkRequestState } from '../../link-request.ts'

const states: Readonly<Record<LinkRequestState, { readonly text: string; readonly classes: string }>> = {
  asked: { text: 'Waiting', classes: 'govuk-tag--yellow' },
  approved: { text: 'Approved', classes: 'govuk-tag--green' },
  refused: { text: 'Not approved', classes: 'govuk-tag--red' },
  withdrawn: { text: 'Taken back', classes: 'govuk-tag--grey' },
}

/** The state of a link that was asked for. */
export function linkRequestTagView(state: LinkRequestState): Html {
  return tag(states[state])
}
