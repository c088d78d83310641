import { sql } from 'kysely'
import type { AppointmentId, CaseId, PersonId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import { openName } from '../platform/seal-name.ts'
import type { PlaceKind } from './appointment.ts'
import type { DiaryLine, OpenFollowUp } from './diary.ts'
import { parseSeatRole } from './seat-role.ts'

const run = (transaction: Transaction) => transaction.tables()

/** The appointments of cases in sight between two instants, of one person or of everybody. */
export async function loadDiaryLines(
  transaction: Transaction,
  from: Date,
  until: Date,
  personId: PersonId | null,
): Promise<readonly DiaryLine[]> {
  const found = await sql<{
    appointment_id: AppointmentId
    case_id: CaseId
    reference: string
    client_name: string
    starts_at: Date
    ends_at: Date
    state: DiaryLine['state']
    place_kind: PlaceKind
  }>`select * from unwatched.diary(${from}, ${until}, ${personId})`.execute(run(transaction))
  const ids = found.rows.map(row => row.appointment_id)
  const people = await sql<{ appointment_id: AppointmentId; name: string; role: string }>`
    select * from unwatched.diary_people(${ids}::uuid[])`.execute(run(transaction))
  return found.rows.map(row => ({
    appointmentId: row.appointment_id,
    caseId: row.case_id,
    reference: row.reference,
    clientName: openName(
      transaction.clinicKey(),
      { clinicId: transaction.actor.clinicId, caseId: row.case_id, field: 'client-name' },
      row.client_name,
    ),
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    state: row.state,
    placeKind: row.place_kind,
    people: people.rows.flatMap(person => {
      const role = parseSeatRole(person.role)
      return role && person.appointment_id === row.appointment_id ? [{ name: person.name, role }] : []
    }),
  }))
}

/** Who did not come and is not followed up yet, of cases in sight. */
export async function loadOpenFollowUps(transaction: Transaction): Promise<readonly OpenFollowUp[]> {
  const found = await sql<{
    appointment_id: AppointmentId
    case_id: CaseId
    reference: string
    client_name: string
    because: OpenFollowUp['because']
    raised_at: Date
    tries: number
    tries_needed: number
  }>`select * from unwatched.open_follow_ups()`.execute(run(transaction))
  return found.rows.map(row => ({
    appointmentId: row.appointment_id,
    caseId: row.case_id,
    reference: row.reference,
    clientName: openName(
      transaction.clinicKey(),
      { clinicId: transaction.actor.clinicId, caseId: row.case_id, field: 'client-name' },
      row.client_name,
    ),
    because: row.because,
    raisedAt: row.raised_at,
    tries: row.tries,
    triesNeeded: row.tries_needed,
  }))
}

/** The client's next appointment, for the client herself. */
export async function loadNextForClient(transaction: Transaction): Promise<{
  readonly startsAt: Date
  readonly endsAt: Date
  readonly placeKind: PlaceKind
  readonly zone: string
} | null> {
  const found = await sql<{ starts_at: Date; ends_at: Date; place_kind: PlaceKind; zone: string }>`
    select * from unwatched.next_for_client()`.execute(run(transaction))
  const row = found.rows[0]
  return row
    ? { startsAt: row.starts_at, endsAt: row.ends_at, placeKind: row.place_kind, zone: row.zone }
    : null
}

/** Days from referral to a first appointment that took place, by its month: counts, for a manager alone. */
export async function loadFirstWaits(
  transaction: Transaction,
  zone: string,
): Promise<readonly { readonly month: string; readonly days: number; readonly cases: number }[]> {
  const found = await sql<{ month: string; days: number; cases: number }>`
    select month, days, cases from unwatched.count_first_appointments(${zone})`.execute(run(transaction))
  return found.rows
}
