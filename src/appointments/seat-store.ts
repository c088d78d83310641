import { sql } from 'kysely'
import type { AppointmentId, CaseId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import { lockForTransaction } from '../platform/lock-for-transaction.ts'
import type { Seating } from './joint-slots.ts'
import { type Quarter, quartersOf } from './quarter.ts'
import { clientSeatOf, openSeatRef, sealSeatRef } from './sealed-appointment-store.ts'
import type { AppointmentTables } from './tables.ts'

const tablesOf = (transaction: Transaction) => transaction.tables<AppointmentTables>()

/** The time an appointment keeps, for whom, and the secret by which its seats are tied to its case. */
export type KeptTime = {
  readonly appointmentId: AppointmentId
  readonly caseId: CaseId
  readonly startsAt: Date
  readonly endsAt: Date
  readonly keptUntil: Date
  readonly seating: Seating
  readonly secret: string
}

type Seat = { readonly seatOf: string; readonly quarter: Quarter; readonly isFirst: boolean }

/**
 * Keeps the quarters of an appointment for everybody in it and for the client, all of them or none; false when one of
 * them is already somebody else's. When many ask at once, exactly one gets each quarter: the others wait for it here.
 * What the appointment kept before is given back, or is kept where the new time is not to be had.
 */
export async function keepQuarters(
  transaction: Transaction,
  time: KeptTime,
  before: KeptTime | null,
): Promise<boolean> {
  await lockForTransaction(transaction, 'seats', transaction.actor.clinicId)
  if (before) await freeSeats(transaction, before)
  const wanted = seatsOf(transaction, time)
  const isWhole = (await takeSeats(transaction, time, wanted)) === wanted.length
  if (!isWhole) {
    await freeSeats(transaction, time)
    if (before) await takeSeats(transaction, before, seatsOf(transaction, before))
  }
  await mixSeats(transaction)
  return isWhole
}

/** Gives back every quarter of an appointment that will not be. */
export async function freeQuarters(transaction: Transaction, time: KeptTime): Promise<void> {
  await lockForTransaction(transaction, 'seats', transaction.actor.clinicId)
  await freeSeats(transaction, time)
  await mixSeats(transaction)
}

function seatsOf(transaction: Transaction, time: KeptTime): readonly Seat[] {
  return quartersOf(time.startsAt, time.keptUntil).flatMap((quarter, index) =>
    [clientSeatOf(transaction, time.caseId, quarter), ...time.seating.map(seat => seat.personId)].map(
      seatOf => ({ seatOf, quarter, isFirst: index === 0 }),
    ),
  )
}

/** Takes what of these seats is free; returns how many it took. */
async function takeSeats(transaction: Transaction, time: KeptTime, seats: readonly Seat[]): Promise<number> {
  await useSecret(transaction, time)
  const done = await sql`insert into unwatched.appointment_seat (clinic_id, seat_of, quarter, sealed, bound)
    select ${transaction.actor.clinicId}::uuid, s, q, x, unwatched.seat_bound(${time.caseId}::uuid, s, q)
    from unnest(${seats.map(seat => seat.seatOf)}::uuid[], ${seats.map(seat => seat.quarter)}::int[],
                ${seats.map(seat => (seat.isFirst ? sealSeatRef(transaction, seat, time) : null))}::bytea[]) as t (s, q, x)
    on conflict do nothing`.execute(tablesOf(transaction))
  return Number(done.numAffectedRows ?? 0n)
}

/** Gives back the seats of this appointment; one that is another's is not touched, which the database sees to. */
async function freeSeats(transaction: Transaction, time: KeptTime): Promise<void> {
  const seats = seatsOf(transaction, time)
  await useSecret(transaction, time)
  await sql`delete from unwatched.appointment_seat a
    using unnest(${seats.map(seat => seat.seatOf)}::uuid[], ${seats.map(seat => seat.quarter)}::int[]) as t (s, q)
    where a.clinic_id = ${transaction.actor.clinicId} and a.seat_of = t.s and a.quarter = t.q`.execute(
    tablesOf(transaction),
  )
}

/** Shows the database by which secret the seats are tied to the case that is open. */
async function useSecret(transaction: Transaction, { secret }: KeptTime): Promise<void> {
  await sql`select set_config('unwatched.seat_secret', ${secret}, true)`.execute(tablesOf(transaction))
}

/** So that the order in which the seats lie says nothing of what was booked when. */
async function mixSeats(transaction: Transaction): Promise<void> {
  await sql`select unwatched.mix_seats()`.execute(tablesOf(transaction))
}

/** Which appointments are kept between two quarters, of one person or of everybody; whose sight they are in is not asked. */
export async function loadKeptTimes(
  transaction: Transaction,
  first: Quarter,
  last: Quarter,
  personId: string | null,
): Promise<readonly { readonly caseId: CaseId; readonly appointmentId: AppointmentId }[]> {
  const found = await sql<{ seat_of: string; quarter: number; sealed: Buffer }>`
    select seat_of, quarter, sealed from unwatched.kept_times(${first}, ${last}, ${personId})`.execute(
    tablesOf(transaction),
  )
  const refs = found.rows.map(row =>
    openSeatRef(transaction, { seatOf: row.seat_of, quarter: row.quarter }, row.sealed),
  )
  return [...new Map(refs.map(ref => [ref.appointmentId, ref])).values()]
}
