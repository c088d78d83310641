import { suggestDomesticAbuse } from '../../appointments/domestic-abuse.ts'
import type { JointSlot } from '../../appointments/joint-slots.ts'
import { bookAppointment } from '../../appointments/operations/book-appointment.ts'
import { addWorkingHours } from '../../appointments/operations/keep-calendar.ts'
import { keepNotes } from '../../appointments/operations/keep-notes.ts'
import { listAppointments } from '../../appointments/operations/list-appointments.ts'
import { offerSlots } from '../../appointments/operations/offer-slots.ts'
import { recordAttendance } from '../../appointments/operations/record-attendance.ts'
import { seatRoles } from '../../appointments/seat-role.ts'
import { withCase } from '../../audit/operations/access-case.ts'
import { listCaseload } from '../../cases/operations/list-caseload.ts'
import type { AppointmentId, CaseId, PersonId } from '../../foundation/ids.ts'
import type { Role } from '../../identity/role.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import type { CaseStory } from './case-story.ts'
import { withEarlierClinic } from './earlier-clinic.ts'

/** Who acts in the demo, by role. */
type Members = { readonly memberOf: (role: Role) => { readonly personId: PersonId } }

const day = 86_400_000

/** Gives everybody of the demo their hours, and the case one appointment that was attended and one to come. */
export async function playAppointments(
  clinic: Clinic,
  cast: Members,
  story: CaseStory,
  caseId: CaseId,
): Promise<void> {
  await keepHours(clinic, cast)
  const attended = await withEarlierClinic(clinic, 14, earlier =>
    book(earlier, cast, story, caseId, 'attended', slots => slots[0]),
  )
  await withEarlierClinic(clinic, 5, earlier =>
    onCase(earlier, cast, caseId, async transaction => {
      const { appointments } = await listAppointments(transaction, caseId)
      if (appointments.find(each => each.appointmentId === attended)?.state !== 'booked') return
      const { personId } = cast.memberOf('coordinator')
      await recordAttendance(earlier, transaction, personId, caseId, attended, 'attended')
      const text = 'Went through the phone and the accounts together. Nothing was changed yet.'
      await keepNotes(earlier, transaction, personId, caseId, attended, { text, seenAt: '' })
    }),
  )
  await book(clinic, cast, story, caseId, 'coming', findSoon(clinic))
}

/**
 * Gives a case of a demo that was kept for a while an appointment to come again, when it has none. A case that somebody
 * closed, or that its coordinator may no longer see, is left as it is.
 */
export async function keepAppointmentComing(clinic: Clinic, cast: Members, story: CaseStory): Promise<void> {
  const { personId } = cast.memberOf('coordinator')
  const actor = { kind: 'person', clinicId: clinic.clinicId, personId } as const
  const { lines } = await clinic.database.transaction(actor, transaction => listCaseload(transaction))
  const caseId = lines.find(line => line.clientName === story.client)?.caseId
  if (!caseId) return
  const now = clinic.clock.now()
  const hasOne = await onCase(clinic, cast, caseId, async transaction =>
    (await listAppointments(transaction, caseId)).appointments.some(
      each => each.state === 'booked' && each.startsAt > now,
    ),
  )
  if (!hasOne)
    await book(clinic, cast, story, caseId, `coming-${now.toISOString().slice(0, 10)}`, findSoon(clinic))
}

/** Chooses the first hour that lies two days ahead or more. */
function findSoon(clinic: Clinic): (slots: readonly JointSlot[]) => JointSlot | undefined {
  const soon = clinic.clock.now().getTime() + 2 * day
  return slots => slots.find(slot => slot.startsAt.getTime() > soon)
}

async function keepHours(clinic: Clinic, cast: Members): Promise<void> {
  for (const role of seatRoles) {
    const { personId } = cast.memberOf(role)
    const actor = { kind: 'person', clinicId: clinic.clinicId, personId } as const
    const validFrom = new Date(clinic.clock.now().getTime() - 60 * day).toISOString().slice(0, 10)
    const hours = { weekdays: [1, 2, 3, 4, 5], startsAt: 540, endsAt: 1020, validFrom, validUntil: null }
    await clinic.database.transaction(actor, transaction =>
      addWorkingHours(transaction, personId, personId, hours, `demo-${role}`),
    )
  }
}

async function book(
  clinic: Clinic,
  cast: Members,
  story: CaseStory,
  caseId: CaseId,
  which: string,
  choose: (slots: readonly JointSlot[]) => JointSlot | undefined,
): Promise<AppointmentId> {
  const domesticAbuse = suggestDomesticAbuse(story.relation).domesticAbuse ?? true
  return onCase(clinic, cast, caseId, async transaction => {
    const wish = { domesticAbuse, named: new Map(), fromDay: null, isOnlyThatDay: false }
    const slot = choose((await offerSlots(transaction, caseId, wish, { atMost: 400 })).slots)
    if (!slot) throw new Fault('demo-no-time', 'Nobody in the demo is free for an appointment.')
    const choice = {
      ...slot,
      domesticAbuse,
      placeKind: 'room',
      place: 'The reading room, Fiction House',
    } as const
    const { personId } = cast.memberOf('coordinator')
    const token = `demo-${story.key}-${which}`
    const result = await bookAppointment(clinic, transaction, personId, caseId, choice, token)
    if (!result.allowed)
      throw new Fault('demo-not-booked', `An appointment of the demo was not booked (${result.because}).`)
    return result.appointmentId
  })
}

async function onCase<Answer>(
  clinic: Clinic,
  cast: Members,
  caseId: CaseId,
  work: (transaction: Transaction) => Promise<Answer>,
): Promise<Answer> {
  const actor = {
    kind: 'person',
    clinicId: clinic.clinicId,
    personId: cast.memberOf('coordinator').personId,
  } as const
  const look = { caseId, part: 'appointment', mode: 'write' } as const
  const done = await withCase(clinic.database, actor, look, async transaction => ({
    answer: await work(transaction),
  }))
  if (!done) throw new Fault('demo-case-closed', 'A case of the demo is not in sight of its coordinator.')
  return done.answer
}
