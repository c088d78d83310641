import type { CalendarDay } from '../../foundation/calendar-day.ts'
import { type Calculation, calculate, type MayCalculate } from '../../platform/calculation.ts'
import { frozen } from '../../platform/frozen.ts'
import { numberOfObject } from '../../platform/kept-by-object.ts'
import { keepLately } from '../../platform/kept-lately.ts'
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

/** Rankings made lately, in bytes of their text. */
const lately = keepLately<LeakFindings>(4 * 1024 * 1024)

/**
 * Ranks what may have told, and what can be found out next, in a process of its own: once for each revision of the days on
 * each revision of the map. It is given only to somebody who holds the very revisions that were opened.
 */
export async function rankLeaks(
  clinic: MayCalculate,
  { log, context, today }: LeakFile,
): Promise<LeakFindings | null> {
  const { inventory, catalogue, taken } = context
  const name = JSON.stringify([...[log, inventory, catalogue].map(numberOfObject), taken, today])
  const before = lately.get(name)
  if (before) return before
  const found = await calculate(clinic, leakRanking, { log, inventory, taken, today })
  if (found) lately.set(name, frozen(found), JSON.stringify(found).length)
  return found
}

export const leakRanking: Calculation<Asked, LeakFindings | null> = {
  name: 'rank-leaks',
  limit: 10_000,
  run: async ({ log, inventory, taken, today }) => {
    const { entries } = await loadCatalogue()
    return answerLeaks(
      log,
      drawUpLeakContext(inventory, entries, () => taken),
      today,
    )
  },
}
