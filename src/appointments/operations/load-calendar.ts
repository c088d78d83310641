import { loadProfile } from '../../directory/operations/load-profile.ts'
import type { PersonId } from '../../foundation/ids.ts'
import { listPeople } from '../../identity/operations/list-people.ts'
import type { Transaction } from '../../platform/database.ts'
import type { Absence, WorkingHours } from '../calendar.ts'
import { loadHours, loadOwnCalendar } from '../calendar-store.ts'
import type { DiaryLine } from '../diary.ts'
import { loadDiaryLines } from '../diary-store.ts'
import { parseSeatRole, type SeatRole } from '../seat-role.ts'

/** Somebody who can be booked, or could be once they have hours. */
export type CalendarOwner = {
  readonly personId: PersonId
  readonly name: string
  readonly role: SeatRole
  readonly agencyName: string
  readonly isActive: boolean
}

export type CalendarFile = {
  readonly owner: CalendarOwner
  readonly hours: readonly WorkingHours[]
  readonly absences: readonly Absence[]
  /** Their coming appointments, of cases that the person looking may see. */
  readonly coming: readonly DiaryLine[]
  readonly zone: string
}

/** Everybody who keeps a calendar, with whether they can be booked at all. */
export async function listCalendars(
  transaction: Transaction,
): Promise<readonly (CalendarOwner & { readonly hasHours: boolean })[]> {
  const owners = await listOwners(transaction)
  const hours = await loadHours(
    transaction,
    owners.map(each => each.personId),
  )
  return owners.map(owner => ({ ...owner, hasHours: (hours.get(owner.personId) ?? []).length > 0 }))
}

/** One person's calendar; null when there is nobody such, or their role keeps none. */
export async function loadCalendar(
  transaction: Transaction,
  personId: PersonId,
): Promise<CalendarFile | null> {
  const found = await loadOwnCalendar(transaction, personId)
  if (!found) return null
  const { hours, absences, ...owner } = found
  const { now } = transaction
  return {
    owner,
    hours,
    absences,
    coming: (
      await loadDiaryLines(transaction, now, new Date(now.getTime() + 366 * 86_400_000), personId)
    ).filter(line => line.state === 'booked'),
    zone: (await loadProfile(transaction)).timeZone,
  }
}

async function listOwners(transaction: Transaction): Promise<readonly CalendarOwner[]> {
  const { people } = await listPeople(transaction)
  return people.flatMap(({ personId, name, role, agencyName, state }) => {
    const seat = parseSeatRole(role)
    return seat ? [{ personId, name, role: seat, agencyName, isActive: state === 'active' }] : []
  })
}
