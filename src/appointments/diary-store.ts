import { sql } from 'kysely'
import type { AppointmentId, CaseId, PersonId } from '../foundation/ids.ts'
import { readWallClock } from '../foundation/local-date.ts'
import {
  makePageOfList,
  type PagedRow,
  type PageOfList,
  type PlaceInList,
  rowsOfPage,
} from '../foundation/page-of-list.ts'
import type { Transaction } from '../platform/database.ts'
import { openName } from '../platform/seal-name.ts'
import type { PlaceKind } from './appointment.ts'
import { writeDay } from './calendar.ts'
import type { DiaryLine, OpenFollowUp } from './diary.ts'
import { openFollowUp } from './follow-up-store.ts'
import { quarterAt } from './quarter.ts'
import { openAppointment } from './sealed-appointment-store.ts'
import { loadKeptTimes } from './seat-store.ts'
import { inOrder, loadNames, openOf } from './store.ts'

const run = (transaction: Transaction) => transaction.tables()

type LineRow = {
  appointment_id: AppointmentId
  case_id: CaseId
  reference: string
  client_name: string
  sealed: Buffer
}

const clientNameOf = (transaction: Transaction, row: LineRow): string =>
  openName(
    transaction.clinicKey(),
    { clinicId: transaction.actor.clinicId, caseId: row.case_id, field: 'client-name' },
    row.client_name,
  )

/**
 * The appointments of cases in sight between two instants, of one person or of everybody. Which there are is read from
 * the seats and opened here; the database then says which of them this person may see (S5).
 */
export async function loadDiaryLines(
  transaction: Transaction,
  from: Date,
  until: Date,
  personId: PersonId | null,
): Promise<readonly DiaryLine[]> {
  const kept = await loadKeptTimes(transaction, quarterAt(from), quarterAt(until), personId)
  const found =
    await sql<LineRow>`select * from unwatched.diary_lines(${kept.map(each => each.caseId)}::uuid[],
    ${kept.map(each => each.appointmentId)}::uuid[])`.execute(run(transaction))
  const rows = found.rows
    .map(row => ({ row, body: openOf(transaction, row.case_id, row.appointment_id, row.sealed) }))
    .filter(({ body }) => body.startsAt >= from && body.startsAt < until)
  const names = await loadNames(
    transaction,
    rows.flatMap(({ body }) => body.people.map(person => person.personId)),
  )
  return rows
    .map(({ row, body }) => ({
      appointmentId: row.appointment_id,
      caseId: row.case_id,
      reference: row.reference,
      clientName: clientNameOf(transaction, row),
      startsAt: body.startsAt,
      endsAt: body.endsAt,
      state: body.state,
      placeKind: body.placeKind,
      people: inOrder(body.people).map(({ personId: id, role }) => ({ role, name: names.get(id) ?? '' })),
    }))
    .sort(
      (a, b) => a.startsAt.getTime() - b.startsAt.getTime() || a.reference.localeCompare(b.reference, 'en'),
    )
}

/** A page of who did not come and is not followed up yet, of cases in sight: those of `first`, then the longest wait. */
export async function loadOpenFollowUps(
  transaction: Transaction,
  first: readonly CaseId[],
  place: PlaceInList,
): Promise<PageOfList<OpenFollowUp>> {
  const { skipped, atMost } = rowsOfPage(place)
  const found = await sql<PagedRow & LineRow>`select * from unwatched.open_follow_ups(${[...first]}::uuid[],
    ${place.after}, ${skipped}, ${atMost})`.execute(run(transaction))
  return makePageOfList(
    found.rows,
    place,
    row => {
      const { because, raisedAt, tries, triesNeeded } = openFollowUp(
        transaction,
        row.appointment_id,
        row.sealed,
      )
      return {
        appointmentId: row.appointment_id,
        caseId: row.case_id,
        reference: row.reference,
        clientName: clientNameOf(transaction, row),
        because,
        raisedAt,
        tries,
        triesNeeded,
      }
    },
    row => row.appointment_id,
  )
}

/** The client's next appointment, for the client themselves. */
export async function loadNextForClient(
  transaction: Transaction,
  caseId: CaseId,
): Promise<{
  readonly startsAt: Date
  readonly endsAt: Date
  readonly placeKind: PlaceKind
  readonly zone: string
} | null> {
  const found = await sql<{ appointment_id: AppointmentId; sealed: Buffer; zone: string }>`
    select * from unwatched.appointments_for_client()`.execute(run(transaction))
  const [next] = found.rows
    .map(row => ({ zone: row.zone, body: openOf(transaction, caseId, row.appointment_id, row.sealed) }))
    .filter(({ body }) => body.state === 'booked' && body.endsAt > transaction.now)
    .sort((a, b) => a.body.startsAt.getTime() - b.body.startsAt.getTime())
  if (!next) return null
  const { startsAt, endsAt, placeKind } = next.body
  return { startsAt, endsAt, placeKind, zone: next.zone }
}

/** Days from referral to a first appointment that took place, by its month: counts, for a manager alone. */
export async function loadFirstWaits(
  transaction: Transaction,
  zone: string,
): Promise<readonly { readonly month: string; readonly days: number; readonly cases: number }[]> {
  const found = await sql<{ received_at: Date; appointments: AppointmentId[]; sealed: Buffer[] }>`
    select * from unwatched.appointments_by_referral()`.execute(run(transaction))
  const dayOf = (at: Date): string => writeDay(readWallClock(at.getTime(), zone))
  const counts = new Map<string, { month: string; days: number; cases: number }>()
  for (const row of found.rows) {
    const first = row.appointments
      .map((id, index) => openAppointment(transaction, id, row.sealed[index] ?? Buffer.alloc(0)))
      .filter(body => body.state === 'attended' || body.state === 'client-left')
      .map(body => body.startsAt)
      .sort((a, b) => a.getTime() - b.getTime())[0]
    if (!first) continue
    const month = `${dayOf(first).slice(0, 7)}-01`
    const days = Math.max(
      0,
      Math.round((Date.parse(dayOf(first)) - Date.parse(dayOf(row.received_at))) / 86_400_000),
    )
    const key = `${month} ${days}`
    counts.set(key, { month, days, cases: (counts.get(key)?.cases ?? 0) + 1 })
  }
  return [...counts.values()]
}
