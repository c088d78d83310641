import { isSameRecord, type RecordRef } from './record.ts'

/** What is compared to tell whether two records are the same message. */
export type ComparedRecord = {
  readonly ref: RecordRef
  readonly sender: string
  readonly text: string
  /** Milliseconds since 1970, or null when the instant is not known. */
  readonly sentAt: number | null
  readonly sentLocal: string | null
  readonly precision: string
}

export type Duplicate = { readonly ref: RecordRef; readonly sameAs: RecordRef }

/**
 * Finds the records that tell again what a record of an earlier item already told: same sender, same text, same time
 * as finely as both sources tell it. Give them with the items in the order they arrived, each item in its own order.
 *
 * Two records of one item are never duplicates: "ring me" sent five times in a minute is five messages. So each
 * record of an item is matched with at most one of the others, in order. A record without a time or a text matches
 * nothing.
 */
export function findDuplicates(records: readonly ComparedRecord[]): readonly Duplicate[] {
  const originals = new Map<string, ComparedRecord[]>()
  const found: Duplicate[] = []
  // Which originals an item has already told again.
  let item = ''
  let taken = new Set<ComparedRecord>()
  let added: { readonly key: string; readonly record: ComparedRecord }[] = []
  const settle = (): void => {
    for (const { key, record } of added) {
      const bucket = originals.get(key)
      if (bucket) bucket.push(record)
      else originals.set(key, [record])
    }
    taken = new Set()
    added = []
  }
  for (const record of records) {
    if (record.ref.itemId !== item) {
      settle()
      item = record.ref.itemId
    }
    if (record.sentLocal === null || record.text === '') continue
    const keys = keysOf(record)
    const original = keys
      .flatMap(key => originals.get(key) ?? [])
      .find(each => !taken.has(each) && !isSameRecord(each.ref, record.ref) && isSameTime(each, record))
    if (original) {
      taken.add(original)
      found.push({ ref: record.ref, sameAs: original.ref })
    } else {
      for (const key of keys) added.push({ key, record })
    }
  }
  return found
}

/** Where to look: by the minute of the instant and by the minute of the wall clock, whichever both have. */
function keysOf(record: ComparedRecord): readonly string[] {
  const what = `${record.sender}\u0000${record.text}`
  const byClock = `clock ${record.sentLocal?.slice(0, 16)} ${what}`
  return record.sentAt === null ? [byClock] : [`instant ${minuteOf(record.sentAt)} ${what}`, byClock]
}

function isSameTime(one: ComparedRecord, other: ComparedRecord): boolean {
  const bothToTheSecond = one.precision === 'second' && other.precision === 'second'
  if (one.sentAt !== null && other.sentAt !== null) {
    return bothToTheSecond ? one.sentAt === other.sentAt : minuteOf(one.sentAt) === minuteOf(other.sentAt)
  }
  const length = bothToTheSecond ? 19 : 16
  return one.sentLocal?.slice(0, length) === other.sentLocal?.slice(0, length)
}

function minuteOf(moment: number): number {
  return Math.floor(moment / 60_000)
}
