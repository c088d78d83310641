import type { ChronologyRow } from './report-data.ts'

/** Characters of one text that are printed. */
export const printedText = 20_000
/** Places of one row that are printed. */
export const printedSources = 100
/** Rows in one part, and characters of their texts: what the typesetter takes in a process of a few hundred megabytes. */
const partRows = 1500
const partText = 1_000_000
/** With more parts than this nobody reads the rows on paper: the incidents are printed, and the table holds every row. */
export const mostParts = 2

/** Where the parts of a printed chronology end. */
export type PartPlan = { readonly printed: 'all' | 'incidents'; readonly ends: readonly number[] }

/** Finds the parts of a printed chronology from its rows, one after another. */
export function planParts(): {
  readonly add: (row: ChronologyRow, isIncident: boolean) => void
  readonly plan: () => PartPlan
} {
  const all = countParts()
  const incidents = countParts()
  return {
    add: (row, isIncident) => {
      all.add(row)
      if (isIncident) incidents.add(row)
    },
    plan: () =>
      all.ends().length <= mostParts
        ? { printed: 'all', ends: all.ends() }
        : { printed: 'incidents', ends: incidents.ends() },
  }
}

/** The numbers of the last rows of each part; one part, with nothing in it, when there is no row. */
function countParts() {
  const ends: number[] = []
  let [rows, text, last] = [0, 0, 0]
  return {
    add: (row: ChronologyRow) => {
      const length = lengthOf(cutRow(row))
      if (rows > 0 && (rows >= partRows || text + length > partText)) {
        ends.push(last)
        rows = 0
        text = 0
      }
      rows += 1
      text += length
      last = row.number
    },
    ends: (): readonly number[] => [...ends, last],
  }
}

function lengthOf(row: ChronologyRow): number {
  return row.what.length + row.who.length + row.sources.reduce((sum, { place }) => sum + place.length + 20, 0)
}

/** A row as it is printed: what is too long for paper is cut, and says so. */
export function cutRow(row: ChronologyRow): ChronologyRow {
  const more = row.sources.length - printedSources
  return {
    ...row,
    what: cut(row.what),
    who: cut(row.who),
    sources:
      more <= 0
        ? row.sources
        : [
            ...row.sources.slice(0, printedSources),
            { exhibit: `and ${more} more`, place: `see row ${row.number} in chronology.csv` },
          ],
  }
}

function cut(text: string): string {
  if (text.length <= printedText) return text
  const start = text.slice(0, printedText).replace(/[\ud800-\udbff]$/, '')
  return `${start} […] [Cut here for print: ${text.length - start.length} characters more in chronology.csv]`
}

/** "chronology.pdf", or "chronology-2-of-7.pdf". */
export function partPath(number: number, of: number): string {
  return of === 1 ? 'data/chronology.pdf' : `data/chronology-${number}-of-${of}.pdf`
}
