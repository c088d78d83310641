import type { Transaction } from '../../platform/database.ts'
import { undoDays } from '../flood.ts'
import type { PileClearing, PileForm, PileSource } from '../pile.ts'
import { countPile, loadClearings, loadPileForms, loadPileSources } from '../pile-store.ts'

/** What a coordinator sees of the pile: counts, times and where it came from, and nothing that a form says. */
export type Pile = {
  readonly count: { readonly forms: number; readonly danger: number; readonly sources: number }
  readonly sources: readonly PileSource[]
  readonly forms: readonly PileForm[]
  readonly clearings: readonly PileClearing[]
}

/** How many forms, and how many sources, are on one page. */
export const pileOnPage = 50

export async function listPile(transaction: Transaction, page: number): Promise<Pile> {
  return {
    count: await countPile(transaction),
    sources: await loadPileSources(transaction, pileOnPage),
    forms: await loadPileForms(transaction, { offset: (page - 1) * pileOnPage, atMost: pileOnPage }),
    clearings: await loadClearings(transaction, undoSince(transaction.now)),
  }
}

/** Only how much waits, for the first line of triage. */
export const countSetAside = countPile

/** What was cleared before this instant cannot be brought back. */
export function undoSince(now: Date): Date {
  return new Date(now.getTime() - undoDays * 86_400_000)
}
