import type { Sha256 } from '../../foundation/digest.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { PageOfList, PlaceInList } from '../../foundation/page-of-list.ts'
import type { Transaction } from '../../platform/database.ts'
import { type CustodyLine, readCustodyLine } from '../custody-line.ts'
import { loadCustodyPage, loadHead } from '../custody-store.ts'
import { loadCaseContext, loadItems } from '../store.ts'

/** A page of the custody log of a case, as it is stored: nothing of it was checked. */
export type CustodyList = {
  readonly list: PageOfList<CustodyLine>
  /** The numbers of lines on the page that cannot be read. */
  readonly unreadable: readonly number[]
  /** The reference of each exhibit that a line of the page is about. */
  readonly references: ReadonlyMap<Sha256, string>
  /** The signed head; empty before the first line. */
  readonly checkpoint: string
  readonly zone: string
}

/** A page of the custody log of a case that is open for its evidence, the newest line first. */
export async function listCustody(
  transaction: Transaction,
  caseId: CaseId,
  place: PlaceInList,
): Promise<CustodyList> {
  const head = await loadHead(transaction, caseId)
  const page = await loadCustodyPage(transaction, caseId, place)
  const read = page.lines.map(kept => ({ kept, line: readCustodyLine(kept.line) }))
  const named = [...new Set(page.lines.flatMap(({ itemId }) => itemId ?? []))]
  const items = named.length === 0 ? [] : await loadItems(transaction, caseId, named)
  return {
    list: { ...page, lines: read.flatMap(({ line }) => line ?? []) },
    unreadable: read.flatMap(({ kept, line }) => (line ? [] : [kept.sequence])),
    references: new Map(items.map(({ item }) => [item.sha256, item.exhibitRef])),
    checkpoint: head?.checkpoint ?? '',
    zone: (await loadCaseContext(transaction, caseId))?.zone ?? 'Europe/London',
  }
}
