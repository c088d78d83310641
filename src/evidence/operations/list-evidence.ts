import type { CaseId, ItemId } from '../../foundation/ids.ts'
import { mostCounted, type PageOfList } from '../../foundation/page-of-list.ts'
import type { Transaction } from '../../platform/database.ts'
import type { CaseContext, ListedItem } from '../item.ts'
import { chooseItems, type ItemFilter } from '../list-filter.ts'
import { countReadingStatuses, mayNameProgram, type ReadingCounts } from '../reading-status.ts'
import { loadCaseContext, loadItems, loadReadingsInOrder } from '../store.ts'

/** A page of what was brought to a case, with what is said of all the items that were gone through. */
export type EvidenceList = {
  readonly context: CaseContext | null
  readonly list: PageOfList<ListedItem>
  /** How the items stand that were gone through. */
  readonly counts: ReadingCounts
  /** There are more items than these. */
  readonly isPart: boolean
  /** How many chats could be from several programs, and the first of them. */
  readonly nameless: { readonly many: number; readonly first: ListedItem | null }
}

/**
 * A page of the items of a case that is open for its evidence. How a reading that is done stands lies sealed: so the list
 * goes through as many readings as a list counts, what could not be read and what asks before the rest, and opens those
 * that are done. Of the items themselves it opens those on the page.
 */
export async function listEvidence(
  transaction: Transaction,
  caseId: CaseId,
  filter: ItemFilter,
): Promise<EvidenceList> {
  const { order, place } = filter
  const found = await loadReadingsInOrder(transaction, caseId, order, place.after, mostCounted + 1)
  const through = found.slice(0, mostCounted)
  const isPart = found.length > through.length
  const page = chooseItems(through, filter)
  const nameless = through.filter(({ reading }) => mayNameProgram(reading)).map(each => each.itemId)
  const named = [...page.lines.map(each => each.itemId), ...nameless.slice(0, 1)]
  const items = new Map(
    (named.length === 0 ? [] : await loadItems(transaction, caseId, named)).map(each => [
      each.item.itemId,
      each,
    ]),
  )
  const itemOf = (itemId: ItemId | undefined): ListedItem | null => (itemId && items.get(itemId)) || null
  return {
    context: await loadCaseContext(transaction, caseId),
    list: {
      ...page,
      lines: page.lines.flatMap(each => itemOf(each.itemId) ?? []),
      after: place.after,
      next: isPart && page.page === page.pages ? (through.at(-1)?.itemId ?? null) : null,
    },
    counts: countReadingStatuses(through),
    isPart,
    nameless: { many: nameless.length, first: itemOf(nameless[0]) },
  }
}
