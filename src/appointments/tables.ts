import type { AbsenceId, AppointmentId, CaseId, HoursId, PersonId } from '../foundation/ids.ts'
import type { AppointmentState, CancelReason, PlaceKind } from './appointment.ts'
import type { FollowUp } from './follow-up.ts'
import type { SeatRole } from './seat-role.ts'

export type AppointmentRow = {
  clinic_id: string
  case_id: CaseId
  appointment_id: AppointmentId
  starts_at: Date
  ends_at: Date
  kept_until: Date
  place_kind: PlaceKind
  place: Buffer | null
  domestic_abuse: boolean
  state: AppointmentState
  booked_at: Date
  booked_by: PersonId
  moved_at: Date | null
  moved_by: PersonId | null
  settled_at: Date | null
  settled_by: PersonId | null
  cancel_reason: CancelReason | null
  notes: Buffer | null
  notes_at: Date | null
  notes_by: PersonId | null
}

/** The tables of this room, as its stores see them. */
export type AppointmentTables = {
  working_hours: {
    clinic_id: string
    person_id: PersonId
    hours_id: HoursId
    weekday: number
    starts_at: number
    ends_at: number
    valid_from: string
    valid_until: string | null
    recorded_at: Date
    recorded_by: PersonId
    removed_at: Date | null
    removed_by: PersonId | null
  }
  absence: {
    clinic_id: string
    person_id: PersonId
    absence_id: AbsenceId
    starts_at: Date
    ends_at: Date
    recorded_at: Date
    recorded_by: PersonId
    removed_at: Date | null
    removed_by: PersonId | null
  }
  appointment: AppointmentRow
  appointment_person: {
    clinic_id: string
    case_id: CaseId
    appointment_id: AppointmentId
    person_id: PersonId
    role: SeatRole
  }
  appointment_seat: {
    clinic_id: string
    seat_of: string
    quarter: number
    case_id: CaseId
    appointment_id: AppointmentId
  }
  follow_up: {
    clinic_id: string
    case_id: CaseId
    appointment_id: AppointmentId
    because: FollowUp['because']
    raised_at: Date
    raised_by: PersonId
    tries_needed: number
    tries: number
    last_try_at: Date | null
    outcome: FollowUp['outcome']
    note: Buffer | null
    closed_at: Date | null
    closed_by: PersonId | null
  }
  person: { clinic_id: string; person_id: PersonId; name: string; role: string; state: string }
}
