import type { FormProblem } from '../../../foundation/decision.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { button } from '../../../web/components/button.ts'
import { startForm } from '../../../web/form.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { html } from '../../../web/html.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { type FormFields, fieldText, type PageRequest } from '../../../web/request.ts'
import { isStillAhead } from '../../attendance.ts'
import { loadAppointment } from '../../operations/load-appointment.ts'
import { moveAppointment } from '../../operations/move-appointment.ts'
import { offerSlots } from '../../operations/offer-slots.ts'
import { contactNotInSight, sayBookingRefusal } from '../../say-refusal.ts'
import { saySlot } from '../../say-slot.ts'
import { parseSlotChoice } from '../../slot-choice.ts'
import { hiddenFields, queryOfDay, readQuery, readWish, wishFields } from '../parts/appointment-form.ts'
import { idOf } from '../parts/appointment-id.ts'
import { timesFieldsView } from '../parts/times-view.ts'
import { wishFormView } from '../parts/wish-view.ts'

/** Another time, or other people, for an appointment that is still ahead. */
export function askForMove(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return show(request, visit, readQuery(request.query), [], 200)
}

/** Moves it, or says kindly why not; until it is moved, the old time stays. */
export async function takeMove(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { form } = request
  const appointmentId = idOf(request)
  if (!appointmentId) return showPage(problemPage(404), 404)
  const wish = readWish(form)
  const slot = parseSlotChoice(fieldText(form, 'slot'))
  if (!wish.ok || !slot) {
    const problems = slot ? [] : [{ field: 'slot', message: 'Select a time' }]
    return show(request, visit, form, problems, 422)
  }
  const { domesticAbuse } = wish.wish
  const done = await visit.onCase(transaction =>
    moveAppointment(transaction, visit.staff.personId, visit.caseId, appointmentId, {
      ...slot,
      domesticAbuse,
    }),
  )
  if (done.allowed) return goTo(`/cases/${visit.caseId}/appointments/${appointmentId}`)
  if (done.because === 'not-found') return showPage(problemPage(404), 404)
  if (done.because === 'not-ahead') return show(request, visit, form, [], 409)
  if (done.because === 'contact-not-in-sight')
    return show(request, visit, form, [{ field: 'slot', message: contactNotInSight }], 409)
  const message = sayBookingRefusal(done.because).replace('Nothing was booked', 'Nothing was moved')
  return show(request, visit, form, [{ field: 'slot', message }], 409)
}

async function show(
  request: PageRequest,
  visit: CaseVisit,
  asked: FormFields,
  problems: readonly FormProblem[],
  status: number,
): Promise<Answer> {
  const appointmentId = idOf(request)
  if (!appointmentId) return showPage(problemPage(404), 404)
  const found = await visit.onCase(async transaction => {
    const file = await loadAppointment(visit.clinic, transaction, visit.caseId, appointmentId)
    if (!file) return null
    const typed: FormFields = asked.has('abuse')
      ? asked
      : new Map([['abuse', [file.appointment.domesticAbuse ? 'yes' : 'no']]])
    const read = readWish(typed)
    const wish = read.ok
      ? read.wish
      : {
          domesticAbuse: file.appointment.domesticAbuse,
          named: new Map(),
          fromDay: null,
          isOnlyThatDay: false,
        }
    const offer = await offerSlots(transaction, visit.caseId, wish, { atMost: 1000, moving: appointmentId })
    return { file, typed, offer, wish, wrong: read.ok ? [] : read.problems }
  })
  if (!found) return showPage(problemPage(404), 404)
  const { file, typed, offer, wish } = found
  const { appointment, zone } = file
  const path = `/cases/${visit.caseId}/appointments/${appointmentId}`
  const back = { href: path, text: 'Back to the appointment' }
  if (!isStillAhead(appointment, visit.clinic.clock.now())) {
    const title = 'This appointment cannot be moved any more'
    const body = html`<h1 class="govuk-heading-l">${title}</h1><p class="govuk-body">It has begun, or was cancelled. Record what became of it, or <a class="govuk-link" href="/cases/${visit.caseId}/appointments/new">book another</a>.</p>`
    return showPage(staffPage(visit, { title, body, back }), 409)
  }
  const all = [...found.wrong, ...problems]
  const title = 'Move the appointment'
  const body = html`${caseNavigation(visit, 'appointment')}${problemSummary(all)}
<h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">It is on ${saySlot(appointment.startsAt, appointment.endsAt, zone)}. That time is kept until the new one is. Nobody is written to.</p>
${wishFormView({
  action: `${path}/move`,
  calendars: offer.calendars.calendars,
  because: 'As it was decided for this appointment.',
  typed,
  problems: all,
})}
${startForm(
  { action: `${path}/move`, csrfToken: visit.csrfToken },
  hiddenFields(typed, wishFields),
  timesFieldsView({
    offer,
    typed,
    problems: all,
    isOnlyOneDay: wish.isOnlyThatDay,
    addressOfDay: day => `${path}/move?${queryOfDay(typed, day)}`,
  }),
  offer.slots.length === 0 ? html`` : button({ text: 'Move it to this time', preventDoubleClick: true }),
)}`
  const page = staffPage(visit, { title: titleWithProblems(title, all), body, back })
  return showPage(page, found.wrong.length > 0 && status === 200 ? 422 : status)
}
