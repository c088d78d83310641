import { recordAct } from '../../audit/operations/record-act.ts'
import type { Decision } from '../../foundation/decision.ts'
import { type AbsenceId, type HoursId, makeId, type PersonId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { doOnce } from '../../platform/do-once.ts'
import type { WorkingHours } from '../calendar.ts'
import { addAbsence, addHours, loadHours, removeCalendarRow } from '../calendar-store.ts'

/** The same hours on one or more days of the week. */
export type NewHours = Omit<WorkingHours, 'hoursId' | 'weekday'> & { readonly weekdays: readonly number[] }

/**
 * Adds hours to somebody's calendar: their own, or any for a coordinator, which the database holds as well. Hours that
 * would lie over others of the same day of the week are refused, so that a later end of one is not undone by another.
 */
export async function addWorkingHours(
  transaction: Transaction,
  by: PersonId,
  personId: PersonId,
  hours: NewHours,
  formToken: string | null,
): Promise<Decision<object, 'overlaps'>> {
  return doOnce(
    transaction,
    'working-hours',
    formToken,
    kept => kept as Decision<object, 'overlaps'>,
    async () => {
      const there = (await loadHours(transaction, [personId])).get(personId) ?? []
      const isOver = (each: WorkingHours): boolean =>
        hours.weekdays.includes(each.weekday) &&
        each.startsAt < hours.endsAt &&
        hours.startsAt < each.endsAt &&
        (each.validUntil === null || each.validUntil >= hours.validFrom) &&
        (hours.validUntil === null || hours.validUntil >= each.validFrom)
      if (there.some(isOver)) return { allowed: false, because: 'overlaps' } as const
      const { weekdays, ...rest } = hours
      await addHours(
        transaction,
        personId,
        by,
        weekdays.map(weekday => ({ ...rest, weekday, hoursId: makeId<HoursId>(transaction.now) })),
      )
      await recordAct(transaction, { verb: 'working-hours-added', subject: personId })
      return { allowed: true } as const
    },
  )
}

/**
 * Gives hours a last day: the old line is taken off and kept, and one with an end takes its place. Hours that had not
 * begun by then are taken off. Hours that end sooner stay as they are.
 */
export async function endWorkingHours(
  transaction: Transaction,
  by: PersonId,
  personId: PersonId,
  which: HoursId | 'all',
  lastDay: string,
): Promise<boolean> {
  const there = (await loadHours(transaction, [personId])).get(personId) ?? []
  const ending = there.filter(
    each =>
      (which === 'all' || each.hoursId === which) && (each.validUntil === null || each.validUntil > lastDay),
  )
  if (ending.length === 0) return false
  for (const each of ending) {
    await removeCalendarRow(transaction, 'working_hours', personId, by, each.hoursId)
    if (each.validFrom <= lastDay)
      await addHours(transaction, personId, by, [
        { ...each, hoursId: makeId<HoursId>(transaction.now), validUntil: lastDay },
      ])
  }
  await recordAct(transaction, { verb: 'working-hours-ended', subject: personId })
  return true
}

/** Records that somebody is away. Appointments that lie in it stay: the calendar shows them, and a person moves them. */
export async function addLeave(
  transaction: Transaction,
  by: PersonId,
  personId: PersonId,
  span: { readonly startsAt: Date; readonly endsAt: Date },
  formToken: string | null,
): Promise<void> {
  await doOnce(
    transaction,
    'leave',
    formToken,
    () => true,
    async () => {
      const absenceId = makeId<AbsenceId>(transaction.now)
      await addAbsence(transaction, personId, by, { absenceId, ...span })
      await recordAct(transaction, { verb: 'leave-added', subject: personId })
      return true
    },
  )
}

/** Takes hours or leave off a calendar; false when they are not there any more. What was is kept, with who took it off. */
export async function removeFromCalendar(
  transaction: Transaction,
  by: PersonId,
  personId: PersonId,
  line: { readonly kind: 'hours' | 'leave'; readonly id: HoursId | AbsenceId },
): Promise<boolean> {
  const table = line.kind === 'hours' ? 'working_hours' : 'absence'
  const isGone = await removeCalendarRow(transaction, table, personId, by, line.id)
  if (isGone) await recordAct(transaction, { verb: `${line.kind}-removed`, subject: personId })
  return isGone
}
