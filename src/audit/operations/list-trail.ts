import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import type { CountedByItself, RecordedAct, TrailPage } from '../act.ts'
import { countByItself, countTrail, loadTrail, openPlaceInTrail, sealPlaceInTrail } from '../store.ts'

type TrailRead = {
  readonly acts: readonly RecordedAct[]
  readonly older: number | null
  readonly counted: number
}

/**
 * A page of what was done and opened in a case, the newest first, and where the older page begins, if there is one.
 * What was done in one go stays on one page. The case must be open for its trail. `counted` is how many acts there are in
 * all, up to one more than are counted.
 */
export async function listTrail(
  transaction: Transaction,
  caseId: CaseId,
  page: TrailPage,
): Promise<TrailRead> {
  const counted = await countTrail(transaction, caseId, page)
  const found = await loadTrail(transaction, caseId, { ...page, atMost: page.atMost + 1 })
  const next = found[page.atMost]
  if (!next) return { acts: found, older: null, counted }
  const acts = found.slice(0, page.atMost)
  const whole = acts.filter(act => act.inOneGo !== next.inOneGo)
  const shown = whole.length > 0 ? whole : acts
  return { acts: shown, older: shown.at(-1)?.actId ?? null, counted }
}

/**
 * The same for a reader who may learn nothing of any other case. The place where a page begins is sealed, since the number
 * of an act tells how much was done in the whole clinic meanwhile; what is no place in this trail is its beginning.
 */
export async function listTrailByPlace(
  transaction: Transaction,
  caseId: CaseId,
  page: Omit<TrailPage, 'before'> & { readonly before: string | null },
): Promise<Omit<TrailRead, 'older'> & { readonly older: string | null; readonly isNewest: boolean }> {
  const before = page.before === null ? null : openPlaceInTrail(transaction, caseId, page.before)
  const { acts, older, counted } = await listTrail(transaction, caseId, { ...page, before })
  return {
    acts,
    counted,
    isNewest: before === null,
    older: older === null ? null : sealPlaceInTrail(transaction, caseId, older),
  }
}

/** What the program did by itself in a case, counted by kind. The case must be open for its trail. */
export async function countTrailByItself(transaction: Transaction, caseId: CaseId): Promise<CountedByItself> {
  return countByItself(transaction, caseId)
}
