import type { EvidenceRecord, RecordMark } from '../importer.ts'
import type { HeaderTime } from './time-of.ts'

/** How many lines there are of a kind, and the first few of them. */
export type Lines = { count: number; readonly first: number[] }

/** What a person should know of the records of a file, gathered while they pass. */
export type Noticed = {
  readonly earlier: Lines
  readonly undecided: Lines
  readonly notExported: Lines
  readonly otherDialect: Lines
  messages: number
  namesFiles: boolean
}

const mostNamed = 10
const none: readonly RecordMark[] = []
const earlier: readonly RecordMark[] = ['earlier-than-above']

/** Gathers what a person should know, record by record. */
export function notice(): {
  marksFor(time: HeaderTime): readonly RecordMark[]
  see(record: EvidenceRecord): void
  all(): Noticed
} {
  const empty = (): Lines => ({ count: 0, first: [] })
  const noticed: Noticed = {
    earlier: empty(),
    undecided: empty(),
    notExported: empty(),
    otherDialect: empty(),
    messages: 0,
    namesFiles: false,
  }
  let above: string | null = null
  return {
    /** Exports run forwards: a time before that of the line above it is said, and changes nothing. */
    marksFor({ sentLocal }) {
      if (sentLocal === null) return none
      const isEarlier = above !== null && sentLocal < above
      above = sentLocal
      return isEarlier ? earlier : none
    },
    see(record) {
      if (record.kind === 'unknown' || record.kind === 'quarantined') return
      noticed.messages += 1
      if (record.attachments[0] && record.attachments[0].name !== null) noticed.namesFiles = true
      if (record.marks.includes('earlier-than-above')) add(noticed.earlier, record)
      if (record.marks.includes('other-dialect')) add(noticed.otherDialect, record)
      if (record.fact === 'not-exported') add(noticed.notExported, record)
      // A label in place of a file is the person's line, no matter who wrote the label.
      else if (record.kind !== 'media' && record.writtenByApp?.answer === 'not decided')
        add(noticed.undecided, record)
    },
    all: () => noticed,
  }
}

function add(lines: Lines, record: EvidenceRecord): void {
  lines.count += 1
  if (lines.first.length < mostNamed) lines.first.push(record.place.firstLine ?? 0)
}
