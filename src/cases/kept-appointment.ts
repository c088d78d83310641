import { z } from 'zod'
import type { CaseId, PersonId } from '../foundation/ids.ts'

const id = <Id extends string>() => z.string().transform(text => text as Id)
const seconds = z.number().transform(at => new Date(at * 1000))

/**
 * What of an appointment a change of its case asks for: whether it is still to come, and who sits in it. The whole of it,
 * with its place and its notes, is the room's that keeps appointments.
 */
export const keptAppointmentSchema = z.object({
  caseId: id<CaseId>(),
  startsAt: seconds,
  state: z.string(),
  people: z.array(z.object({ personId: id<PersonId>(), role: z.string() })),
})
export type KeptAppointment = z.output<typeof keptAppointmentSchema>

/** The kind under which an appointment is sealed whole. */
export const appointmentKind = 'appointment'

/** How many of a case's appointments are still to come, of all or only of those that one of these people sits in. */
export function countComing(
  appointments: readonly KeptAppointment[],
  now: Date,
  of: ReadonlySet<PersonId> | null,
): number {
  return appointments.filter(
    each =>
      each.state === 'booked' &&
      each.startsAt > now &&
      (of === null || each.people.some(person => of.has(person.personId))),
  ).length
}
