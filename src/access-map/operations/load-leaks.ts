import { sealedRevisions } from '../../cases/operations/sealed-revisions.ts'
import { loadProfile } from '../../directory/operations/load-profile.ts'
import { type CalendarDay, dayAt } from '../../foundation/calendar-day.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { loadCatalogue } from '../inventory/load-catalogue.ts'
import type { LeakGround } from '../leaks/leak-answer.ts'
import { emptyLeakBook, type LeakBook, leakBookSchema } from '../leaks/leak-book.ts'
import type { LeakBookChange } from '../leaks/leak-change.ts'
import { layLeakGround } from '../leaks/leak-ground.ts'
import { findDoneByDay } from '../lock-out/lock-out.ts'
import { loadInventory } from './load-inventory.ts'
import { loadLockOut } from './load-lock-out.ts'

/** The revisions of the days of a case. */
export const leakRevisions = sealedRevisions<LeakBook, LeakBookChange>(
  'leak_book',
  'leak-book',
  leakBookSchema,
)

/** The days as the newest revision tells them, or the newest up to a number; revision 0 is a book without a day. */
export async function loadLeakBook(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  upTo?: number,
): Promise<{ readonly revision: number; readonly book: LeakBook }> {
  const found = await leakRevisions.load(clinic, transaction, caseId, upTo)
  return { revision: found?.revision ?? 0, book: found?.kept ?? emptyLeakBook }
}

/** The days of a case with the map they are read on. */
export type LeakFile = {
  readonly revision: number
  readonly book: LeakBook
  readonly ground: LeakGround
  readonly zone: string
  readonly today: CalendarDay
}

/** The map of a case that is open for it, ready to be asked what carried something; steps done end what they close. */
export async function loadLeakGround(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<LeakGround> {
  const { entries } = await loadCatalogue()
  const { inventory } = await loadInventory(clinic, transaction, caseId)
  const { lockOut } = await loadLockOut(clinic, transaction, caseId)
  return layLeakGround(inventory, entries, lockOut ? findDoneByDay(lockOut) : [])
}

/** What day it is where the clinic is. */
export async function loadToday(
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
    ...(await loadLeakBook(clinic, transaction, caseId, upTo)),
    ground: await loadLeakGround(clinic, transaction, caseId),
    ...(await loadToday(transaction)),
  }
}
