import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { warningText } from '../../../web/components/warning-text.ts'
import { type Html, html } from '../../../web/html.ts'
import { sayPosition } from '../../giveaways/find-position.ts'
import type { ShownPosition } from '../../operations/show-position.ts'

/** Where a picture was taken, as its camera wrote it. It is on this page alone. */
export function positionView(visit: CaseVisit, { item, position }: ShownPosition): Html {
  const path = `/cases/${visit.caseId}/evidence/${item.itemId}`
  const title = `Position in exhibit ${item.exhibitRef}`
  const body = html`${caseNavigation(visit, 'evidence')}
<h1 class="govuk-heading-l">${title}</h1>
${warningText({ text: 'This may be where the client lives. Do not type it into a map or any other page outside this program: whoever runs that page then knows it too.' })}
<p class="govuk-body">${position ? html`<strong>${sayPosition(position)}</strong>` : 'No position that can be read here stands in the camera data. A program may have written one elsewhere in the file.'}</p>
<p class="govuk-body">The device that took the picture wrote this, and anybody can alter it. That you looked is in the trail of the case and in the custody log. It is kept nowhere else; leave this page and it is gone.</p>`
  return staffPage(visit, {
    title,
    body,
    back: { href: path, text: `Back to exhibit ${item.exhibitRef}` },
  })
}
