import type { AppointmentId, CaseId, PersonId } from '../foundation/ids.ts'
import type { SeatRole } from './seat-role.ts'

export const placeKinds = ['room', 'phone', 'video'] as const
export type PlaceKind = (typeof placeKinds)[number]

/** What became of an appointment, as somebody records it afterwards. */
export const attendances = ['attended', 'did-not-attend', 'client-left', 'clinic-cancelled'] as const
export type Attendance = (typeof attendances)[number]
export type AppointmentState = 'booked' | 'cancelled' | Attendance

export const cancelReasons = ['client-asked', 'clinic-cannot', 'not-safe', 'other'] as const
export type CancelReason = (typeof cancelReasons)[number]

export type SeatedPerson = { readonly personId: PersonId; readonly name: string; readonly role: SeatRole }

export type Appointment = {
  readonly appointmentId: AppointmentId
  readonly caseId: CaseId
  readonly startsAt: Date
  readonly endsAt: Date
  readonly keptUntil: Date
  readonly placeKind: PlaceKind
  /** Whether a place was written down; it is sealed, and shown only when somebody asks for it. */
  readonly hasPlace: boolean
  readonly domesticAbuse: boolean
  readonly state: AppointmentState
  readonly cancelReason: CancelReason | null
  readonly bookedAt: Date
  readonly movedAt: Date | null
  readonly settledAt: Date | null
  readonly notesAt: Date | null
  readonly people: readonly SeatedPerson[]
}

/** When an appointment is, and what became of it. */
export type AppointmentInShort = Pick<Appointment, 'startsAt' | 'endsAt' | 'state'>

/** The kind of place as staff read it. */
export function sayPlaceKind(kind: PlaceKind): string {
  switch (kind) {
    case 'room':
      return 'In a room'
    case 'phone':
      return 'By phone'
    case 'video':
      return 'By video'
  }
}

/** The state as it is shown on screen. */
export function sayState(state: AppointmentState): string {
  switch (state) {
    case 'booked':
      return 'Booked'
    case 'cancelled':
      return 'Cancelled'
    case 'attended':
      return 'Attended'
    case 'did-not-attend':
      return 'Did not attend'
    case 'client-left':
      return 'Client left early'
    case 'clinic-cancelled':
      return 'Did not take place: the clinic could not'
  }
}

/** The reason as it is shown on screen. */
export function sayCancelReason(reason: CancelReason): string {
  switch (reason) {
    case 'client-asked':
      return 'The client asked for it'
    case 'clinic-cannot':
      return 'The clinic cannot keep it'
    case 'not-safe':
      return 'It is not safe for the client at that time or place'
    case 'other':
      return 'Another reason'
  }
}
