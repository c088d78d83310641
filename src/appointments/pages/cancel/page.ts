import { z } from 'zod'
import { channelsWithVerdicts } from '../../../contact/channel-verdict-line.ts'
import { type ActCheck, findActCheck, showActCheck } from '../../../identity/check-act.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import type { Transaction } from '../../../platform/database.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { oneOf } from '../../../web/form-fields.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { readForm } from '../../../web/read-form.ts'
import type { PageRequest } from '../../../web/request.ts'
import { cancelReasons, sayCancelReason } from '../../appointment.ts'
import { cancelAppointment } from '../../operations/cancel-appointment.ts'
import { type AppointmentFile, loadAppointment } from '../../operations/load-appointment.ts'
import { contactNotInSight } from '../../say-refusal.ts'
import { saySlot } from '../../say-slot.ts'
import { idOf } from '../parts/appointment-id.ts'

const schema = z.object({ reason: oneOf(cancelReasons, 'Select why it is cancelled') })

function cancellingOf(visit: CaseVisit, { appointment, zone, reminders }: AppointmentFile): ActCheck {
  const path = `/cases/${visit.caseId}/appointments/${appointment.appointmentId}`
  const waiting = reminders?.messages.filter(each => each.state === 'waiting').length ?? 0
  return {
    title: 'Cancel this appointment?',
    chosen: [
      { key: 'When', value: saySlot(appointment.startsAt, appointment.endsAt, zone) },
      { key: 'Who', value: appointment.people.map(each => each.name).join(', ') },
    ],
    follows: [
      'Everybody’s time is freed, and others can be booked into it at once.',
      waiting > 0 ? 'The reminder that waits is stopped.' : 'No reminder waits to be sent.',
      'Nobody is written to: tell the client by a way that may be used now, and your colleagues yourself.',
      channelsWithVerdicts(reminders?.problems ?? null),
      'The client’s own page shows it no more.',
    ],
    undo: 'It cannot be put back. Book another, if the time is still free; or go back and move it instead.',
    action: `${path}/cancel`,
    fields: {},
    asks: ({ choose }) =>
      choose(
        'reason',
        'Why?',
        cancelReasons.map(reason => ({ value: reason, text: sayCancelReason(reason) })),
      ),
    button: 'Cancel the appointment',
    back: { href: path, text: 'Back to the appointment' },
  }
}

const notFound = (): Answer => showPage(problemPage(404), 404)

/** Says what follows and asks why, before an appointment is cancelled. */
export function askForCancelling(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return visit.onCase(async transaction => {
    const file = await find(request, visit, transaction)
    return file ? showActCheck(visit, request.form, cancellingOf(visit, file)) : notFound()
  })
}

/** Cancels it, which frees everybody’s time and writes to nobody. */
export function takeCancelling(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return visit.onCase(async transaction => {
    const file = await find(request, visit, transaction)
    if (!file) return notFound()
    const { appointmentId, state } = file.appointment
    const path = `/cases/${visit.caseId}/appointments/${appointmentId}`
    if (state === 'cancelled') return goTo(path)
    const read = readForm(schema, request.form)
    const check = cancellingOf(visit, file)
    const page = findActCheck(visit, request.form, check, read.ok ? [] : read.problems)
    if (page || !read.ok) return page ?? notFound()
    const { personId } = visit.staff
    const done = await cancelAppointment(
      transaction,
      personId,
      visit.caseId,
      appointmentId,
      read.value.reason,
    )
    if (done.allowed) return goTo(path)
    if (done.because === 'not-found') return notFound()
    const message =
      done.because === 'contact-not-in-sight'
        ? contactNotInSight
        : 'The appointment has begun. Record what became of it instead'
    return findActCheck(visit, request.form, check, [{ field: 'reason', message }], 409) ?? notFound()
  })
}

async function find(
  request: PageRequest,
  visit: CaseVisit,
  transaction: Transaction,
): Promise<AppointmentFile | null> {
  const appointmentId = idOf(request)
  return appointmentId && loadAppointment(visit.clinic, transaction, visit.caseId, appointmentId)
}
