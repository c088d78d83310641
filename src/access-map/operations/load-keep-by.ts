import { loadProfile } from '../../directory/operations/load-profile.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { findKeepBy, type KeepBy } from '../inventory/keep-by.ts'
import { loadRevisionMoments } from '../store.ts'
import type { DrawnCase } from './draw-up-case.ts'

/** The evidence of a case that goes by itself and that nobody has kept, by its dates. The case is open for its map. */
export async function loadKeepBy(
  transaction: Transaction,
  caseId: CaseId,
  drawn: DrawnCase,
): Promise<readonly KeepBy[]> {
  if (drawn.map.evidence.every(each => each.goes === undefined)) return []
  const [madeAt, { timeZone: zone }] = await Promise.all([
    loadRevisionMoments(transaction, caseId),
    loadProfile(transaction),
  ])
  return findKeepBy(drawn.map, drawn, drawn.inventory, { madeAt, zone, now: transaction.now })
}
