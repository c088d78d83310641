import {
  beginningOfList,
  type PageOfList,
  type PlaceInList,
  pageOfShortList,
  readPlaceInList,
} from '../foundation/page-of-list.ts'
import type { Reading } from './item.ts'
import { findReadingStatus, type ReadingStatus, readingStatuses } from './reading-status.ts'

/** Which items of a case are shown, in which order, and which page of them. */
export type ItemFilter = {
  readonly show: ReadingStatus | 'all'
  readonly order: 'worst-first' | 'as-they-came'
  readonly place: PlaceInList
}

/** Reads the filter from an address. What is not understood shows everything, worst first. */
export function readItemFilter(of: (name: string) => string | null): ItemFilter {
  const show = readingStatuses.find(status => status === of('show')) ?? 'all'
  const order = of('order') === 'as-they-came' ? 'as-they-came' : 'worst-first'
  return { show, order, place: readPlaceInList(of) }
}

/** The filter as it stands in an address, without the page; empty for what is usual. */
export function writeItemFilter({
  show,
  order,
}: Omit<ItemFilter, 'place'>): Readonly<Record<string, string>> {
  return { show: show === 'all' ? '' : show, order: order === 'worst-first' ? '' : order }
}

/** Everything, worst first. */
export const everyItem: ItemFilter = { show: 'all', order: 'worst-first', place: beginningOfList }

/** Chooses and orders the items of a page. Items that stand alike keep the order in which they came. */
export function chooseItems<Listed extends { readonly reading: Reading | null }>(
  items: readonly Listed[],
  filter: ItemFilter,
): PageOfList<Listed> {
  const ranked = items
    .map(listed => ({ listed, status: findReadingStatus(listed.reading) }))
    .filter(({ status }) => filter.show === 'all' || status === filter.show)
  if (filter.order === 'worst-first')
    ranked.sort((one, other) => readingStatuses.indexOf(one.status) - readingStatuses.indexOf(other.status))
  return pageOfShortList(
    ranked.map(({ listed }) => listed),
    filter.place,
  )
}
