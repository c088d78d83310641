import { sql } from 'kysely'
import type { AgencyId, CaseId, ClinicId, PersonId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import type { Absence, WorkingHours } from './calendar.ts'
import type { Quarter } from './quarter.ts'
import { parseSeatRole, type SeatRole } from './seat-role.ts'
import type { AppointmentTables } from './tables.ts'

const clinicOf = (transaction: Transaction): ClinicId => transaction.actor.clinicId
const tablesOf = (transaction: Transaction) => transaction.tables<AppointmentTables>()

export type Joiner = {
  readonly personId: PersonId
  readonly name: string
  readonly role: SeatRole
  readonly agencyId: AgencyId
}

/** Everybody who may sit in an appointment of a case that is open, by rule S5 now. */
export async function loadJoiners(transaction: Transaction, caseId: CaseId): Promise<readonly Joiner[]> {
  const found = await sql<{ person_id: PersonId; name: string; role: string; agency_id: AgencyId }>`
    select person_id, name, role, agency_id from unwatched.who_may_join(${caseId}) order by name, person_id`.execute(
    tablesOf(transaction),
  )
  return found.rows.flatMap(row => {
    const role = parseSeatRole(row.role)
    return role ? [{ personId: row.person_id, name: row.name, role, agencyId: row.agency_id }] : []
  })
}

/** The hours of some people that were not removed, the weekdays in order. */
export async function loadHours(
  transaction: Transaction,
  people: readonly PersonId[],
): Promise<ReadonlyMap<PersonId, readonly WorkingHours[]>> {
  if (people.length === 0) return new Map()
  const rows = await tablesOf(transaction)
    .selectFrom('working_hours')
    .selectAll()
    .where('clinic_id', '=', clinicOf(transaction))
    .where('person_id', 'in', [...people])
    .where('removed_at', 'is', null)
    .orderBy('weekday')
    .orderBy('starts_at')
    .orderBy('valid_from')
    .execute()
  return gather(rows, row => ({
    hoursId: row.hours_id,
    weekday: row.weekday,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
  }))
}

/** When some people are away, from an instant on, in order. */
export async function loadAbsences(
  transaction: Transaction,
  people: readonly PersonId[],
  from: Date,
): Promise<ReadonlyMap<PersonId, readonly Absence[]>> {
  if (people.length === 0) return new Map()
  const rows = await tablesOf(transaction)
    .selectFrom('absence')
    .selectAll()
    .where('clinic_id', '=', clinicOf(transaction))
    .where('person_id', 'in', [...people])
    .where('removed_at', 'is', null)
    .where('ends_at', '>', from)
    .orderBy('starts_at')
    .execute()
  return gather(rows, row => ({
    absenceId: row.absence_id,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
  }))
}

/** Which quarters some people keep already: never for whom. */
export async function loadTaken(
  transaction: Transaction,
  seats: readonly string[],
  first: Quarter,
  last: Quarter,
): Promise<ReadonlyMap<string, ReadonlySet<Quarter>>> {
  const found = await sql<{ seat_of: string; quarter: number }>`
    select seat_of, quarter from unwatched.taken_quarters(${[...seats]}::uuid[], ${first}, ${last})`.execute(
    tablesOf(transaction),
  )
  const taken = new Map<string, Set<Quarter>>()
  for (const row of found.rows) taken.set(row.seat_of, (taken.get(row.seat_of) ?? new Set()).add(row.quarter))
  return taken
}

export async function addHours(
  transaction: Transaction,
  personId: PersonId,
  by: PersonId,
  hours: readonly WorkingHours[],
): Promise<void> {
  await tablesOf(transaction)
    .insertInto('working_hours')
    .values(
      hours.map(each => ({
        clinic_id: clinicOf(transaction),
        person_id: personId,
        hours_id: each.hoursId,
        weekday: each.weekday,
        starts_at: each.startsAt,
        ends_at: each.endsAt,
        valid_from: each.validFrom,
        valid_until: each.validUntil,
        recorded_at: transaction.now,
        recorded_by: by,
        removed_at: null,
        removed_by: null,
      })),
    )
    .execute()
}

export async function addAbsence(
  transaction: Transaction,
  personId: PersonId,
  by: PersonId,
  absence: Absence,
): Promise<void> {
  await tablesOf(transaction)
    .insertInto('absence')
    .values({
      clinic_id: clinicOf(transaction),
      person_id: personId,
      absence_id: absence.absenceId,
      starts_at: absence.startsAt,
      ends_at: absence.endsAt,
      recorded_at: transaction.now,
      recorded_by: by,
      removed_at: null,
      removed_by: null,
    })
    .execute()
}

/** Takes a line off somebody's calendar; false when it is not there any more. */
export async function removeCalendarRow(
  transaction: Transaction,
  table: 'working_hours' | 'absence',
  personId: PersonId,
  by: PersonId,
  id: string,
): Promise<boolean> {
  const key = sql.ref(table === 'absence' ? 'absence_id' : 'hours_id')
  const done = await sql`update ${sql.table(`unwatched.${table}`)}
    set removed_at = ${transaction.now}, removed_by = ${by}
    where clinic_id = ${clinicOf(transaction)} and person_id = ${personId} and ${key} = ${id} and removed_at is null`.execute(
    tablesOf(transaction),
  )
  return (done.numAffectedRows ?? 0n) > 0n
}

function gather<Row extends { readonly person_id: PersonId }, Line>(
  rows: readonly Row[],
  read: (row: Row) => Line,
): ReadonlyMap<PersonId, readonly Line[]> {
  const found = new Map<PersonId, Line[]>()
  for (const row of rows) found.set(row.person_id, [...(found.get(row.person_id) ?? []), read(row)])
  return found
}
