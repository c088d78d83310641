import { sealedRevisions } from '../../cases/operations/sealed-revisions.ts'
import { loadProfile } from '../../directory/operations/load-profile.ts'
import { type CalendarDay, dayAt } from '../../foundation/calendar-day.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { loadCatalogue } from '../inventory/load-catalogue.ts'
import type { LeakContext } from '../leaks/leak-answer.ts'
import type { LeakLogChange } from '../leaks/leak-change.ts'
import { drawUpLeakContext } from '../leaks/leak-context.ts'
import { emptyLeakLog, type LeakLog, leakLogSchema } from '../leaks/leak-log.ts'
import { findDoneByDay } from '../lock-out/lock-out.ts'
import { loadInventory } from './load-inventory.ts'
import { loadLockOut } from './load-lock-out.ts'

/** The revisions of the days of a case. */
export const leakRevisions = sealedRevisions<LeakLog, LeakLogChange>('leak_log', 'leak-log', leakLogSchema)

/** The days by the newest revision, or the newest up to a number. Revision 0 is a log without a day. */
export async function loadLeakLog(
  clinic: Pick<Clinic, 'clinicId'>,
  transaction: Transaction,
  caseId: CaseId,
  upTo?: number,
): Promise<{ readonly revision: number; readonly log: LeakLog }> {
  const found = await leakRevisions.load(clinic, transaction, caseId, upTo)
  return { revision: found?.revision ?? 0, log: found?.kept ?? emptyLeakLog }
}

/** The days of a case with the map they are read on. */
export type LeakFile = {
  readonly revision: number
  readonly log: LeakLog
  readonly context: LeakContext
  readonly zone: string
  readonly today: CalendarDay
}

/**
 * The map of a case that is open for it, ready to be asked what carried something. Steps that are done end what they
 * close.
 */
export async function loadLeakContext(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<LeakContext> {
  const { entries } = await loadCatalogue()
  const { inventory } = await loadInventory(clinic, transaction, caseId)
  const { lockOut } = await loadLockOut(clinic, transaction, caseId)
  return drawUpLeakContext(inventory, entries, map => (lockOut ? findDoneByDay(map, lockOut) : []))
}

/** What day it is where the clinic is. */
async function loadToday(
  transaction: Transaction,
): Promise<{ readonly zone: string; readonly today: CalendarDay }> {
  const { timeZone } = await loadProfile(transaction)
  return { zone: timeZone, today: dayAt(transaction.now, timeZone) }
}

/** The days, the map they are read on, and what day it is. */
export async function loadLeakFile(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  upTo?: number,
): Promise<LeakFile> {
  return {
    ...(await loadLeakLog(clinic, transaction, caseId, upTo)),
    context: await loadLeakContext(clinic, transaction, caseId),
    ...(await loadToday(transaction)),
  }
}
