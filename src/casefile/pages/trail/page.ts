import { listTrail } from '../../../audit/operations/list-trail.ts'
import { writeTrail } from '../../../cases/trail-line.ts'
import { loadIncidentZone } from '../../../chronology/operations/load-incident.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { table } from '../../../web/components/table.ts'
import { html } from '../../../web/html.ts'
import type { PageRequest } from '../../../web/request.ts'

const newest = 1000

/** Who did and who looked at what in a case. */
export async function showTrail(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { acts, zone } = await visit.onCase(async transaction => ({
    acts: await listTrail(transaction, visit.caseId, newest),
    zone: await loadIncidentZone(transaction, visit.caseId),
  }))
  const body = html`${caseNavigation(visit, 'trail')}
<h1 class="govuk-heading-l">Who looked</h1>
<p class="govuk-body">Everything that was done and looked at in this case, the newest first. Nobody can change or remove a line. The client may ask to see it.</p>
${acts.length === newest && html`<p class="govuk-body">These are the newest ${newest} acts. The older ones are kept.</p>`}
<div class="scrolls-sideways" tabindex="0" role="region" aria-label="Who looked">${table({
    caption: 'Who looked',
    captionClasses: 'govuk-visually-hidden',
    head: [{ text: 'When' }, { text: 'Who' }, { text: 'Agency' }, { text: 'What' }],
    rows: writeTrail(acts).map(line => [
      { text: sayMoment(line.at, zone) },
      { text: line.who },
      { text: line.agency },
      { text: line.did },
    ]),
  })}</div>`
  return showPage(staffPage(visit, { title: 'Who looked', body, wide: true }))
}
