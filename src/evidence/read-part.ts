import { z } from 'zod'
import type { EvidenceRecord } from './importers/importer.ts'

const count = z.number().int().min(1).max(1_000_000)
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

const askedSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('whole') }),
  z.object({ kind: z.literal('first'), records: count }),
  z.object({ kind: z.literal('last'), records: count }),
  z.object({ kind: z.literal('days'), from: day.nullable(), until: day.nullable() }),
  z.object({ kind: z.literal('entries'), names: z.array(z.string()).min(1).max(100) }),
  z.object({ kind: z.literal('nothing'), reason: z.string() }),
])

/** What a person asked to be read of an item: the whole, a part of it, or nothing, when it is set aside. */
export type ReadAsked = z.output<typeof askedSchema>

export const wholeAsked: ReadAsked = { kind: 'whole' }

/** Reads what was kept of a person's wish; what is none is the whole. */
export function parseAsked(value: unknown): ReadAsked {
  const parsed = askedSchema.safeParse(value)
  return parsed.success ? parsed.data : wholeAsked
}

/** Whether two wishes ask for the same. */
export const isSameAsked = (one: ReadAsked, other: ReadAsked): boolean =>
  JSON.stringify(askedSchema.parse(one)) === JSON.stringify(askedSchema.parse(other))

/**
 * Whether a record of the source is in the part. Where its day is not known it is in no stretch of days.
 *
 * @param place its number among all records of the source, from 0
 * @param total how many there are; asked only of the last ones
 */
export function isInPart(asked: ReadAsked, record: EvidenceRecord, place: number, total: number): boolean {
  switch (asked.kind) {
    case 'whole':
      return true
    case 'nothing':
      return false
    case 'first':
      return place < asked.records
    case 'last':
      return place >= total - asked.records
    case 'days': {
      const on = record.sentLocal?.slice(0, 10)
      if (on === undefined) return false
      return (asked.from === null || on >= asked.from) && (asked.until === null || on <= asked.until)
    }
    case 'entries': {
      const { entry } = record.place
      return (
        entry !== null &&
        asked.names.some(name => entry === name || entry.startsWith(name.endsWith('/') ? name : `${name}/`))
      )
    }
  }
}

/** "the first 5,000 records": a part in words that name no file, for the log and wherever a reading is said. */
export function sayAsked(asked: ReadAsked): string {
  switch (asked.kind) {
    case 'whole':
      return 'the whole'
    case 'nothing':
      return 'nothing'
    case 'first':
    case 'last':
      return asked.records === 1
        ? `the ${asked.kind} record`
        : `the ${asked.kind} ${asked.records.toLocaleString('en-GB')} records`
    case 'days':
      if (asked.from === null) return `what is dated until ${asked.until}`
      if (asked.until === null) return `what is dated from ${asked.from}`
      return asked.from === asked.until
        ? `what is dated ${asked.from}`
        : `what is dated from ${asked.from} to ${asked.until}`
    case 'entries':
      return asked.names.length === 1 ? 'one chosen entry' : `${asked.names.length} chosen entries`
  }
}
