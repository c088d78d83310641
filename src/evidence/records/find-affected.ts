import type { ItemId } from '../../foundation/ids.ts'
import { type ComparedRecord, type Duplicate, findDuplicates } from '../duplicates.ts'
import {
  type ComparedTimes,
  type CompareSeeds,
  clockKeyOf,
  hashText,
  minuteOf,
  minuteSpan,
  momentKeyOf,
  SoughtKeys,
  type SoughtRecords,
  startsOf,
} from './compared-keys.ts'
import type { SegmentPlace } from './directory.ts'
import { firstFrom, holds, Numbers } from './numbers.ts'
import type { OpenGeneration } from './page-reader.ts'
import type { Segment } from './segment.ts'
import { writeClock } from './stored-record.ts'

/** A generation that can be looked through. */
export type SearchedGeneration = {
  readonly generation: OpenGeneration
  /** The items that its records are of. */
  readonly items: readonly ItemId[]
  /** By how much the clocks of its records differ from their instants, in milliseconds; null where by too many. */
  readonly offsets: readonly number[] | null
}

/** Its segments that can hold something, one after the other. */
export type ReadSegments = (
  generation: OpenGeneration,
  isWanted: (place: Pick<SegmentPlace, 'firstKey' | 'lastKey'>) => boolean,
) => AsyncIterable<Segment>

/** A record of which it has to be decided again whether it tells again what another told. */
export type AffectedRecord = {
  readonly ref: Duplicate['ref']
  readonly kind: string
  readonly sender: string
  readonly local: number
}

/** About so many records are compared at once. */
const comparedAtOnce = 50_000

/** Texts by numbers, in the order in which they came. */
class Names<Name extends string> {
  readonly list: Name[] = []
  readonly #known = new Map<Name, number>()

  numberOf(name: Name): number {
    let number = this.#known.get(name)
    if (number === undefined) {
      number = this.list.length
      this.list.push(name)
      this.#known.set(name, number)
    }
    return number
  }
}

/** Records that may tell one another again: all that say the same as one of them within the same minute are among them. */
export class AffectedRecords {
  readonly #known = new Set<number>()
  readonly #items = new Names<ItemId>()
  readonly #senders = new Names<string>()
  readonly #kinds = new Names<string>()
  readonly #item = new Numbers()
  readonly #ordinal = new Numbers()
  readonly #local = new Numbers()
  readonly #instant = new Numbers()
  readonly #text = new Numbers()
  readonly #sender = new Numbers()
  /** The kind, and whether the time is to the second. */
  readonly #kind = new Numbers()

