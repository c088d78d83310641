import { type PageOfList, pageOfShortList } from '../foundation/page-of-list.ts'
import type { ListedItem } from './item.ts'
import { findReadingStatus, type ReadingStatus, readingStatuses } from './reading-status.ts'

/** Which items of a case are shown, in which order, and which page of them. */
export type ItemFilter = {
  readonly show: ReadingStatus | 'all'
  readonly order: 'worst-first' | 'as-they-came'
  readonly page: number
}

/** Reads the filter from an address. What is not understood shows everything, worst first. */
export function readItemFilter(of: (name: string) => string): ItemFilter {
  const show = readingStatuses.find(status => status === of('show')) ?? 'all'
  const page = /^[1-9]\d{0,5}$/.test(of('page')) ? Number(of('page')) : 1
  return { show, order: of('order') === 'as-they-came' ? 'as-they-came' : 'worst-first', page }
}

/** The filter as the end of an address; nothing for what is usual. */
export function writeItemFilter({ show, order, page }: ItemFilter): string {
  const parts = [
    show === 'all' ? '' : `show=${show}`,
    order === 'worst-first' ? '' : `order=${order}`,
    page === 1 ? '' : `page=${page}`,
  ].filter(part => part !== '')
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}

/** Chooses and orders the items of a page. Items that stand alike keep the order in which they came. */
export function chooseItems(items: readonly ListedItem[], filter: ItemFilter): PageOfList<ListedItem> {
  const ranked = items
    .map(listed => ({ listed, status: findReadingStatus(listed.reading) }))
    .filter(({ status }) => filter.show === 'all' || status === filter.show)
  if (filter.order === 'worst-first')
    ranked.sort((one, other) => readingStatuses.indexOf(one.status) - readingStatuses.indexOf(other.status))
  const { page } = filter
  return pageOfShortList(
    ranked.map(({ listed }) => listed),
    { page, after: null },
  )
}
