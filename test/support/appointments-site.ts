import type { CaseId } from '../../src/foundation/ids.ts'
import { giveHours } from './test-calendar.ts'
import { openTestCase } from './test-case.ts'
import { openTestClinic, type TestClinic } from './test-clinic.ts'
import { openTestSite, type TestSite } from './test-site.ts'

/** A clinic on 2 March 2026 whose people have working hours, served, and what the tests of appointments do there. */
export type AppointmentsSite = TestSite & {
  readonly world: TestClinic
  readonly caseId: CaseId
  /** A time with a cyber adviser and a stalking advocate, as the form of a booking names it. */
  readonly slotAt: (when: string) => string
  /** Books an appointment at that moment, of that case when no other is named; answers where it is. */
  readonly book: (when: string, file?: CaseId) => Promise<string>
}

export async function openAppointmentsSite(): Promise<AppointmentsSite> {
  const world = await openTestClinic('2026-03-02T10:00:00Z')
  const site = await openTestSite(world)
  const caseId = await openTestCase(world, { clientName: 'Linda <b>Fairweather</b>' })
  await giveHours(world)
  const { people } = world
  const slotAt = (when: string): string =>
    `${when} cyber-adviser:${people['cyber-adviser']},stalking-advocate:${people['stalking-advocate']}`
  return {
    ...site,
    world,
    caseId,
    slotAt,
    book: async (when, file = caseId) => {
      const form = { abuse: 'no', slot: slotAt(when), placeKind: 'phone', place: 'Door <i>7</i>' }
      const { location } = await site.post(`/cases/${file}/appointments`, form, { as: 'coordinator' })
      if (!location) throw new Error('not booked')
      return location
    },
    close: async () => {
      await site.close()
      await world.close()
    },
  }
}
