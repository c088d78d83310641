import { countFirstWaits } from '../../appointments/operations/count-first-waits.ts'
import { recordAct } from '../../audit/operations/record-act.ts'
import { loadProfile } from '../../directory/operations/load-profile.ts'
import { readWallClock, writeWallClock } from '../../foundation/local-date.ts'
import type { Transaction } from '../../platform/database.ts'
import { type Figures, findFigures } from '../figures.ts'
import { monthOf } from '../months.ts'
import type { SmallNumbers } from '../small-numbers.ts'
import { loadClosingCounts, loadReferralCounts, loadWaitCounts } from '../store.ts'

/** The figures as a manager may see them, with everything small held back; that somebody saw them is recorded. */
export async function loadFigures(
  transaction: Transaction,
): Promise<{ readonly figures: Figures; readonly rule: SmallNumbers }> {
  const { timeZone, smallNumbers } = await loadProfile(transaction)
  const counts = {
    referrals: await loadReferralCounts(transaction, timeZone),
    closings: await loadClosingCounts(transaction, timeZone),
    waits: await loadWaitCounts(transaction, timeZone),
    firstWaits: (await countFirstWaits(transaction, timeZone)).map(each => ({
      ...each,
      month: monthOf(each.month),
    })),
  }
  const today = writeWallClock(readWallClock(transaction.now.getTime(), timeZone)).slice(0, 10)
  await recordAct(transaction, { verb: 'figures-read' })
  return { figures: findFigures(counts, today, smallNumbers), rule: smallNumbers }
}
