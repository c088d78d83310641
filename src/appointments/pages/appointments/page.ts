import { caseNavigation } from '../../../identity/case-navigation.ts'
import { roleName } from '../../../identity/role.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { button } from '../../../web/components/button.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { table } from '../../../web/components/table.ts'
import { type Html, html } from '../../../web/html.ts'
import type { PageRequest } from '../../../web/request.ts'
import { type Appointment, sayPlaceKind, sayState } from '../../appointment.ts'
import { listAppointments } from '../../operations/list-appointments.ts'
import { saySlot } from '../../say-slot.ts'

/** The appointments of a case: those to come, and those that were. */
export async function showAppointments(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { caseId, clinic } = visit
  const { appointments, zone } = await visit.onCase(transaction => listAppointments(transaction, caseId))
  const now = clinic.clock.now()
  const isComing = (each: Appointment): boolean => each.state === 'booked' && each.endsAt > now
  const coming = appointments.filter(isComing).reverse()
  const before = appointments.filter(each => !isComing(each))
  const body = html`${caseNavigation(visit, 'appointment')}
<h1 class="govuk-heading-l">Appointments</h1>
${
  visit.sees('appointment', 'write') &&
  button({ text: 'Book an appointment', href: `/cases/${caseId}/appointments/new` })
}
<h2 class="govuk-heading-m">To come</h2>
${coming.length === 0 ? html`<p class="govuk-body">No appointment is booked.</p>` : listOf(visit, 'Appointments to come', coming, zone)}
${before.length > 0 && html`<h2 class="govuk-heading-m">Before</h2>${listOf(visit, 'Appointments before', before, zone)}`}`
  return showPage(staffPage(visit, { title: 'Appointments', body, back: { href: `/cases/${caseId}` } }))
}

function listOf(visit: CaseVisit, label: string, lines: readonly Appointment[], zone: string): Html {
  return scrollingRegion({
    label,
    html: table({
      caption: label,
      captionClasses: 'govuk-visually-hidden',
      head: [{ text: 'When' }, { text: 'Who' }, { text: 'How' }, { text: 'State' }],
      rows: lines.map(each => [
        {
          html: html`<a class="govuk-link" href="/cases/${visit.caseId}/appointments/${each.appointmentId}">${saySlot(each.startsAt, each.endsAt, zone)}</a>`,
        },
        {
          html: html`${each.people.map(person => html`<bdi>${person.name}</bdi>, ${roleName(person.role)}<br>`)}`,
        },
        { text: sayPlaceKind(each.placeKind) },
        { text: sayState(each.state) },
      ]),
    }),
  })
}
