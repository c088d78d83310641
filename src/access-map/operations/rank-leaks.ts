import type { CalendarDay } from '../../foundation/calendar-day.ts'
import { type Calculation, calculate, type MayCalculate } from '../../platform/calculation.ts'
import type { Inventory } from '../inventory/inventory.ts'
import { loadCatalogue } from '../inventory/load-catalogue.ts'
import type { StepTaken } from '../leaks/carriers.ts'
import { answerLeaks, type LeakFindings } from '../leaks/leak-answer.ts'
import { drawUpLeakContext } from '../leaks/leak-context.ts'
import type { LeakLog } from '../leaks/leak-log.ts'
import type { LeakFile } from './load-leaks.ts'

type Asked = {
  readonly log: LeakLog
  readonly inventory: Inventory
  readonly taken: readonly StepTaken[]
  readonly today: CalendarDay
}

/**
 * Ranks what may have told, and what can be found out next. It takes longer with more days and things, up to seconds.
 */
export function rankLeaks(
  clinic: MayCalculate,
  { log, context, today }: LeakFile,
): Promise<LeakFindings | null> {
  return calculate(clinic, leakRanking, { log, inventory: context.inventory, taken: context.taken, today })
}

export const leakRanking: Calculation<Asked, LeakFindings | null> = {
  name: 'rank-leaks',
  limit: 30_000,
  run: async ({ log, inventory, taken, today }) => {
    const { entries } = await loadCatalogue()
    return answerLeaks(log, drawUpLeakContext(inventory, entries, taken), today)
  },
}
