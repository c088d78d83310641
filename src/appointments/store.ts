import { sql } from 'kysely'
import type { AppointmentId, CaseId, PersonId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import { takeTurn } from '../platform/take-turn.ts'
import type { Appointment, AppointmentState, CancelReason, PlaceKind, SeatedPerson } from './appointment.ts'
import type { Seating } from './joint-slots.ts'
import { type Quarter, quartersOf } from './quarter.ts'
import type { AppointmentRow, AppointmentTables } from './tables.ts'

const clinicOf = (transaction: Transaction): string => transaction.actor.clinicId
const tablesOf = (transaction: Transaction) => transaction.tables<AppointmentTables>()

export type KeptTime = {
  readonly appointmentId: AppointmentId
  readonly caseId: CaseId
  readonly startsAt: Date
  readonly endsAt: Date
  readonly keptUntil: Date
  readonly seating: Seating
}

/**
 * Keeps the quarters of an appointment for everybody in it and for the client, all of them or none; false when one of
 * them is somebody else's already. Of many at once exactly one gets each quarter: the others wait for it here. What
 * the appointment kept before and needs no more is given back. Quarters are asked for in one order, so that nobody
 * waits in a ring.
 */
export async function keepQuarters(transaction: Transaction, time: KeptTime): Promise<boolean> {
  const clinicId = clinicOf(transaction)
  const quarters: readonly Quarter[] = quartersOf(time.startsAt, time.keptUntil)
  const seats = [time.caseId, ...time.seating.map(seat => seat.personId)]
  const before = await loadOwn(transaction, time.appointmentId)
  await sql`insert into unwatched.appointment_seat (clinic_id, seat_of, quarter, case_id, appointment_id)
    select ${clinicId}::uuid, s, q, ${time.caseId}::uuid, ${time.appointmentId}::uuid
    from unnest(${seats}::uuid[]) s, unnest(${[...quarters]}::int[]) q order by s, q
    on conflict do nothing`.execute(tablesOf(transaction))
  const now = await loadOwn(transaction, time.appointmentId)
  const wanted = new Set(seats.flatMap(seat => quarters.map(quarter => `${seat} ${quarter}`)))
  const isWhole = [...wanted].every(each => now.has(each))
  const surplus = [...now].filter(each => (isWhole ? !wanted.has(each) : !before.has(each)))
  for (const each of surplus) {
    const [seat = '', quarter = ''] = each.split(' ')
    await tablesOf(transaction)
      .deleteFrom('appointment_seat')
      .where(eb => eb.and({ clinic_id: clinicId, seat_of: seat, quarter: Number(quarter) }))
      .execute()
  }
  return isWhole
}

async function loadOwn(transaction: Transaction, appointmentId: AppointmentId): Promise<ReadonlySet<string>> {
  const rows = await tablesOf(transaction)
    .selectFrom('appointment_seat')
    .select(['seat_of', 'quarter'])
    .where(eb => eb.and({ clinic_id: clinicOf(transaction), appointment_id: appointmentId }))
    .execute()
  return new Set(rows.map(row => `${row.seat_of} ${row.quarter}`))
}

/** Gives back every quarter of an appointment that will not be. */
export async function freeQuarters(transaction: Transaction, appointmentId: AppointmentId): Promise<void> {
  await tablesOf(transaction)
    .deleteFrom('appointment_seat')
    .where(eb => eb.and({ clinic_id: clinicOf(transaction), appointment_id: appointmentId }))
    .execute()
}

export async function addAppointment(
  transaction: Transaction,
  by: PersonId,
  time: KeptTime,
  rest: {
    readonly placeKind: PlaceKind
    readonly place: Buffer | null
    readonly domesticAbuse: boolean
  },
): Promise<void> {
  await sql`insert into unwatched.appointment (clinic_id, case_id, appointment_id, starts_at, ends_at, kept_until,
      place_kind, place, domestic_abuse, booked_at, booked_by)
    values (${clinicOf(transaction)}, ${time.caseId}, ${time.appointmentId}, ${time.startsAt}, ${time.endsAt},
      ${time.keptUntil}, ${rest.placeKind}, ${rest.place}, ${rest.domesticAbuse}, ${transaction.now}, ${by})`.execute(
    tablesOf(transaction),
  )
  await seatPeople(transaction, time)
}

/** Seats these people and nobody else. */
export async function seatPeople(transaction: Transaction, time: KeptTime): Promise<void> {
  const key = { clinic_id: clinicOf(transaction), case_id: time.caseId, appointment_id: time.appointmentId }
  await tablesOf(transaction)
    .deleteFrom('appointment_person')
    .where(eb => eb.and(key))
    .execute()
  await tablesOf(transaction)
    .insertInto('appointment_person')
    .values(time.seating.map(({ personId, role }) => ({ ...key, person_id: personId, role })))
    .execute()
}

type Change = Partial<
  Pick<
    AppointmentRow,
    | 'starts_at'
    | 'ends_at'
    | 'kept_until'
    | 'domestic_abuse'
    | 'moved_at'
    | 'moved_by'
    | 'settled_at'
    | 'settled_by'
    | 'cancel_reason'
    | 'notes'
    | 'notes_at'
    | 'notes_by'
  >
> & { readonly state?: AppointmentState; readonly cancel_reason?: CancelReason }

export async function changeAppointment(
  transaction: Transaction,
  { caseId, appointmentId }: { readonly caseId: CaseId; readonly appointmentId: AppointmentId },
  change: Change,
): Promise<void> {
  await tablesOf(transaction)
    .updateTable('appointment')
    .set(change)
    .where(eb => eb.and({ clinic_id: clinicOf(transaction), case_id: caseId, appointment_id: appointmentId }))
    .execute()
}

/** Holds an appointment until the transaction ends, so that two changes of it come one after the other. */
export function holdAppointment(transaction: Transaction, appointmentId: AppointmentId): Promise<void> {
  return takeTurn(transaction, 'appointment', appointmentId)
}

/** The appointments of a case, the latest first. */
export async function loadAppointments(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly Appointment[]> {
  const rows = await tablesOf(transaction)
    .selectFrom('appointment')
    .selectAll()
    .where(eb => eb.and({ clinic_id: clinicOf(transaction), case_id: caseId }))
    .orderBy('starts_at', 'desc')
    .execute()
  const people = await loadSeated(transaction, caseId)
  return rows.map(row => readRow(row, people.get(row.appointment_id) ?? []))
}

/** The sealed texts of an appointment; null where there is none. */
export async function loadSealedTexts(
  transaction: Transaction,
  caseId: CaseId,
  appointmentId: AppointmentId,
): Promise<{ readonly place: Buffer | null; readonly notes: Buffer | null }> {
  const row = await tablesOf(transaction)
    .selectFrom('appointment')
    .select(['place', 'notes'])
    .where(eb => eb.and({ clinic_id: clinicOf(transaction), case_id: caseId, appointment_id: appointmentId }))
    .executeTakeFirst()
  return row ?? { place: null, notes: null }
}

async function loadSeated(
  transaction: Transaction,
  caseId: CaseId,
): Promise<ReadonlyMap<AppointmentId, readonly SeatedPerson[]>> {
  const rows = await tablesOf(transaction)
    .selectFrom('appointment_person as a')
    .innerJoin('person as p', join =>
      join.onRef('p.clinic_id', '=', 'a.clinic_id').onRef('p.person_id', '=', 'a.person_id'),
    )
    .select(['a.appointment_id', 'a.person_id', 'a.role', 'p.name'])
    .where('a.clinic_id', '=', clinicOf(transaction))
    .where('a.case_id', '=', caseId)
    .orderBy('a.role')
    .execute()
  const found = new Map<AppointmentId, SeatedPerson[]>()
  for (const row of rows) {
    const person = { personId: row.person_id, name: row.name, role: row.role }
    found.set(row.appointment_id, [...(found.get(row.appointment_id) ?? []), person])
  }
  return found
}

function readRow(row: AppointmentRow, people: readonly SeatedPerson[]): Appointment {
  return {
    appointmentId: row.appointment_id,
    caseId: row.case_id,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    keptUntil: row.kept_until,
    placeKind: row.place_kind,
    hasPlace: row.place !== null,
    domesticAbuse: row.domestic_abuse,
    state: row.state,
    cancelReason: row.cancel_reason,
    bookedAt: row.booked_at,
    movedAt: row.moved_at,
    settledAt: row.settled_at,
    notesAt: row.notes_at,
    people,
  }
}
