import { findCaseLine } from '../../cases/operations/list-caseload.ts'
import { loadProfile } from '../../directory/operations/load-profile.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { onceInVisit } from '../../platform/once-in-visit.ts'
import type { Calendar } from '../calendar.ts'
import { loadJoiningCalendars } from '../calendar-store.ts'
import { type Quarter, quarterAt, quartersOf } from '../quarter.ts'
import type { SlotShape } from '../slot-shape.ts'
import { loadAppointments } from '../store.ts'

/** The calendars for a case: who may join it, when each is free, and how the clinic keeps its time. */
export type Calendars = {
  readonly calendars: readonly Calendar[]
  readonly clientTaken: ReadonlySet<Quarter>
  readonly shape: SlotShape
  readonly zone: string
  /** As far as the person booking may see it. */
  readonly isCaseClosed: boolean
  /** The last moment at which a time is offered. */
  readonly latest: Date
}

/** Reads the calendars for a case that is open for its appointments. */
export function loadCalendars(transaction: Transaction, caseId: CaseId): Promise<Calendars> {
  return onceInVisit(transaction, `calendars ${caseId}`, () => readCalendars(transaction, caseId))
}

async function readCalendars(transaction: Transaction, caseId: CaseId): Promise<Calendars> {
  const { appointments, timeZone } = await loadProfile(transaction)
  const { now } = transaction
  const latest = new Date(now.getTime() + appointments.daysAhead * 86_400_000)
  const calendars = await loadJoiningCalendars(transaction, caseId, quarterAt(now), quarterAt(latest) + 96)
  const own = (await loadAppointments(transaction, caseId)).filter(each => each.state === 'booked')
  const line = await findCaseLine(transaction, caseId)
  return {
    isCaseClosed: line?.state === 'closed',
    calendars,
    clientTaken: new Set(own.flatMap(each => quartersOf(each.startsAt, each.keptUntil))),
    shape: appointments,
    zone: timeZone,
    latest,
  }
}
