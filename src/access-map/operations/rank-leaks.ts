import type { CalendarDay } from '../../foundation/calendar-day.ts'
import { type Calculation, calculate, type MayCalculate } from '../../platform/calculation.ts'
import type { Inventory } from '../inventory/inventory.ts'
import { loadCatalogue } from '../inventory/load-catalogue.ts'
import type { StepTaken } from '../leaks/carriers.ts'
import { answerLeaks, type LeakFindings } from '../leaks/leak-answer.ts'
import type { LeakBook } from '../leaks/leak-book.ts'
import { layLeakGround } from '../leaks/leak-ground.ts'
import type { LeakFile } from './load-leaks.ts'

type Asked = {
  readonly book: LeakBook
  readonly inventory: Inventory
  readonly taken: readonly StepTaken[]
  readonly today: CalendarDay
}

/** Ranks what may have told, and what can be found out next; it grows with the days and the things, and may take seconds. */
export function rankLeaks(
  clinic: MayCalculate,
  { book, ground, today }: LeakFile,
): Promise<LeakFindings | null> {
  return calculate(clinic, leakRanking, { book, inventory: ground.inventory, taken: ground.taken, today })
}

export const leakRanking: Calculation<Asked, LeakFindings | null> = {
  name: 'rank-leaks',
  limit: 30_000,
  run: async ({ book, inventory, taken, today }) => {
    const { entries } = await loadCatalogue()
    return answerLeaks(book, layLeakGround(inventory, entries, taken), today)
  },
}
