/** How many lines of a list one page shows. */
export const linesOnAPage = 25

/** As far as the lines of a list are counted: beyond it a page says "more than", and the list goes on in a further part. */
export const mostCounted = 1000

/** Which page of a list is asked for. */
export type PlaceInList = {
  /** Counted from 1, within the part of the list that begins after `after`. */
  readonly page: number
  /** The id of the last line of the part before; null at the beginning of the list. */
  readonly after: string | null
}

export const beginningOfList: PlaceInList = { page: 1, after: null }

/** A page of a list, and how many lines there are. */
export type PageOfList<Line> = {
  readonly lines: readonly Line[]
  /** The page that is shown: the last one where a later one was asked for. */
  readonly page: number
  readonly pages: number
  /** The place of the first line shown, counted from 1. */
  readonly from: number
  /** How many lines there are from the beginning of this part on; at most `mostCounted`. */
  readonly count: number
  /** There are more than `count`. */
  readonly isMore: boolean
  readonly after: string | null
  /** Where the next part begins: the id of the last line, where this is the last page of a part and there are more. */
  readonly next: string | null
}

/** A row of a page as the database gives it: its place, and how many there are, where one more than the most stands for more. */
export type PagedRow = { readonly place: number; readonly counted: number }

/** Which rows of a list a page shows: after how many, and how many at most. */
export function rowsOfPage({ page }: PlaceInList): { readonly skipped: number; readonly atMost: number } {
  return { skipped: (page - 1) * linesOnAPage, atMost: linesOnAPage }
}

/** Makes a page of rows that came from the database, each with the line that was made of it. */
export function makePageOfList<Row extends PagedRow, Line>(
  rows: readonly Row[],
  { after }: PlaceInList,
  lineOf: (row: Row) => Line,
  idOf: (row: Row) => string,
): PageOfList<Line> {
  const [first] = rows
  const last = rows.at(-1)
  if (!first || !last) return emptyPage(after)
  const count = Math.min(first.counted, mostCounted)
  const isMore = first.counted > mostCounted
  return {
    lines: rows.map(lineOf),
    page: Math.floor((first.place - 1) / linesOnAPage) + 1,
    pages: Math.ceil(count / linesOnAPage),
    from: first.place,
    count,
    isMore,
    after,
    next: isMore && last.place === count ? idOf(last) : null,
  }
}

/** A page of a list of which it is known exactly how many lines there are, and `before` how many of them stand before it. */
export function makePageOfAll<Line>(lines: readonly Line[], before: number, many: number): PageOfList<Line> {
  if (lines.length === 0) return emptyPage(null)
  return {
    ...emptyPage<Line>(null),
    lines,
    page: Math.floor(before / linesOnAPage) + 1,
    pages: Math.ceil(many / linesOnAPage),
    from: before + 1,
    count: many,
  }
}

/** A page of a list that lies whole in memory because it is short by nature. */
export function pageOfShortList<Line>(all: readonly Line[], { page }: PlaceInList): PageOfList<Line> {
  const pages = Math.max(1, Math.ceil(all.length / linesOnAPage))
  const shown = Math.min(page, pages)
  const start = (shown - 1) * linesOnAPage
  return {
    ...emptyPage<Line>(null),
    lines: all.slice(start, start + linesOnAPage),
    page: shown,
    pages,
    from: all.length === 0 ? 0 : start + 1,
    count: all.length,
  }
}

const emptyPage = <Line>(after: string | null): PageOfList<Line> => ({
  lines: [],
  page: 1,
  pages: 1,
  from: 0,
  count: 0,
  isMore: false,
  after,
  next: null,
})

/** Reads which page an address asks for; what is not understood is the first. */
export function readPlaceInList(of: (name: string) => string | null): PlaceInList {
  const page = of('page') ?? ''
  const after = of('after') ?? ''
  return {
    page: /^[1-9]\d{0,3}$/.test(page) ? Number(page) : 1,
    after: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(after) ? after : null,
  }
}
