import { linesOnAPage, mostCounted, type PageOfList } from '../../foundation/page-of-list.ts'
import { type Html, html } from '../html.ts'
import { type PaginationItem, pagination } from './pagination.ts'

export type ListPagesOptions = {
  readonly list: Omit<PageOfList<unknown>, 'lines'>
  /** What is listed: "case" and "cases". */
  readonly one: string
  readonly many: string
  /** The address of the list, without what is asked of it. */
  readonly address: string
  /** What was chosen and stays so from page to page: filter and order, without what is usual. */
  readonly chosen?: Readonly<Record<string, string>>
}

const say = (number: number): string => number.toLocaleString('en-GB')

/** The address of a list with what was chosen; a name with an empty value is left out. */
export function listAddress(address: string, chosen: Readonly<Record<string, string>>): string {
  const asked = new URLSearchParams(Object.entries(chosen).filter(([, value]) => value !== ''))
  return asked.size === 0 ? address : `${address}?${asked}`
}

/** How many there are of a list that is read from its newest line on: "more than 1,000 acts". */
export function listTotal(counted: number, one: string, many: string): Html {
  const isMore = counted > mostCounted
  return html`<p class="govuk-body">${isMore && 'More than '}<strong>${say(Math.min(counted, mostCounted))}</strong> ${counted === 1 ? one : many} in all</p>`
}

/** Which lines of how many are shown: "Showing 26 to 50 of 1,234 cases". */
export function listCount({ list, one, many }: Pick<ListPagesOptions, 'list' | 'one' | 'many'>): Html {
  const { from, count, page, isMore, after } = list
  if (count === 0) return html`<p class="govuk-body">0 ${many}</p>`
  const of = html`${isMore && 'more than '}<strong>${say(count)}</strong> ${count === 1 && !isMore ? one : many}`
  const further = after !== null && ', further on in the list'
  if (count <= linesOnAPage && !isMore) return html`<p class="govuk-body">${of}${further}</p>`
  const to = Math.min(page * linesOnAPage, count)
  return html`<p class="govuk-body">Showing <strong>${say(from)}</strong> to <strong>${say(to)}</strong> of ${of}${further}</p>`
}

/** The links to the other pages of a list, in the GOV.UK pattern, and to where it goes on. Nothing for a single page. */
export function listPages({ list, many, address, chosen = {} }: ListPagesOptions): Html {
  const { page, pages, after, next } = list
  const to = (number: number) =>
    listAddress(address, { ...chosen, after: after ?? '', page: number === 1 ? '' : String(number) })
  const further = html`${
    after !== null &&
    html`<p class="govuk-body"><a class="govuk-link" href="${listAddress(address, chosen)}">Back to the beginning of the list</a></p>`
  }${
    next !== null &&
    html`<p class="govuk-body"><a class="govuk-link" href="${listAddress(address, { ...chosen, after: next })}">Show the ${many} that come after these</a></p>`
  }`
  if (pages <= 1) return further
  return html`${pagination({
    landmarkLabel: `Pages of ${many}`,
    previous: page > 1 ? { href: to(page - 1) } : undefined,
    next: page < pages ? { href: to(page + 1) } : undefined,
    items: itemsOf(page, pages, to),
  })}${further}`
}

/** The first, the last, the current page and its neighbours, with an ellipsis for what lies between. */
// GOV.UK Design System, "Pagination": show the first and last page, the current one and those beside it
function itemsOf(page: number, pages: number, to: (number: number) => string): readonly PaginationItem[] {
  const shown = [...new Set([1, page - 1, page, page + 1, pages])].filter(each => each >= 1 && each <= pages)
  return shown.flatMap((number, index): readonly PaginationItem[] => {
    const item = { number, href: to(number), current: number === page }
    const isGap = index > 0 && number - (shown[index - 1] ?? 0) > 1
    return isGap ? [{ ellipsis: true }, item] : [item]
  })
}
