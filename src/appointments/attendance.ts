import type { Decision } from '../foundation/decision.ts'
import type { AppointmentState, Attendance } from './appointment.ts'

export type AttendanceRefusal = 'not-begun' | 'was-cancelled'

/**
 * Whether the outcome of an appointment can be recorded: once it has begun, and unless it was cancelled before. What
 * was recorded may be corrected; each recording is an act of its own.
 */
export function decideAttendance(
  appointment: { readonly startsAt: Date; readonly state: AppointmentState },
  now: Date,
): Decision<object, AttendanceRefusal> {
  if (appointment.state === 'cancelled') return { allowed: false, because: 'was-cancelled' }
  if (now < appointment.startsAt) return { allowed: false, because: 'not-begun' }
  return { allowed: true }
}

/** Whether an appointment can still be moved or cancelled: while it is booked and has not begun. */
export function isStillAhead(
  appointment: { readonly startsAt: Date; readonly state: AppointmentState },
  now: Date,
): boolean {
  return appointment.state === 'booked' && now < appointment.startsAt
}

/**
 * Whether somebody must follow up. A missed appointment may be the first sign of harm, so it is never a message and
 * never a closed case: it is a task for a person.
 */
// Domestic homicide reviews on missed contacts, as national "was not brought" guidance sums them up
export function needsFollowUp(attendance: Attendance): attendance is 'did-not-attend' | 'client-left' {
  return attendance === 'did-not-attend' || attendance === 'client-left'
}
