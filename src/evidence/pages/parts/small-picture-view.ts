import type { CaseId } from '../../../foundation/ids.ts'
import { type Html, html } from '../../../web/html.ts'
import type { Item } from '../../item.ts'

/** A small picture of an exhibit that leads to the page where it can be looked at. */
export function smallPictureView(caseId: CaseId, item: Pick<Item, 'itemId' | 'exhibitRef'>): Html {
  const href = `/cases/${caseId}/evidence/${item.itemId}/picture`
  return html`<a class="govuk-link" href="${href}"><img class="small-picture" src="${href}/small" alt="Look at the picture of ${item.exhibitRef}" width="80" height="80" loading="lazy" decoding="async"></a>`
}
