import { createHash, randomBytes } from 'node:crypto'
import type pg from 'pg'
import {
  sealEarlierAbout,
  sealEarlierAppointment,
  sealEarlierFollowUp,
} from '../appointments/operations/seal-earlier.ts'
import type { SealedAppointment } from '../appointments/sealed-appointment.ts'
import type { SealedFollowUp } from '../appointments/sealed-follow-up.ts'
import { sealEarlierAboutAt } from '../contact/operations/seal-earlier.ts'
import type { AppointmentId, CaseId, ClinicId, MessageId, PersonId } from '../foundation/ids.ts'
import type { ClinicKey } from '../platform/keys.ts'

/** Whether an earlier version left appointments in the open, which a migration put aside. */
export async function holdsOpenAppointments(client: pg.Client): Promise<boolean> {
  const found = await client.query("select from pg_namespace where nspname = 'unwatched_before'")
  return found.rows.length > 0
}

type Row = {
  clinic_id: ClinicId
  case_id: CaseId
  appointment_id: AppointmentId
  starts_at: Date
  ends_at: Date
  kept_until: Date
  place_kind: SealedAppointment['placeKind']
  place: Buffer | null
  domestic_abuse: boolean
  state: SealedAppointment['state']
  booked_at: Date
  booked_by: PersonId
  moved_at: Date | null
  moved_by: PersonId | null
  settled_at: Date | null
  settled_by: PersonId | null
  cancel_reason: SealedAppointment['cancelReason']
  notes: Buffer | null
  notes_at: Date | null
  notes_by: PersonId | null
  people: SealedAppointment['people']
  holds_seats: boolean
}

/**
 * Seals the appointments that lie aside in the open, with their seats and follow-ups, in the transaction of the owner
 * that is open, and drops what lay aside. What was kept stays as it was; only how it is kept changes.
 */
export async function sealAppointments(client: pg.Client, key: ClinicKey): Promise<void> {
  const before = 'unwatched_before'
  // In an order of chance, so that the seats do not stand in the order in which they were taken.
  const { rows } = await client.query<Row>(
    `select a.*,
       (select coalesce(json_agg(json_build_object('personId', p.person_id, 'role', p.role)), '[]')
        from ${before}.appointment_person p where p.clinic_id = a.clinic_id and p.appointment_id = a.appointment_id) as people,
       exists (select from ${before}.appointment_seat s
               where s.clinic_id = a.clinic_id and s.appointment_id = a.appointment_id) as holds_seats
     from ${before}.appointment a order by random()`,
  )
  for (const row of rows) {
    const holder = { clinicKey: () => key, actor: { clinicId: row.clinic_id } }
    const secret = randomBytes(32).toString('hex')
    const { sealed, seats } = sealEarlierAppointment(holder, row.appointment_id, bodyOf(row, secret))
    await client.query('insert into unwatched.appointment values ($1, $2, $3, $4, $5)', [
      row.clinic_id,
      row.case_id,
      row.appointment_id,
      sealed,
      row.notes,
    ])
    // The seats it kept, and no others: one that was cancelled keeps none.
    for (const { seatOf, quarter, sealed: ref } of row.holds_seats ? seats : []) {
      const bound = createHash('sha256').update(`${secret} ${row.case_id} ${seatOf} ${quarter}`).digest()
      await client.query('insert into unwatched.appointment_seat values ($1, $2, $3, $4, $5)', [
        row.clinic_id,
        seatOf,
        quarter,
        ref,
        bound,
      ])
    }
  }
  await sealFollowUps(client, key)
  await client.query(`drop schema ${before} cascade`)
}

function bodyOf(row: Row, secret: string): SealedAppointment {
  return {
    caseId: row.case_id,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    keptUntil: row.kept_until,
    placeKind: row.place_kind,
    place: row.place?.toString('base64') ?? null,
    domesticAbuse: row.domestic_abuse,
    state: row.state,
    cancelReason: row.cancel_reason,
    bookedAt: row.booked_at,
    bookedBy: row.booked_by,
    movedAt: row.moved_at,
    movedBy: row.moved_by,
    settledAt: row.settled_at,
    settledBy: row.settled_by,
    notesAt: row.notes_at,
    notesBy: row.notes_by,
    people: row.people,
    secret,
  }
}

async function sealFollowUps(client: pg.Client, key: ClinicKey): Promise<void> {
  type FollowUpRow = {
    clinic_id: ClinicId
    case_id: CaseId
    appointment_id: AppointmentId
    because: SealedFollowUp['because']
    raised_at: Date
    raised_by: PersonId
    tries_needed: number
    tries: number
    last_try_at: Date | null
    outcome: SealedFollowUp['outcome']
    note: Buffer | null
    closed_at: Date | null
    closed_by: PersonId | null
  }
  const { rows } = await client.query<FollowUpRow>('select * from unwatched_before.follow_up')
  for (const row of rows) {
    const holder = { clinicKey: () => key, actor: { clinicId: row.clinic_id } }
    const body: SealedFollowUp = {
      because: row.because,
      raisedAt: row.raised_at,
      raisedBy: row.raised_by,
      triesNeeded: row.tries_needed,
      tries: row.tries,
      lastTryAt: row.last_try_at,
      outcome: row.outcome,
      note: row.note?.toString('base64') ?? null,
      closedAt: row.closed_at,
      closedBy: row.closed_by,
    }
    await client.query('insert into unwatched.follow_up values ($1, $2, $3, $4, $5)', [
      row.clinic_id,
      row.case_id,
      row.appointment_id,
      row.closed_at === null,
      sealEarlierFollowUp(holder, row.appointment_id, body),
    ])
  }
}

/** Whether an earlier version left in the open what a message is about. */
export async function holdsOpenMessages(client: pg.Client, mine: string): Promise<boolean> {
  const found = await client.query(
    `select from unwatched.message where about_at is not null and ${mine} limit 1`,
  )
  return found.rows.length > 0
}

/** Seals what each message is about, and takes the quarter of an hour out of what tells it from others. */
export async function sealMessages(client: pg.Client, key: ClinicKey, mine: string): Promise<void> {
  type MessageRow = {
    clinic_id: ClinicId
    case_id: CaseId
    message_id: MessageId
    about_at: Date
    about: string
  }
  await client.query('lock table unwatched.message')
  await client.query('alter table unwatched.message disable trigger user')
  const { rows } = await client.query<MessageRow>(
    `select clinic_id, case_id, message_id, about_at, about from unwatched.message where about_at is not null and ${mine}`,
  )
  for (const row of rows) {
    const holder = { clinicKey: () => key, actor: { clinicId: row.clinic_id } }
    await client.query(
      `update unwatched.message set about_at = null, about_sealed = $4, about = $5
       where clinic_id = $1 and case_id = $2 and message_id = $3`,
      [
        row.clinic_id,
        row.case_id,
        row.message_id,
        sealEarlierAboutAt(holder, row.message_id, row.about_at),
        sealEarlierAbout(holder, row.about),
      ],
    )
  }
  await client.query('alter table unwatched.message enable trigger user')
  await client.query("alter table unwatched.message alter column channel_id type text using channel_id || ''")
}
