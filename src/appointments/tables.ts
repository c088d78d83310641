import type { AbsenceId, AppointmentId, CaseId, HoursId, PersonId } from '../foundation/ids.ts'

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
  appointment: {
    clinic_id: string
    case_id: CaseId
    appointment_id: AppointmentId
    sealed: Buffer
    notes: Buffer | null
  }
  follow_up: {
    clinic_id: string
    case_id: CaseId
    appointment_id: AppointmentId
    is_open: boolean
    sealed: Buffer
  }
  person: { clinic_id: string; person_id: PersonId; name: string; role: string; state: string }
}
