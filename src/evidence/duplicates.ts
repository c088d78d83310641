import type { ItemId } from '../foundation/ids.ts'

/** The item a record was read from, and its number in it. */
type Ref = { readonly itemId: ItemId; readonly ordinal: number }

/** What is compared to tell whether two records are the same message. */
export type ComparedRecord = {
  readonly ref: Ref
  readonly sender: string
  readonly text: string
  /** Milliseconds since 1970, or null when the instant is not known. */
  readonly sentAt: number | null
  readonly sentLocal: string | null
  readonly precision: string
}

export type Duplicate = { readonly ref: Ref; readonly sameAs: Ref }

/**
 * Finds the records that tell again what a record of an earlier item already told: same sender, same text, same time
 * as finely as both sources tell it. Give them with the items in the order they arrived, each item in its own order.
 * Records of one text can be given by themselves: no other text is ever looked at for them.
 *
 * Two records of one item are never duplicates: "ring me" sent five times in a minute is five messages. So each
 * record of an item is matched with at most one of the others, in order. A record without a time or a text matches
 * nothing. It takes time in proportion to the records, also where all of them say the same in one minute.
 */
export function findDuplicates(records: readonly ComparedRecord[]): readonly Duplicate[] {
  const queues = new Map<string, Queue>()
  const found: Duplicate[] = []
  // Which originals an item has already told again.
  let item = ''
  let round = 0
  let taken = new Set<Original>()
  let added: Original[] = []
  const settle = (): void => {
    for (const original of added)
      for (const key of keysOfOriginal(original.record)) {
        const queue = queues.get(key)
        if (queue) queue.originals.push(original)
        else queues.set(key, { originals: [original], at: 0, round })
      }
    taken = new Set()
    added = []
    round += 1
  }
  /** The first of a queue that this item has not told again; none is passed over twice. */
  const firstOf = (key: string): Original | undefined => {
    const queue = queues.get(key)
    if (!queue) return undefined
    if (queue.round !== round) {
      queue.round = round
      queue.at = 0
    }
    for (;;) {
      const original = queue.originals[queue.at]
      if (!original || !taken.has(original)) return original
      queue.at += 1
    }
  }
  let place = 0
  for (const record of records) {
    if (record.ref.itemId !== item) {
      settle()
      item = record.ref.itemId
    }
    if (record.sentLocal === null || record.text === '') continue
    const original = keysSought(record)
      .map(keys => earliest(keys.map(firstOf)))
      .find(each => each !== undefined)
    if (original) {
      taken.add(original)
      found.push({ ref: record.ref, sameAs: original.record.ref })
    } else {
      added.push({ record, place })
    }
    place += 1
  }
  return found
}

type Original = { readonly record: ComparedRecord; readonly place: number }

/** Originals that a record which looks under this key is the same as, each of them; `at` is how far an item has come. */
type Queue = { readonly originals: Original[]; at: number; round: number }

function earliest(originals: readonly (Original | undefined)[]): Original | undefined {
  let first: Original | undefined
  for (const each of originals) if (each && (!first || each.place < first.place)) first = each
  return first
}

const isToTheSecond = (record: ComparedRecord) => record.precision === 'second'
const minuteOf = (moment: number) => Math.floor(moment / 60_000)

/**
 * Where an original is found. Two that know the moment are compared by it and by nothing else; all others by the clock.
 * To the second only where both tell it.
 */
function keysOfOriginal(record: ComparedRecord): readonly string[] {
  const { sentAt, sentLocal } = record
  const clock = timesOf(record, sentLocal?.slice(0, 16), sentLocal?.slice(0, 19))
  const any = clock.map(each => `any clock ${each}`)
  return sentAt === null
    ? [...any, ...clock.map(each => `only clock ${each}`)]
    : [...any, ...timesOf(record, minuteOf(sentAt), sentAt).map(each => `moment ${each}`)]
}

/** As any of its minute, and as one of its second or as one that tells no second. */
function timesOf(record: ComparedRecord, minute: unknown, second: unknown): readonly string[] {
  const what = `${record.sender}\u0000${record.text}`
  return [
    `all ${minute} ${what}`,
    isToTheSecond(record) ? `second ${second} ${what}` : `minute ${minute} ${what}`,
  ]
}

/** Where a record looks for what it may repeat, one after the other: first by the moment. */
function keysSought(record: ComparedRecord): readonly (readonly string[])[] {
  const { sentAt, sentLocal } = record
  const what = `${record.sender}\u0000${record.text}`
  const times = (kind: string, minute: unknown, second: unknown): readonly string[] =>
    isToTheSecond(record)
      ? [`${kind} second ${second} ${what}`, `${kind} minute ${minute} ${what}`]
      : [`${kind} all ${minute} ${what}`]
  const clock = (kind: string) => times(kind, sentLocal?.slice(0, 16), sentLocal?.slice(0, 19))
  return sentAt === null
    ? [clock('any clock')]
    : [times('moment', minuteOf(sentAt), sentAt), clock('only clock')]
}