  /** Adds one of a segment; answers whether it is new. */
  add(segment: Segment, at: number, compared: ComparedTimes): boolean {
    const item = this.#items.numberOf(segment.itemIds[at] ?? ('' as ItemId))
    const ordinal = segment.ordinals[at] ?? 0
    const name = item * 1e10 + ordinal
    if (this.#known.has(name)) return false
    this.#known.add(name)
    const shape = segment.shapes[segment.shapeOf[at] ?? 0]
    this.#item.push(item)
    this.#ordinal.push(ordinal)
    this.#local.push(compared.local)
    this.#instant.push(compared.instant)
    this.#text.push(compared.text)
    this.#sender.push(this.#senders.numberOf(segment.senders[segment.senderOf[at] ?? 0] ?? ''))
    this.#kind.push(this.#kinds.numberOf(shape?.kind ?? '') * 2 + (shape?.precision === 'second' ? 1 : 0))
    return true
  }

  /**
   * Compares them, some at a time: no two of different times are ever the same.
   *
   * @param arrived the items of the case in the order in which they arrived
   */
  *compare(
    arrived: readonly ItemId[],
  ): Generator<{ readonly records: readonly AffectedRecord[]; readonly found: readonly Duplicate[] }> {
    const ranks = new Map(arrived.map((itemId, index) => [itemId, index]))
    const rankOf = (index: number): number =>
      ranks.get(this.#items.list[this.#item.at(index)] as ItemId) ?? arrived.length
    const order = Uint32Array.from({ length: this.#text.length }, (_, index) => index).sort(
      (one, other) => this.#text.at(one) - this.#text.at(other),
    )
    let from = 0
    while (from < order.length) {
      let to = Math.min(order.length, from + comparedAtOnce)
      while (to < order.length && this.#text.at(order[to] ?? 0) === this.#text.at(order[to - 1] ?? 0)) to += 1
      const some = [...order.subarray(from, to)].sort(
        (one, other) =>
          rankOf(one) - rankOf(other) ||
          this.#item.at(one) - this.#item.at(other) ||
          this.#ordinal.at(one) - this.#ordinal.at(other),
      )
      yield {
        records: some.map(index => this.#recordAt(index)),
        found: findDuplicates(some.map(index => this.#comparedAt(index))),
      }
      from = to
    }
  }

  #refAt(index: number): Duplicate['ref'] {
    return { itemId: this.#items.list[this.#item.at(index)] as ItemId, ordinal: this.#ordinal.at(index) }
  }

  #recordAt(index: number): AffectedRecord {
    return {
      ref: this.#refAt(index),
      kind: this.#kinds.list[Math.floor(this.#kind.at(index) / 2)] ?? '',
      sender: this.#senders.list[this.#sender.at(index)] ?? '',
      local: this.#local.at(index),
    }
  }

  #comparedAt(index: number): ComparedRecord {
    const instant = this.#instant.at(index)
    return {
      ref: this.#refAt(index),
      sender: String(this.#sender.at(index)),
      text: String(this.#text.at(index)),
      sentAt: Number.isNaN(instant) ? null : instant,
      sentLocal: writeClock(this.#local.at(index)),
      precision: this.#kind.at(index) % 2 === 1 ? 'second' : 'minute',
    }
  }
}

/** What is compared of a record in a segment; null for one without a time or a text, which tells nothing again. */
export function comparedIn(segment: Segment, at: number, seeds: CompareSeeds): ComparedTimes | null {
  const local = segment.locals[at] ?? Number.NaN
  const body = segment.bodies[at] ?? ''
  if (body === '' || Number.isNaN(local)) return null
  const sender = segment.senders[segment.senderOf[at] ?? 0] ?? ''
  return { text: hashText(seeds, sender, body), local, instant: segment.instants[at] ?? Number.NaN }
}

/**
 * Finds the records for which the reading of an item changes what is told again: those of other items that say the same as
 * one of its records within the same minute, and whatever says the same as those. Only segments of these minutes are read,
 * and none of the item itself where no other says the same.
 *
 * @param sought the records of the item, those that were there and those that are there now
 */
export async function findAffected(
  generations: readonly SearchedGeneration[],
  read: ReadSegments,
  own: ItemId,
  sought: SoughtRecords,
  seeds: CompareSeeds,
): Promise<AffectedRecords> {
  const affected = new AffectedRecords()
  let wanted = sought
  let without: ItemId | null = own
  while (wanted.keys.length > 0) {
    const next = new SoughtKeys()
    for (const searched of generations) {
      if (without !== null && searched.items.every(itemId => itemId === without)) continue
      for await (const segment of read(searched.generation, isWithinReach(searched, wanted)))
        for (let at = 0; at < segment.count; at += 1) {
          if (segment.itemIds[at] === without || !isMinuteSought(segment, at, wanted)) continue
          const compared = comparedIn(segment, at, seeds)
          if (!compared || !isSought(compared, wanted)) continue
          // What says the same as a record of the item itself was looked for at first.
          if (affected.add(segment, at, compared) && segment.itemIds[at] !== own) next.add(compared)
        }
    }
    wanted = next.close()
    without = null
  }
  return affected
}

function isWithinReach(
  { offsets }: SearchedGeneration,
  wanted: SoughtRecords,
): (place: Pick<SegmentPlace, 'firstKey' | 'lastKey'>) => boolean {
  if (offsets === null) return () => true
  const starts = startsOf(wanted, offsets)
  return ({ firstKey, lastKey }) => {
    if (firstKey.local === null) return false
    const start = starts[firstFrom(starts, firstKey.local - minuteSpan + 1)]
    return start !== undefined && (lastKey.local === null || start <= lastKey.local)
  }
}

const isMinuteSought = (segment: Segment, at: number, wanted: SoughtRecords): boolean =>
  holds(wanted.clocks, minuteOf(segment.locals[at] ?? Number.NaN)) ||
  holds(wanted.moments, minuteOf(segment.instants[at] ?? Number.NaN))

const isSought = (compared: ComparedTimes, { keys }: SoughtRecords): boolean =>
  holds(keys, clockKeyOf(compared)) || holds(keys, momentKeyOf(compared))
