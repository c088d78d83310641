import { roleName } from '../../../identity/role.ts'
import type { ClinicVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { table } from '../../../web/components/table.ts'
import { html } from '../../../web/html.ts'
import type { PageRequest } from '../../../web/request.ts'
import { listCalendars } from '../../operations/load-calendar.ts'

/** Everybody who keeps a calendar, and whether they can be booked. */
export async function showCalendars(_request: PageRequest, visit: ClinicVisit): Promise<Answer> {
  const owners = await visit.onClinic(listCalendars)
  const title = 'Calendars'
  const stateOf = (owner: (typeof owners)[number]): string => {
    if (!owner.isActive) return 'Not at work: cannot be booked'
    return owner.hasHours ? 'Can be booked' : 'No working hours yet: cannot be booked'
  }
  const body = html`<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">Cyber advisers, stalking advocates and IDVAs. Without working hours nobody can be booked.</p>${
    owners.length === 0
      ? html`<p class="govuk-body">There is nobody yet. An administrator invites people.</p>`
      : scrollingRegion({
          label: title,
          html: table({
            caption: title,
            captionClasses: 'govuk-visually-hidden',
            head: [{ text: 'Name' }, { text: 'Role' }, { text: 'Agency' }, { text: 'Bookings' }],
            rows: owners.map(owner => [
              {
                html: html`<a class="govuk-link" href="/calendars/${owner.personId}"><bdi>${owner.name}</bdi></a>`,
              },
              { text: roleName(owner.role) },
              { text: owner.agencyName },
              { text: stateOf(owner) },
            ]),
          }),
        })
  }`
  return showPage(staffPage(visit, { title, body }))
}
