import { randomBytes } from 'node:crypto'
import type { AppointmentId, CaseId, ClinicId, PersonId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import { Fault } from '../platform/fault.ts'
import { lockForTransaction } from '../platform/lock-for-transaction.ts'
import { onceInVisit } from '../platform/once-in-visit.ts'
import type { Appointment, AppointmentInShort, PlaceKind } from './appointment.ts'
import type { SealedAppointment } from './sealed-appointment.ts'
import { openAppointment, sealAppointment } from './sealed-appointment-store.ts'
import type { KeptTime } from './seat-store.ts'
import type { AppointmentTables } from './tables.ts'

const clinicOf = (transaction: Transaction): ClinicId => transaction.actor.clinicId
const tablesOf = (transaction: Transaction) => transaction.tables<AppointmentTables>()

export async function addAppointment(
  transaction: Transaction,
  by: PersonId,
  { appointmentId, seating, ...time }: KeptTime,
  rest: {
    readonly placeKind: PlaceKind
    readonly place: Buffer | null
    readonly domesticAbuse: boolean
  },
): Promise<void> {
  const body: SealedAppointment = {
    ...time,
    ...rest,
    place: rest.place?.toString('base64') ?? null,
    people: [...seating],
    state: 'booked',
    cancelReason: null,
    bookedAt: transaction.now,
    bookedBy: by,
    movedAt: null,
    movedBy: null,
    settledAt: null,
    settledBy: null,
    notesAt: null,
    notesBy: null,
  }
  await tablesOf(transaction)
    .insertInto('appointment')
    .values({
      clinic_id: clinicOf(transaction),
      case_id: time.caseId,
      appointment_id: appointmentId,
      sealed: sealAppointment(transaction, appointmentId, body),
      notes: null,
    })
    .execute()
}

/** A new secret by which an appointment's seats are tied to its case. */
export function makeSeatSecret(): string {
  return randomBytes(32).toString('hex')
}

type Change = Partial<Omit<SealedAppointment, 'caseId' | 'place' | 'secret' | 'bookedAt' | 'bookedBy'>> & {
  /** Sealed under the key of the case; null where there are none. */
  readonly notes?: Buffer | null
}

/** Changes an appointment that is held (`holdAppointment`). */
export async function changeAppointment(
  transaction: Transaction,
  { caseId, appointmentId }: { readonly caseId: CaseId; readonly appointmentId: AppointmentId },
  { notes, ...change }: Change,
): Promise<void> {
  const kept = await loadBody(transaction, caseId, appointmentId)
  if (!kept) throw new Fault('appointment-gone', 'An appointment that was there cannot be changed any more.')
  await tablesOf(transaction)
    .updateTable('appointment')
    .set({
      sealed: sealAppointment(transaction, appointmentId, { ...kept.body, ...change }),
      ...(notes === undefined ? {} : { notes }),
    })
    .where(eb => eb.and({ clinic_id: clinicOf(transaction), case_id: caseId, appointment_id: appointmentId }))
    .execute()
}

/** Holds an appointment until the transaction ends, so that two changes of it come one after the other. */
export function holdAppointment(transaction: Transaction, appointmentId: AppointmentId): Promise<void> {
  return lockForTransaction(transaction, 'appointment', appointmentId)
}

/** The appointments of a case, the latest first. */
export function loadAppointments(transaction: Transaction, caseId: CaseId): Promise<readonly Appointment[]> {
  return onceInVisit(transaction, `appointments ${caseId}`, () => readAppointments(transaction, caseId))
}

async function readAppointments(transaction: Transaction, caseId: CaseId): Promise<readonly Appointment[]> {
  const rows = await loadRows(transaction, caseId)
  const bodies = rows.map(row => ({
    appointmentId: row.appointment_id,
    body: openOf(transaction, caseId, row.appointment_id, row.sealed),
  }))
  const names = await loadNames(
    transaction,
    bodies.flatMap(({ body }) => body.people.map(person => person.personId)),
  )
  return bodies
    .map(({ appointmentId, body }) => appointmentOf(appointmentId, body, names))
    .sort((a, b) => b.startsAt.getTime() - a.startsAt.getTime())
}

/** The appointments of a case as they lie, each with what is followed up of it. */
const loadRows = (transaction: Transaction, caseId: CaseId) =>
  onceInVisit(transaction, `appointment-rows ${caseId}`, () =>
    tablesOf(transaction)
      .selectFrom('appointment as a')
      .leftJoin('follow_up as f', join =>
        join
          .onRef('f.clinic_id', '=', 'a.clinic_id')
          .onRef('f.case_id', '=', 'a.case_id')
          .onRef('f.appointment_id', '=', 'a.appointment_id'),
      )
      .select(['a.appointment_id', 'a.sealed', 'a.notes', 'f.sealed as follow_up'])
      .where('a.clinic_id', '=', clinicOf(transaction))
      .where('a.case_id', '=', caseId)
      .execute(),
  )

/** When each appointment of a case is and what became of it, the latest first. */
export async function loadAppointmentsInShort(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly AppointmentInShort[]> {
  const rows = await tablesOf(transaction)
    .selectFrom('appointment')
    .select(['appointment_id', 'sealed'])
    .where(eb => eb.and({ clinic_id: clinicOf(transaction), case_id: caseId }))
    .execute()
  return rows
    .map(row => openOf(transaction, caseId, row.appointment_id, row.sealed))
    .map(({ startsAt, endsAt, state }) => ({ startsAt, endsAt, state }))
    .sort((a, b) => b.startsAt.getTime() - a.startsAt.getTime())
}

/** What lies sealed beside an appointment: its notes, and what is followed up of it. */
export async function loadBesideAppointment(
  transaction: Transaction,
  caseId: CaseId,
  appointmentId: AppointmentId,
): Promise<{ readonly notes: Buffer | null; readonly followUp: Buffer | null }> {
  const row = (await loadRows(transaction, caseId)).find(each => each.appointment_id === appointmentId)
  return { notes: row?.notes ?? null, followUp: row?.follow_up ?? null }
}

/** The sealed texts of an appointment; null where there is none. */
export async function loadSealedTexts(
  transaction: Transaction,
  caseId: CaseId,
  appointmentId: AppointmentId,
): Promise<{ readonly place: Buffer | null; readonly notes: Buffer | null }> {
  const kept = await loadBody(transaction, caseId, appointmentId)
  if (!kept) return { place: null, notes: null }
  return {
    place: kept.body.place === null ? null : Buffer.from(kept.body.place, 'base64'),
    notes: kept.notes,
  }
}

/** The time an appointment keeps, with what ties its seats to the case; null where the case has no such. */
export async function loadKeptTime(
  transaction: Transaction,
  caseId: CaseId,
  appointmentId: AppointmentId,
): Promise<KeptTime | null> {
  const kept = await loadBody(transaction, caseId, appointmentId)
  if (!kept) return null
  const { startsAt, endsAt, keptUntil, people, secret } = kept.body
  return { appointmentId, caseId, startsAt, endsAt, keptUntil, seating: people, secret }
}

async function loadBody(
  transaction: Transaction,
  caseId: CaseId,
  appointmentId: AppointmentId,
): Promise<{ readonly body: SealedAppointment; readonly notes: Buffer | null } | null> {
  const row = await tablesOf(transaction)
    .selectFrom('appointment')
    .select(['sealed', 'notes'])
    .where(eb => eb.and({ clinic_id: clinicOf(transaction), case_id: caseId, appointment_id: appointmentId }))
    .executeTakeFirst()
  return row ? { body: openOf(transaction, caseId, appointmentId, row.sealed), notes: row.notes } : null
}

/** Opens an appointment for its case; throws `appointment-of-another-case` when it lies with a case it is not of. */
export function openOf(
  transaction: Transaction,
  caseId: CaseId,
  appointmentId: AppointmentId,
  sealed: Buffer,
): SealedAppointment {
  const body = openAppointment(transaction, appointmentId, sealed)
  if (body.caseId !== caseId)
    throw new Fault('appointment-of-another-case', 'An appointment lies with a case that it is not of.')
  return body
}

/** The names of these people, as staff may read them. */
export async function loadNames(
  transaction: Transaction,
  people: readonly PersonId[],
): Promise<ReadonlyMap<PersonId, string>> {
  if (people.length === 0) return new Map()
  const rows = await tablesOf(transaction)
    .selectFrom('person')
    .select(['person_id', 'name'])
    .where('clinic_id', '=', clinicOf(transaction))
    .where('person_id', 'in', [...new Set(people)])
    .execute()
  return new Map(rows.map(row => [row.person_id, row.name]))
}

function appointmentOf(
  appointmentId: AppointmentId,
  body: SealedAppointment,
  names: ReadonlyMap<PersonId, string>,
): Appointment {
  const { secret: _, place, bookedBy: __, movedBy: ___, settledBy: ____, notesBy: _____, ...rest } = body
  return {
    ...rest,
    appointmentId,
    hasPlace: place !== null,
    people: inOrder(body.people).map(each => ({ ...each, name: names.get(each.personId) ?? '' })),
  }
}

/** By role, so that a page reads the same every time. */
export function inOrder<Person extends { readonly role: string }>(
  people: readonly Person[],
): readonly Person[] {
  return people.toSorted((a, b) => (a.role < b.role ? -1 : a.role > b.role ? 1 : 0))
}
