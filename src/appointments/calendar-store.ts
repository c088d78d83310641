import { sql } from 'kysely'
import type { AbsenceId, CaseId, ClinicId, PersonId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import type { Absence, Calendar, WorkingHours } from './calendar.ts'
import type { Quarter } from './quarter.ts'
import { parseSeatRole } from './seat-role.ts'
import type { AppointmentTables } from './tables.ts'

const clinicOf = (transaction: Transaction): ClinicId => transaction.actor.clinicId
const tablesOf = (transaction: Transaction) => transaction.tables<AppointmentTables>()

/** When somebody works and when they are away, as the database hands it over: instants as text. */
type CalendarRow = {
  person_id: PersonId
  name: string
  role: string
  hours: readonly WorkingHours[]
  absences: readonly { readonly absenceId: AbsenceId; readonly startsAt: string; readonly endsAt: string }[]
}

/** The hours of the person `p` that were not removed, the weekdays in order; and when they are away, from now on. */
const calendarColumns = ({ actor: { clinicId }, now }: Transaction) => sql`
  coalesce((
    select jsonb_agg(jsonb_build_object('hoursId', h.hours_id, 'weekday', h.weekday, 'startsAt', h.starts_at,
                     'endsAt', h.ends_at, 'validFrom', h.valid_from, 'validUntil', h.valid_until)
                     order by h.weekday, h.starts_at, h.valid_from)
    from unwatched.working_hours h
    where h.clinic_id = ${clinicId} and h.person_id = p.person_id and h.removed_at is null), '[]') as hours,
  coalesce((
    select jsonb_agg(jsonb_build_object('absenceId', a.absence_id, 'startsAt', a.starts_at, 'endsAt', a.ends_at)
                     order by a.starts_at)
    from unwatched.absence a
    where a.clinic_id = ${clinicId} and a.person_id = p.person_id and a.removed_at is null and a.ends_at > ${now}),
    '[]') as absences`

function readCalendar({ person_id: personId, name, role, hours, absences }: CalendarRow) {
  const seat = parseSeatRole(role)
  const away = absences.map(({ absenceId, startsAt, endsAt }) => ({
    absenceId,
    startsAt: new Date(startsAt),
    endsAt: new Date(endsAt),
  }))
  return seat && { personId, name, role: seat, hours, absences: away }
}

/** The calendars of everybody who may sit in an appointment of a case that is open, by rule S5 now, by name. */
export async function loadJoiningCalendars(
  transaction: Transaction,
  caseId: CaseId,
  first: Quarter,
  last: Quarter,
): Promise<readonly Calendar[]> {
  const found = await sql<CalendarRow & { quarters: readonly Quarter[] | null }>`
    with p as materialized (select person_id, name, role from unwatched.who_may_join(${caseId})),
    taken as (
      select seat_of, array_agg(quarter) as quarters
      from unwatched.taken_quarters((select array_agg(person_id) from p), ${first}, ${last}) group by seat_of)
    select p.person_id, p.name, p.role, taken.quarters, ${calendarColumns(transaction)}
    from p left join taken on taken.seat_of = p.person_id order by p.name, p.person_id`.execute(
    tablesOf(transaction),
  )
  return found.rows.flatMap(({ quarters, ...row }) => {
    const calendar = readCalendar(row)
    return calendar ? [{ ...calendar, taken: new Set(quarters) }] : []
  })
}

/** One person's calendar and who they are; null when there is nobody such, or their role keeps none. */
export async function loadOwnCalendar(
  transaction: Transaction,
  personId: PersonId,
): Promise<
  | (Omit<Calendar, 'taken'> & {
      readonly absences: readonly Absence[]
      readonly agencyName: string
      readonly isActive: boolean
    })
  | null
> {
  const found = await sql<CalendarRow & { agency_name: string; is_active: boolean }>`
    select p.person_id, p.name, p.role, p.state = 'active' as is_active, g.name as agency_name, ${calendarColumns(transaction)}
    from unwatched.person p
    join unwatched.agency g on g.clinic_id = p.clinic_id and g.agency_id = p.agency_id
    where p.clinic_id = ${clinicOf(transaction)} and p.person_id = ${personId}`.execute(tablesOf(transaction))
  const [row] = found.rows
  const calendar = row && readCalendar(row)
  return calendar ? { ...calendar, agencyName: row.agency_name, isActive: row.is_active } : null
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
