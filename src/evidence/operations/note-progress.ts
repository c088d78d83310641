import type { CaseId, ItemId } from '../../foundation/ids.ts'
import type { CaseSeal } from '../../platform/case-seal.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Actor } from '../../platform/database.ts'
import type { ReadingProgress } from '../reading-progress.ts'
import { saveProgress } from '../reading-progress-store.ts'

/** How often it is noted at most, in milliseconds: somebody who reloads a page sees something new. */
const pause = 2000

/**
 * Notes beside a reading how far it has come, now and then, on a connection of its own: what the reading writes is seen
 * by nobody before its end. `tell` never waits and never fails, for a reading must not end by it; `end` waits for what
 * is under way.
 */
export function noteProgress(
  clinic: Pick<Clinic, 'database'>,
  actor: Actor,
  of: { readonly caseId: CaseId; readonly itemId: ItemId; readonly seal: CaseSeal },
): { readonly tell: (progress: () => ReadingProgress) => void; readonly end: () => Promise<void> } {
  let told = Number.NEGATIVE_INFINITY
  let telling: Promise<void> | null = null
  return {
    tell: progress => {
      if (telling || Date.now() - told < pause) return
      told = Date.now()
      telling = clinic.database
        .transaction(actor, transaction =>
          saveProgress(transaction, of.caseId, of.itemId, progress(), of.seal),
        )
        .catch(() => {}) // the next one says more
        .finally(() => {
          telling = null
        })
    },
    end: async () => {
      await telling
    },
  }
}
