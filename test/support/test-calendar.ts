import { openAppointment, sealAppointment } from '../../src/appointments/sealed-appointment-store.ts'
import type { AppointmentId, PersonId } from '../../src/foundation/ids.ts'
import { asOwner, type TestClinic } from './test-clinic.ts'

/**
 * Gives people working hours, Monday to Friday from 9am to 5pm unless it says otherwise: the cyber adviser, the
 * stalking advocate and the IDVA of the test clinic when nobody is named. Written past the program.
 */
export async function giveHours(
  world: TestClinic,
  people: readonly PersonId[] = [
    world.people['cyber-adviser'],
    world.people['stalking-advocate'],
    world.people.idva,
  ],
  hours: { readonly weekdays?: readonly number[]; readonly from?: number; readonly until?: number } = {},
): Promise<void> {
  await asOwner(world.ownerUrl, async client => {
    for (const personId of people)
      for (const weekday of hours.weekdays ?? [1, 2, 3, 4, 5])
        await client.query(
          `insert into unwatched.working_hours (clinic_id, person_id, hours_id, weekday, starts_at, ends_at, valid_from,
             recorded_at, recorded_by)
           values ($1, $2, gen_random_uuid(), $3, $4, $5, '2020-01-01', $6, $2)`,
          [
            world.clinic.clinicId,
            personId,
            weekday,
            hours.from ?? 540,
            hours.until ?? 1020,
            world.clock.now(),
          ],
        )
  })
}

/** Moves a booked appointment to this morning, past the program, which moves nothing into the past. */
export async function moveIntoThePast(world: TestClinic, appointmentId: string): Promise<void> {
  const id = appointmentId as AppointmentId
  const holder = { clinicKey: () => world.clinic.key, actor: { clinicId: world.clinic.clinicId } }
  await asOwner(world.ownerUrl, async client => {
    const { rows } = await client.query<{ sealed: Buffer }>(
      'select sealed from unwatched.appointment where appointment_id = $1',
      [id],
    )
    const kept = openAppointment(holder, id, rows[0]?.sealed ?? Buffer.alloc(0))
    const [startsAt, endsAt] = [new Date('2026-03-02T08:00:00Z'), new Date('2026-03-02T09:00:00Z')]
    const sealed = sealAppointment(holder, id, { ...kept, startsAt, endsAt, keptUntil: endsAt })
    await client.query('update unwatched.appointment set sealed = $2 where appointment_id = $1', [id, sealed])
  })
}
