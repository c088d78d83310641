import { openPartInSight } from '../../audit/operations/open-part-in-sight.ts'
import type { MessageLine } from '../../contact/message.ts'
import { type Asked, askToSend } from '../../contact/operations/ask-to-send.ts'
import { type CurrentChannels, listChannelsInSight } from '../../contact/operations/list-channels.ts'
import { listMessages } from '../../contact/operations/list-verdicts.ts'
import { stopMessagesAbout } from '../../contact/operations/stop-messages-about.ts'
import type { AppointmentId, CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import type { Appointment } from '../appointment.ts'
import { isStillAhead } from '../attendance.ts'
import { quarterAt } from '../quarter.ts'
import { timeTokenOf } from '../sealed-appointment-store.ts'
import { loadAppointments } from '../store.ts'

/** What there is to say about reminders of an appointment. */
export type Reminders = {
  /** The channels that the client and the clinic agreed on, each with its verdict, without what is sealed in them. */
  readonly problems: CurrentChannels
  /** What was asked for and what became of it, the newest first. */
  readonly messages: readonly MessageLine[]
}

/** The reminders of an appointment; null where the person looking may not see the client's channels. */
export async function loadReminders(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  appointmentId: AppointmentId,
): Promise<Reminders | null> {
  const inTheWay = await listChannelsInSight(clinic, transaction, caseId)
  if (!inTheWay) return null
  const messages = await listMessages(transaction, caseId)
  return {
    problems: inTheWay,
    messages: messages.filter(each => each.about.startsWith(appointmentId)),
  }
}

/**
 * Asks the contact gate for a reminder, because somebody chose to: never by itself. The gate decides whether one
 * leaves, and when (S1); a refusal raises a task. It is asked for once for each time the appointment has.
 */
export async function askForReminder(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  appointmentId: AppointmentId,
  channelId: string,
): Promise<Asked | { readonly kind: 'not-found' | 'not-ahead' | 'not-in-sight' }> {
  const own = (await loadAppointments(transaction, caseId)).find(each => each.appointmentId === appointmentId)
  if (!own) return { kind: 'not-found' }
  if (!isStillAhead(own, transaction.now)) return { kind: 'not-ahead' }
  if (!(await openPartInSight(transaction, { caseId, part: 'contact', mode: 'write' })))
    return { kind: 'not-in-sight' }
  return askToSend(clinic, transaction, caseId, {
    purpose: 'appointment-reminder',
    channelId,
    about: aboutOf(transaction, own),
    aboutAt: own.startsAt,
  })
}

/**
 * Stops what waits to be sent about an appointment that is moved or cancelled. False where the person acting may not
 * see the client's channels: then they must not move it, or a reminder of the wrong time could leave.
 */
export async function stopReminders(
  transaction: Transaction,
  caseId: CaseId,
  appointmentId: AppointmentId,
): Promise<boolean> {
  if (!(await openPartInSight(transaction, { caseId, part: 'contact', mode: 'write' }))) return false
  await stopMessagesAbout(transaction, caseId, appointmentId, 'appointment-changed')
  return true
}

/** The appointment and a token of its time: after a move it can be reminded of again. */
function aboutOf(
  transaction: Transaction,
  { appointmentId, startsAt }: Pick<Appointment, 'appointmentId' | 'startsAt'>,
): string {
  return `${appointmentId}:${timeTokenOf(transaction, appointmentId, quarterAt(startsAt))}`
}
