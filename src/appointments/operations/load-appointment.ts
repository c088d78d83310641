import { recordAct } from '../../audit/operations/record-act.ts'
import { openCaseSeal } from '../../cases/operations/open-case-seal.ts'
import { loadProfile } from '../../directory/operations/load-profile.ts'
import type { AppointmentId, CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import type { Appointment } from '../appointment.ts'
import { type AppointmentProblem, findAppointmentProblems } from '../appointment-problems.ts'
import { isStillAhead } from '../attendance.ts'
import type { FollowUp } from '../follow-up.ts'
import { followUpOf, openFollowUp } from '../follow-up-store.ts'
import { loadAppointments, loadBesideAppointment, loadSealedTexts } from '../store.ts'
import { placeField } from './book-appointment.ts'
import { followUpField } from './follow-up.ts'
import { notesField } from './keep-notes.ts'
import { loadCalendars } from './load-calendars.ts'
import { loadReminders, type Reminders } from './reminder.ts'

export type AppointmentFile = {
  readonly appointment: Appointment
  readonly zone: string
  /** How long an appointment is at this clinic, for the running order. */
  readonly minutes: number
  readonly notes: string
  /** The case was closed while this appointment is still to come. */
  readonly isCaseClosed: boolean
  readonly inTheWay: readonly AppointmentProblem[]
  /** Null where the person looking may not see the client's channels. */
  readonly reminders: Reminders | null
  readonly followUp: (FollowUp & { readonly words: string }) | null
}

/** One appointment with its notes, what is in its way and what is still to do; null when the case has none such. */
export async function loadAppointment(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  appointmentId: AppointmentId,
): Promise<AppointmentFile | null> {
  const appointment = (await loadAppointments(transaction, caseId)).find(
    each => each.appointmentId === appointmentId,
  )
  if (!appointment) return null
  const { timeZone, appointments } = await loadProfile(transaction)
  const sealed = await loadBesideAppointment(transaction, caseId, appointmentId)
  const followUp =
    sealed.followUp && followUpOf(appointmentId, openFollowUp(transaction, appointmentId, sealed.followUp))
  const seal = sealed.notes || followUp?.note ? await openCaseSeal(clinic, transaction, caseId) : null
  const open = async (field: string, text: Buffer | null | undefined): Promise<string> =>
    text && seal ? seal.open(field, text) : ''
  const isAhead = isStillAhead(appointment, transaction.now)
  const calendars = isAhead ? await loadCalendars(transaction, caseId) : null
  return {
    appointment,
    zone: timeZone,
    minutes: appointments.minutes,
    notes: await open(notesField(appointmentId), sealed.notes),
    isCaseClosed: calendars?.isCaseClosed ?? false,
    inTheWay: calendars ? findAppointmentProblems(appointment, calendars.calendars, timeZone) : [],
    reminders: await loadReminders(clinic, transaction, caseId, appointmentId),
    followUp: followUp && {
      ...followUp,
      words: await open(followUpField(appointmentId), followUp.note),
    },
  }
}

/** Where an appointment is, after a deliberate click that is recorded (S6); null when nothing was written down. */
export async function showPlace(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  appointmentId: AppointmentId,
): Promise<string | null> {
  const { place } = await loadSealedTexts(transaction, caseId, appointmentId)
  if (!place) return null
  await recordAct(transaction, {
    verb: 'appointment-place-shown',
    caseId,
    part: 'appointment',
    subject: appointmentId,
  })
  return (await openCaseSeal(clinic, transaction, caseId)).open(placeField(appointmentId), place)
}
