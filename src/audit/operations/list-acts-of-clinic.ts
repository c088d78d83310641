import type { Transaction } from '../../platform/database.ts'
import type { ActOfClinic } from '../act.ts'
import { loadActsOfClinic } from '../store.ts'

/** A page of what was done about the clinic itself, and where the older page begins, if there is one. */
export async function listActsOfClinic(
  transaction: Transaction,
  page: { readonly before: number | null; readonly withSignIns: boolean; readonly atMost: number },
): Promise<{
  readonly acts: readonly ActOfClinic[]
  readonly older: number | null
  /** How many there are, up to one more than are counted. */
  readonly counted: number
}> {
  const { acts: found, counted } = await loadActsOfClinic(transaction, { ...page, atMost: page.atMost + 1 })
  const acts = found.slice(0, page.atMost)
  return { acts, older: found.length > page.atMost ? (acts.at(-1)?.actId ?? null) : null, counted }
}
